package io.github.multus4j.result;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Excerpt;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep found, and what became of it. Its text is a line for the sweep and one for each thing found; {@link #toMap()} is the same for
 * machines.
 *
 * @param scope where it looked
 * @param mode whether it was to change anything
 * @param leaks the interfaces of ours that nobody needs any more, by id
 * @param nodes the running nodes that lack interfaces, by id
 * @param warnings what is odd, such as that there was no time for the second look
 */
public record SweepReport(
        SweepScope scope, SweepMode mode, List<Leak> leaks, List<UnreadyNode> nodes, List<String> warnings) {

    /** As many as a sweep changes, unless its scope says otherwise. */
    private static final int MOST_SHOWN = 50;

    public SweepReport {
        leaks = List.copyOf(leaks);
        nodes = List.copyOf(nodes);
        warnings = List.copyOf(warnings);
    }

    /** What became of something that a sweep found. */
    public enum Fate {
        /** Nothing was done, as it was a dry run; a mending sweep would have. */
        FOUND("would be mended"),
        /** The leak is removed; the node is ready. */
        DONE("done"),
        /** Left as it is: EC2 says that it is in use, the node went away meanwhile, or it turned out not to be for us. */
        KEPT("kept"),
        /** The node cannot be made ready as things are, and nothing was made: see its plan or its outcome. */
        BLOCKED("blocked"),
        /** It went wrong. */
        FAILED("failed"),
        /** The node's repair failed before, for a reason that lasts, and the next one is not due yet: nothing was tried. */
        LEFT_ALONE("left alone"),
        /** The sweep had done as much as it may before it came to this. */
        BEYOND_CAP("beyond the cap"),
        /** The sweep ended before it came to this. */
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

    /** The fate of a leak or a node, and more about it. */
    public record Treatment(Fate fate, String note) {

        /** The failure comes first in the note, then the exceptions suppressed in it. */
        public static Treatment failed(RuntimeException failure) {
            String note = Stream.concat(Stream.of(failure), Arrays.stream(failure.getSuppressed()))
                    .map(each -> each instanceof Ec2Exception ? String.valueOf(each.getMessage()) : each.toString())
                    .collect(Collectors.joining("; then "));
            return new Treatment(Fate.FAILED, note);
        }
    }

    /**
     * An available interface of ours that nobody needs any more.
     *
     * @param networkInterfaceId {@code eni-…}
     * @param subnetId its subnet
     * @param ownerInstanceId the instance for which it was made
     * @param why what makes it a leak
     * @param fate what became of it
     * @param note more about its fate; empty if there is no more to say
     */
    public record Leak(
            String networkInterfaceId, String subnetId, String ownerInstanceId, String why, Fate fate, String note) {

        public Leak with(Treatment treatment) {
            return new Leak(networkInterfaceId, subnetId, ownerInstanceId, why, treatment.fate(), treatment.note());
        }

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
            return networkInterfaceId + " in " + subnetId + ": " + why + ": " + told(fate, note);
        }
    }

    /**
     * A running instance that carries the trigger tag and does not have all of its interfaces.
     *
     * @param instanceId the instance
     * @param zone its Availability Zone
     * @param lacks what it lacks; empty if it cannot be told because no plan can be made for it
     * @param fate what became of it
     * @param note more about its fate; empty if there is no more to say
     * @param plan what would be made, in a dry run, or what is in the way; null if there is none
     * @param outcome what came of the run that was to mend it; null if there was none
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

        public UnreadyNode lacking(List<Lack> fewer) {
            return new UnreadyNode(instanceId, zone, fewer, fate, note, plan, outcome);
        }

        public UnreadyNode with(Treatment treatment) {
            return new UnreadyNode(instanceId, zone, lacks, treatment.fate(), treatment.note(), plan, outcome);
        }

        public UnreadyNode with(Fate other, Plan made) {
            return new UnreadyNode(instanceId, zone, lacks, other, note, made, outcome);
        }

        public UnreadyNode with(Fate other, Outcome came) {
            return new UnreadyNode(instanceId, zone, lacks, other, note, plan, came);
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
            return instanceId + " in " + zone + ": " + (lacks.isEmpty() ? "" : lacking + ": ") + told(fate, note)
                    + (plan == null ? "" : "; " + plan.toString().replace("\n", "\n  "))
                    + (outcome == null ? "" : "; " + outcome);
        }
    }

    private static String lines(String what, List<?> things) {
        String shown = things.stream()
                .limit(MOST_SHOWN)
                .map(thing -> "\n  " + what + " " + thing)
                .collect(Collectors.joining());
        return things.size() > MOST_SHOWN ? shown + "\n  " + Excerpt.more(things.size() - MOST_SHOWN) : shown;
    }

    private static String told(Fate fate, String note) {
        return fate + (note.isEmpty() ? "" : " (" + note + ")");
    }

    /** Whether there was nothing to mend. */
    public boolean isClean() {
        return leaks.isEmpty() && nodes.isEmpty();
    }

    /** The leaks of that fate: {@code leaks(DONE)} are those that were removed. */
    public List<Leak> leaks(Fate fate) {
        return leaks.stream().filter(leak -> leak.fate() == fate).toList();
    }

    /** The nodes of that fate: {@code nodes(DONE)} are those that are ready now. */
    public List<UnreadyNode> nodes(Fate fate) {
        return nodes.stream().filter(node -> node.fate() == fate).toList();
    }

    /** Maps, lists and strings, numbers and booleans, ready to be written as JSON. The keys are stable. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("sweep", mode.toString());
        map.put("scope", scope.toString());
        Excerpt.put(map, "leaks", leaks.stream().map(Leak::toMap).toList(), MOST_SHOWN);
        Excerpt.put(map, "nodes", nodes.stream().map(UnreadyNode::toMap).toList(), MOST_SHOWN);
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
}
