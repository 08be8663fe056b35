package io.github.multus4j.testkit.simulation;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.JournalEntry;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The result of a {@link Storm}.
 *
 * @param storm the storm
 * @param full the number of nodes with all their interfaces
 * @param partly the number of nodes with some
 * @param none the number of nodes with none
 * @param gone the number of terminated nodes
 * @param leaked interfaces that are attached to no node and not named by a failed run, or that
 *     would outlive their node
 * @param made the number of interfaces that were made
 * @param conflicts the number of creations that were refused because the address was in use
 * @param calls the number of calls that succeeded or were refused by a rule, by action: conflicts
 *     included, throttled ones not
 * @param throttled the number of throttled calls, by action
 * @param density the highest address in use of a subnet, counted from its lowest usable one,
 *     divided by the number of interfaces made in the subnet: the largest of all subnets; 1 if
 *     there is no gap
 * @param took the time from the storm's start to the end of the run that made the last node ready
 * @param bound the earliest time by which the last node can have ended, see {@link Storm#bound}
 * @param late the number of runs that ended by their deadline
 * @param failed the outcomes of the last runs of incomplete nodes, by instance id
 * @param broken the violations of invariants
 */
public record StormReport(
        Storm storm,
        int full,
        int partly,
        int none,
        int gone,
        int leaked,
        int made,
        int conflicts,
        Map<Action, Integer> calls,
        Map<Action, Integer> throttled,
        double density,
        Duration took,
        Duration bound,
        int late,
        Map<String, Outcome.Failed> failed,
        List<String> broken) {

    private static final int FIRST_USABLE = 4;

    /**
     * A run for a node.
     *
     * @param instanceId the node
     * @param ended the time of its end
     * @param outcome its outcome; null if it died
     */
    public record Run(
            String instanceId, Instant ended, @Nullable Outcome outcome) {

        boolean isLate() {
            return outcome == null
                    || (outcome instanceof Outcome.Failed failed
                            && failed.cause().code() == Cause.Code.DEADLINE);
        }
    }

    public StormReport {
        calls = Map.copyOf(calls);
        throttled = Map.copyOf(throttled);
        failed = Map.copyOf(failed);
        broken = List.copyOf(broken);
    }

    /**
     * Computes the figures.
     *
     * @param storm the storm
     * @param start its start
     * @param ec2 the world of this storm only
     * @param subnets the Multus subnets
     * @param nodes the ids of the nodes that launched
     * @param runs all runs, in the order of their ends
     * @param broken the known violations of invariants
     */
    public static StormReport of(
            Storm storm,
            Instant start,
            FakeEc2Network ec2,
            Collection<Subnet> subnets,
            List<String> nodes,
            List<Run> runs,
            List<String> broken) {
        List<NetworkInterface> ours = ec2.interfaces().stream()
                .filter(i -> i.tags().containsKey(OwnerTags.INSTANCE_ID))
                .toList();
        Map<String, Outcome.Failed> failures = new HashMap<>();
        for (Run run : runs) {
            failures.remove(run.instanceId());
            if (run.outcome() instanceof Outcome.Failed failed) {
                failures.put(run.instanceId(), failed);
            }
        }
        int[] byCount = new int[storm.interfaces() + 1];
        int gone = 0;
        for (String node : nodes) {
            Instance instance = ec2.instance(node);
            if (instance.state().isGoing()) {
                gone++;
            } else {
                int attached =
                        (int) ours.stream().filter(i -> i.isAttachedTo(node)).count();
                byCount[Math.min(attached, storm.interfaces())]++;
            }
        }
        List<JournalEntry> journal = ec2.journal().entries();
        return new StormReport(
                storm,
                byCount[storm.interfaces()],
                nodes.size() - gone - byCount[storm.interfaces()] - byCount[0],
                byCount[0],
                gone,
                (int) ours.stream().filter(i -> isLeaked(i, failures)).count(),
                (int) made(journal).distinct().count(),
                (int) journal.stream()
                        .filter(call -> call.errorCode().equals("InvalidIPAddress.InUse"))
                        .count(),
                count(journal.stream().filter(call -> !isThrottled(call))),
                count(journal.stream().filter(StormReport::isThrottled)),
                density(subnets, ours, journal),
                took(start, runs),
                storm.bound(),
                (int) runs.stream().filter(Run::isLate).count(),
                failures,
                broken);
    }

    private static Duration took(Instant start, List<Run> runs) {
        Map<String, Instant> ready = new HashMap<>();
        for (Run run : runs) {
            if (run.outcome() != null && run.outcome().isReady()) {
                ready.putIfAbsent(run.instanceId(), run.ended());
            }
        }
        return Duration.between(
                start, ready.values().stream().max(Instant::compareTo).orElse(start));
    }

    private static Map<Action, Integer> count(Stream<JournalEntry> calls) {
        Map<Action, Integer> counted = new EnumMap<>(Action.class);
        calls.forEach(call -> counted.merge(call.action(), 1, Integer::sum));
        return counted;
    }

    private static int sum(Map<Action, Integer> counted) {
        return counted.values().stream().mapToInt(count -> count).sum();
    }

    private static boolean isThrottled(JournalEntry call) {
        return call.errorCode().equals("RequestLimitExceeded");
    }

    private static Stream<String> made(List<JournalEntry> journal) {
        return journal.stream()
                .filter(call -> call.action() == Action.CREATE_NETWORK_INTERFACE && !call.isFailed())
                .map(JournalEntry::answer);
    }

    private static boolean isLeaked(NetworkInterface ours, Map<String, Outcome.Failed> failures) {
        Outcome.Failed failed = failures.get(ours.tags().get(OwnerTags.INSTANCE_ID));
        boolean safe = ours.attachment() != null && ours.attachment().deleteOnTermination();
        return !safe && (failed == null || !HistoryCheck.isNamed(ours, failed.leftovers()));
    }

    private static double density(Collection<Subnet> subnets, List<NetworkInterface> ours, List<JournalEntry> journal) {
        double largest = 0;
        for (Subnet subnet : subnets) {
            Set<String> made = made(journal.stream()
                            .filter(call -> subnet.id().equals(call.parameters().get("SubnetId")))
                            .toList())
                    .collect(Collectors.toSet());
            for (Cidr block : subnet.cidrs()) {
                BigInteger highest = ours.stream()
                        .filter(i -> i.subnetId().equals(subnet.id()))
                        .flatMap(i -> i.individualAddresses().stream())
                        .filter(block::contains)
                        .map(IpAddress::toBigInteger)
                        .max(BigInteger::compareTo)
                        .orElse(block.first().toBigInteger().add(BigInteger.valueOf(FIRST_USABLE - 1)));
                double place = highest.subtract(block.first().toBigInteger()).doubleValue() - FIRST_USABLE + 1;
                largest = Math.max(largest, place / Math.max(1, made.size()));
            }
        }
        return largest;
    }

    /** Conflicts for each interface that was made. */
    public double conflictsPerInterface() {
        return (double) conflicts / Math.max(1, made);
    }

    /** Throttled answers for each call that went through. */
    public double throttledPerCall() {
        return (double) sum(throttled) / Math.max(1, sum(calls));
    }

    /** The duration in multiples of the bound. */
    public double timesBound() {
        return (double) took.toNanos() / bound.toNanos();
    }

    /** Reads for each node, pages counted one by one. */
    public double readsPerNode() {
        return (double) calls.entrySet().stream()
                        .filter(each -> !each.getKey().isMutating())
                        .mapToInt(Map.Entry::getValue)
                        .sum()
                / storm.nodes();
    }

    /** One line. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %d full, %d partly, %d none%s; %d leaked; %.2f conflicts per interface; %.2f throttled per call; %.1f reads per node; "
                        + "density %.3f; %s = %.2f × the bound of %s; %d runs late; calls %s; throttled %s%s",
                storm,
                full,
                partly,
                none,
                gone == 0 ? "" : ", " + gone + " gone",
                leaked,
                conflictsPerInterface(),
                throttledPerCall(),
                readsPerNode(),
                density,
                Times.text(took),
                timesBound(),
                Times.text(bound),
                late,
                new TreeMap<>(calls),
                new TreeMap<>(throttled),
                broken.isEmpty() ? "" : "; BROKEN: " + broken);
    }
}
