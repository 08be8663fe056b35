package io.github.multus4j.result;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Excerpt;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The result of a run for one instance. Each case of normal operation is one of these, not an
 * exception. Its text is one line for a log; {@link #toMap()} is the same for machines.
 */
public sealed interface Outcome {

    /** The instance; empty if an event named none. */
    String instanceId();

    /** Whether the node has all of its Multus interfaces now. */
    default boolean isReady() {
        return false;
    }

    /**
     * Maps, lists, strings, numbers and booleans, ready to be written as JSON. The keys are stable.
     * Long lists and texts are shortened, see {@link Excerpt}; the components have their full
     * length.
     */
    Map<String, Object> toMap();

    /** Answers by case; Java 21's {@code switch} does the same. */
    default <T> T fold(
            Function<? super Attached, ? extends T> attached,
            Function<? super Complete, ? extends T> complete,
            Function<? super Skipped, ? extends T> skipped,
            Function<? super Failed, ? extends T> failed) {
        if (this instanceof Attached a) {
            return attached.apply(a);
        } else if (this instanceof Complete c) {
            return complete.apply(c);
        } else if (this instanceof Skipped s) {
            return skipped.apply(s);
        }
        return failed.apply((Failed) this);
    }

    /**
     * The node has all of its interfaces, and this run made or finished some of them.
     *
     * @param instanceId the instance
     * @param interfaces all Multus interfaces of the node, in device order
     * @param warnings observations that did not fail the run
     */
    record Attached(String instanceId, List<AttachedInterface> interfaces, List<String> warnings) implements Outcome {

        public Attached {
            interfaces = List.copyOf(interfaces);
            warnings = List.copyOf(warnings);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public Map<String, Object> toMap() {
            return OutcomeText.ready("attached", instanceId, interfaces, warnings);
        }

        @Override
        public String toString() {
            return OutcomeText.readyLine("attached", instanceId, interfaces, warnings);
        }
    }

    /**
     * The node had all of its interfaces already; this run changed nothing.
     *
     * @param instanceId the instance
     * @param interfaces all Multus interfaces of the node, in device order
     * @param warnings observations that did not fail the run
     */
    record Complete(String instanceId, List<AttachedInterface> interfaces, List<String> warnings) implements Outcome {

        public Complete {
            interfaces = List.copyOf(interfaces);
            warnings = List.copyOf(warnings);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public Map<String, Object> toMap() {
            return OutcomeText.ready("complete", instanceId, interfaces, warnings);
        }

        @Override
        public String toString() {
            return OutcomeText.readyLine("complete", instanceId, interfaces, warnings);
        }
    }

    /**
     * There was nothing to do: not for us.
     *
     * @param instanceId the instance; empty if an event named none
     * @param reason the reason
     * @param gone whether the instance is being terminated or gone, or EC2 does not know it
     */
    record Skipped(String instanceId, String reason, boolean gone) implements Outcome {

        /** For an instance that is not for us. */
        public Skipped(String instanceId, String reason) {
            this(instanceId, reason, false);
        }

        @Override
        public Map<String, Object> toMap() {
            Map<String, Object> map = OutcomeText.start("skipped", instanceId);
            map.put("reason", Excerpt.of(reason));
            return map;
        }

        @Override
        public String toString() {
            return "skipped" + (instanceId.isEmpty() ? "" : " " + instanceId) + ": " + Excerpt.of(reason);
        }
    }

    /**
     * The node does not have all of its interfaces.
     *
     * @param instanceId the instance
     * @param cause the first failure
     * @param removed the interfaces of this run that the roll-back has removed
     * @param leftovers the interfaces of this run that still exist, with the reason
     * @param warnings observations that did not fail the run
     */
    record Failed(String instanceId, Cause cause, List<String> removed, List<Leftover> leftovers, List<String> warnings)
            implements Outcome {

        public Failed {
            removed = List.copyOf(removed);
            leftovers = List.copyOf(leftovers);
            warnings = List.copyOf(warnings);
        }

        @Override
        public Map<String, Object> toMap() {
            Map<String, Object> map = OutcomeText.start("failed", instanceId);
            map.put("code", cause.code().name());
            map.put("cause", Excerpt.of(cause.message()));
            if (cause.exception() instanceof Ec2Exception refusal) {
                map.put("ec2Code", refusal.code());
            }
            map.put("removed", Excerpt.of(removed));
            Excerpt.put(
                    map,
                    "leftovers",
                    leftovers.stream()
                            .map(l -> Map.<String, Object>of(
                                    "networkInterfaceId", l.networkInterfaceId(), "why", Excerpt.of(l.why())))
                            .toList(),
                    Excerpt.ITEMS);
            map.put("warnings", Excerpt.of(warnings));
            return map;
        }

        @Override
        public String toString() {
            return "failed " + instanceId + ": " + Excerpt.of(cause.toString())
                    + (removed.isEmpty() ? "" : "; removed: " + Excerpt.of(removed))
                    + "; left behind: " + (leftovers.isEmpty() ? "nothing" : Excerpt.of(leftovers))
                    + (warnings.isEmpty() ? "" : "; warnings: " + Excerpt.of(warnings));
        }
    }
}
