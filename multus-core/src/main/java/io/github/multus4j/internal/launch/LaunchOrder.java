package io.github.multus4j.internal.launch;

import io.github.multus4j.ec2.CallRates;
import io.github.multus4j.ec2.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The instances that launch together with one, in an order that is the same for whoever looks: by launch time, then by id. From their places
 * in it they know, without a word to each other, which free address is whose ({@link SubnetAddresses}) and when EC2 will have room for whose
 * calls ({@link #turn}). Immutable.
 */
public final class LaunchOrder {

    /** Who launched longer ago has its interfaces, or has given up: a Lambda function lives no longer. */
    private static final Duration TOGETHER = Duration.ofMinutes(15);

    /** Readers lag: of two that launch at once one may not see the other yet, and takes its place. */
    private static final Duration SETTLING = Duration.ofMillis(1500);

    /** The longest time that others are supposed to need from their launch to their first call. */
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    private static final Comparator<Instance> ORDER =
            Comparator.comparing(Instance::launchTime).thenComparing(Instance::id);

    private final Instance instance;
    private final List<Instance> before;
    private final List<String> neighbours;
    private final Map<String, Integer> places;

    private LaunchOrder(Instance instance, List<Instance> before, List<String> neighbours) {
        this.instance = instance;
        this.before = before;
        this.neighbours = neighbours;
        this.places = new HashMap<>();
        neighbours.forEach(id -> places.put(id, places.size()));
    }

    /**
     * The order in which an instance launches together with others.
     *
     * @param instance the instance
     * @param seen the instances that ask for interfaces, of any zone, itself or not among them
     */
    public static LaunchOrder of(Instance instance, List<Instance> seen) {
        Instant earliest = instance.launchTime().minus(TOGETHER);
        List<Instance> all = new ArrayList<>(List.of(instance));
        seen.stream()
                .filter(other -> !other.id().equals(instance.id()))
                .filter(other -> !other.state().isGoing())
                .filter(other -> !other.launchTime().isBefore(earliest))
                .forEach(all::add);
        all.sort(ORDER);
        List<String> neighbours = all.stream()
                .filter(other -> other.zone().equals(instance.zone()))
                .filter(other -> other.vpcId().equals(instance.vpcId()))
                .map(Instance::id)
                .toList();
        return new LaunchOrder(instance, List.copyOf(all.subList(0, all.indexOf(instance))), neighbours);
    }

    /** Nobody launches together with the instance, or nobody can be known. */
    public static LaunchOrder alone(Instance instance) {
        return of(instance, List.of());
    }

    /** The instance. */
    public Instance instance() {
        return instance;
    }

    String instanceId() {
        return instance.id();
    }

    /** The instance's own place among its neighbours. */
    int place() {
        return Objects.requireNonNull(places.get(instance.id()));
    }

    /** The place of another among them; null if it does not launch together with the instance. */
    @Nullable
    Integer placeOf(@Nullable String instanceId) {
        return places.get(instanceId);
    }

    /** The ids of the instances in the instance's zone and VPC, in order, its own among them. */
    public List<String> neighbours() {
        return neighbours;
    }

    /** How many launched before it, in all zones. */
    public int placesBefore() {
        return before.size();
    }

    /**
     * When the instance's calls have their turn: EC2 has then given tokens for all calls of those before it, and for its own. Who begins earlier is
     * throttled, and throttles others. Those before it are supposed to need as many calls as the instance itself, and as much time from their launch
     * to their first call. For who launches alone it is the time of its launch.
     *
     * @param interfaces how many interfaces the instance is to get
     * @param delay from its launch to its first call
     * @param rates how fast EC2 lets the account make calls
     */
    public Instant turn(int interfaces, Duration delay, CallRates rates) {
        Instant settled = instance.launchTime().plus(neighbours.size() > 1 ? SETTLING : Duration.ZERO);
        Duration start = delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
        Instant turn = settled;
        turn = later(turn, turn(interfaces, start, rates.create()));
        turn = later(turn, turn(interfaces, start, rates.attach()));
        return later(turn, turn(2 * interfaces, start, rates.modify())); // the check, and delete-on-termination
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** When a bucket has given each its tokens, one after the other. */
    private Instant turn(int calls, Duration delay, CallRates.Bucket bucket) {
        if (before.isEmpty()) {
            return instance.launchTime();
        }
        Instant full = before.get(0).launchTime();
        for (Instance each : before) {
            full = later(full, each.launchTime().plus(delay)).plus(bucket.refilling(calls));
        }
        Instant start = instance.launchTime().plus(delay);
        full = later(full, start).plus(bucket.refilling(calls));
        return later(start, full.minus(bucket.refilling(bucket.size())));
    }
}
