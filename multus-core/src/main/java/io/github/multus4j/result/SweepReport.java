package io.github.multus4j.result;

import io.github.multus4j.ec2.Excerpt;
import io.github.multus4j.ec2.NetworkInterface;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The findings of a sweep, and the fate of each. Its text is a line for the sweep and one for each
 * finding; {@link #toMap()} is the same for machines.
 *
 * @param scope the scope of the sweep
 * @param mode whether it was to change anything
 * @param leaks the unused interfaces of ours, by id
 * @param nodes the running nodes that lack interfaces, by id
 * @param warnings observations that did not fail the sweep, such as no time for the second scan
 */
public record SweepReport(
        SweepScope scope, Mode mode, List<Leak> leaks, List<UnreadyNode> nodes, List<String> warnings) {

    /** The number of repairs of a sweep, unless its scope sets another. */
    private static final int MAX_SHOWN = 50;

    public SweepReport {
        leaks = List.copyOf(leaks);
        nodes = List.copyOf(nodes);
        warnings = List.copyOf(warnings);
    }

    /** The treatment of a finding of a sweep. */
    public enum Fate {
        /** Nothing was done in a dry run; a mending sweep would repair it. */
        FOUND("would be mended"),
        /** The leak is removed; the node is ready. */
        DONE("done"),
        /**
         * Left as it is: EC2 reports it in use, the node has gone meanwhile, or it is not for us.
         */
        KEPT("kept"),
        /**
         * The node cannot be made ready at present, and nothing was made: see its plan or its
         * outcome.
         */
        BLOCKED("blocked"),
        /** The repair failed. */
        FAILED("failed"),
        /**
         * An earlier repair of the node failed for a lasting reason, and the next one is not due
         * yet: nothing was tried.
         */
        LEFT_ALONE("left alone"),
        /** The sweep had reached its limit of repairs before. */
        BEYOND_CAP("beyond the cap"),
        /** The sweep ended before. */
        NOT_REACHED("not reached");

        private final String words;

        Fate(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * An available interface of ours that no node needs any more.
     *
     * @param networkInterfaceId {@code eni-…}
     * @param subnetId its subnet
     * @param ownerInstanceId the instance for which it was made
     * @param why the reason why it is a leak
     * @param fate its treatment
     * @param note more about its fate; empty if there is no more to say
     */
    public record Leak(
            String networkInterfaceId, String subnetId, String ownerInstanceId, String why, Fate fate, String note) {

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("networkInterfaceId", networkInterfaceId);
            map.put("subnetId", subnetId);
            map.put("ownerInstanceId", ownerInstanceId);
            map.put("why", why);
            map.put("fate", fate.name());
            map.put("note", note);
            return map;
        }

        @Override
        public String toString() {
            return networkInterfaceId + " in " + subnetId + ": " + why + ": " + treatment(fate, note);
        }
    }

    /**
     * A running instance with the trigger tag that lacks interfaces.
     *
     * @param instanceId the instance
     * @param zone its Availability Zone
     * @param lacks the missing or unfinished interfaces; empty if no plan can be made for it
     * @param fate its treatment
     * @param note more about its fate; empty if there is no more to say
     * @param plan in a dry run, the plan or the obstacle; null if there is none
     * @param outcome the outcome of the repairing run; null if there was none
     */
    public record UnreadyNode(
            String instanceId,
            String zone,
            List<Lack> lacks,
            Fate fate,
            String note,
            @Nullable Plan plan,
            @Nullable Outcome outcome) {

        public UnreadyNode {
            lacks = List.copyOf(lacks);
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("instanceId", instanceId);
            map.put("zone", zone);
            Excerpt.put(map, "lacks", lacks.stream().map(Lack::toMap).toList(), Excerpt.ITEMS);
            map.put("fate", fate.name());
            map.put("note", note);
            if (plan != null) {
                map.put("plan", plan.toMap());
            }
            if (outcome != null) {
                map.put("outcome", outcome.toMap());
            }
            return map;
        }

        @Override
        public String toString() {
            String lacking = Excerpt.joined(lacks, ", ");
            return instanceId + " in " + zone + ": " + (lacks.isEmpty() ? "" : lacking + ": ") + treatment(fate, note)
                    + (plan == null ? "" : "; " + plan.toString().replace("\n", "\n  "))
                    + (outcome == null ? "" : "; " + outcome);
        }
    }

    private static String lines(String kind, List<?> things) {
        String shown = things.stream()
                .limit(MAX_SHOWN)
                .map(thing -> "\n  " + kind + " " + thing)
                .collect(Collectors.joining());
        return things.size() > MAX_SHOWN ? shown + "\n  " + Excerpt.more(things.size() - MAX_SHOWN) : shown;
    }

    private static String treatment(Fate fate, String note) {
        return fate + (note.isEmpty() ? "" : " (" + note + ")");
    }

    /** Whether there was nothing to mend. */
    public boolean isClean() {
        return leaks.isEmpty() && nodes.isEmpty();
    }

    /** The leaks of that fate: {@code leaks(DONE)} are the removed ones. */
    public List<Leak> leaks(Fate fate) {
        return leaks.stream().filter(leak -> leak.fate() == fate).toList();
    }

    /** The nodes of that fate: {@code nodes(DONE)} are the ones that are ready now. */
    public List<UnreadyNode> nodes(Fate fate) {
        return nodes.stream().filter(node -> node.fate() == fate).toList();
    }

    /**
     * Maps, lists and strings, numbers and booleans, ready to be written as JSON. The keys are
     * stable.
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("sweep", mode.toString());
        map.put("scope", scope.toString());
        Excerpt.put(map, "leaks", leaks.stream().map(Leak::toMap).toList(), MAX_SHOWN);
        Excerpt.put(map, "nodes", nodes.stream().map(UnreadyNode::toMap).toList(), MAX_SHOWN);
        map.put("warnings", Excerpt.of(warnings));
        return map;
    }

    @Override
    public String toString() {
        return "sweep of " + scope + " (" + mode + "): " + leaks.size() + " leaked interfaces, " + nodes.size()
                + " nodes that lack interfaces"
                + lines("leak", leaks)
                + lines("node", nodes)
                + Excerpt.of(warnings).stream()
                        .map(warning -> "\n  warning: " + warning)
                        .collect(Collectors.joining());
    }

    /**
     * A slot of a node without a finished interface.
     *
     * @param slot the slot
     * @param existing an unfinished interface for it: not attached yet, or not set as in the spec;
     *     null if there is none
     */
    public record Lack(PlannedInterface.Slot slot, @Nullable NetworkInterface existing) {

        /** Maps and strings, ready to be written as JSON. The keys are stable. */
        public Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("subnetId", slot.subnetId());
            if (existing != null) {
                map.put("networkInterfaceId", existing.id());
            }
            map.put("lack", toString());
            return map;
        }

        @Override
        public String toString() {
            if (existing == null) {
                return "no interface in " + slot.subnetId();
            }
            return existing.id() + " in " + slot.subnetId()
                    + (existing.isAttachedTo(slot.instanceId()) ? " is not finished" : " is not attached");
        }
    }

    /** Whether a sweep changes anything. */
    public enum Mode {
        /** Scans and reports the repairs of a mending sweep; makes reads only. */
        DRY_RUN("dry run"),
        /** Removes leaks and makes nodes ready. */
        MEND("mend");

        private final String words;

        Mode(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
