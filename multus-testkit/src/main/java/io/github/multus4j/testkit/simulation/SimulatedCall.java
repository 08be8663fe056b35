package io.github.multus4j.testkit.simulation;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.testkit.Action;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One call to EC2 or EC2 Auto Scaling, from its start to its end for its process. */
final class SimulatedCall implements TraceEntry {

    final int number;
    final Delivery delivery;
    final Action action;
    final Map<String, Object> parameters;
    final Duration sent;
    final Fate fate;

    /** The time of its effect at EC2; null if it had none, or has none yet. */
    @Nullable
    Duration effect;

    /**
     * EC2's answer, whether or not it arrived: a value, an {@link Ec2Exception}, or null if it is
     * empty.
     */
    @Nullable
    Object answer;

    /** The exception that the process got; null while it waits, and for good if it died. */
    @Nullable
    Ec2Exception received;

    @Nullable
    Duration ended;

    SimulatedCall(
            int number, Delivery delivery, Action action, Map<String, Object> parameters, Duration sent, Fate fate) {
        this.number = number;
        this.delivery = delivery;
        this.action = action;
        this.parameters = parameters;
        this.sent = sent;
        this.fate = fate;
    }

    @Override
    public Duration at() {
        return sent;
    }

    String parameter(String name) {
        return String.valueOf(parameters.get(name));
    }

    @Override
    public String toString() {
        String did = effect == null
                ? "no effect"
                : (answer instanceof Ec2Exception ? "refused" : "effect") + " at " + Times.text(effect);
        Ec2Exception refusal = received;
        String heard = ended == null
                ? "nobody heard the answer"
                : refusal != null ? String.valueOf(refusal.getMessage()) : Summary.text(answer);
        Map<String, String> asked = new TreeMap<>();
        parameters.forEach((name, value) -> asked.put(name, Summary.text(value)));
        return delivery.name() + "  #" + number + " " + action + asked
                + (fate == Fate.ANSWERED ? "" : "  [" + fate + "]") + " → " + heard + "  (" + did + ")";
    }
}
