package io.github.multus4j.testkit.simulation;

import io.github.multus4j.ec2.CallRates;
import io.github.multus4j.ec2.CallRates.Bucket;
import io.github.multus4j.ec2.CallRates.TokenBucket;
import io.github.multus4j.testkit.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The earliest time by which the last node of a storm can have ended: no schedule ends sooner, not
 * even one that knows everything beforehand.
 *
 * <p>A node needs at least the {@link #STEPS}, one after the other; the calls of one step go side
 * by side, and there is no conflict. So:
 *
 * <ol>
 *   <li>The last node's end is not before its event and the latencies of all steps.
 *   <li>For each action, EC2's bucket holds {@code size} tokens at most, and {@code rate} come back
 *   in a second. A call takes its token at its arrival, half of its latency after it was made. Let
 *   {@code r} be the earliest time at which a call can arrive, and {@code n} the number of calls of
 *   the action that can arrive at {@code r} or later: the last of them gets its token at
 *   {@code r + (n - size) / rate} at the earliest. For every call, the rest of its latency and the
 *   later steps follow.
 * </ol>
 *
 * <p>The bound is the latest of these times, for each node and each {@code r}. Latencies are the
 * means: a faster call is balanced by a slower one. The slowest of several calls side by side takes
 * longer than the mean; this is left out.
 */
final class StormBound {

    private static final Bucket READS = new Bucket(100, 20);

    /**
     * A step of a node.
     *
     * @param forEachInterface whether the call is made for each of its interfaces, or once
     */
    private record Step(Action action, boolean forEachInterface) {

        double seconds() {
            return CallLatency.mean(action).toNanos() / 1e9;
        }
    }

    private static final List<Step> STEPS = List.of(
            new Step(Action.DESCRIBE_INSTANCES, false),
            new Step(Action.DESCRIBE_NETWORK_INTERFACES, false),
            new Step(Action.CREATE_NETWORK_INTERFACE, true),
            new Step(Action.MODIFY_NETWORK_INTERFACE_ATTRIBUTE, true),
            new Step(Action.ATTACH_NETWORK_INTERFACE, true),
            new Step(Action.MODIFY_NETWORK_INTERFACE_ATTRIBUTE, true),
            new Step(Action.DESCRIBE_NETWORK_INTERFACES, false));

    private StormBound() {}

    /**
     * The bound.
     *
     * @param events the times at which the nodes' handlers can start
     * @param interfaces the number of interfaces of each node
     */
    static Duration of(List<Duration> events, int interfaces) {
        double bound = 0;
        for (Duration event : events) {
            bound = Math.max(bound, seconds(event) + total(STEPS));
        }
        for (Action action : STEPS.stream().map(Step::action).distinct().toList()) {
            bound = Math.max(bound, of(action, events, interfaces));
        }
        return duration(bound);
    }

    private static double of(Action action, List<Duration> events, int interfaces) {
        List<Double> arrivals = new ArrayList<>();
        double rest = Double.MAX_VALUE;
        for (int i = 0; i < STEPS.size(); i++) {
            Step step = STEPS.get(i);
            if (step.action() == action) {
                double arrival = total(STEPS.subList(0, i)) + step.seconds() / 2;
                rest = Math.min(rest, step.seconds() / 2 + total(STEPS.subList(i + 1, STEPS.size())));
                for (Duration event : events) {
                    for (int n = 0; n < (step.forEachInterface() ? interfaces : 1); n++) {
                        arrivals.add(seconds(event) + arrival);
                    }
                }
            }
        }
        arrivals.sort(null);
        TokenBucket tokens = bucket(action).full(Instant.EPOCH);
        for (double arrival : arrivals) {
            tokens = tokens.take(1, Instant.EPOCH.plus(duration(arrival)));
        }
        return seconds(Duration.between(Instant.EPOCH, tokens.given())) + rest;
    }

    private static Bucket bucket(Action action) {
        CallRates rates = CallRates.ofDefaults();
        return switch (action) {
            case CREATE_NETWORK_INTERFACE -> rates.create();
            case ATTACH_NETWORK_INTERFACE -> rates.attach();
            case MODIFY_NETWORK_INTERFACE_ATTRIBUTE -> rates.modify();
            default -> READS;
        };
    }

    private static double total(List<Step> steps) {
        return steps.stream().mapToDouble(Step::seconds).sum();
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
