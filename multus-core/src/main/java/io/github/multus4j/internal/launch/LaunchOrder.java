package io.github.multus4j.internal.launch;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.internal.limits.Timing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The instances that launch together with one instance, by launch time, then by id: the same order
 * for every run. From its place in it a run knows its free address ({@link AddressByRank}) and
 * when EC2 has tokens for its calls ({@link LaunchTurn}), without a message to other runs.
 * Immutable.
 */
public final class LaunchOrder {

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
        Instant earliest = instance.launchTime().minus(Timing.LAUNCH_WINDOW);
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

    /** No other instance launches together with this one, or none can be known. */
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

    /** The place of another instance; null if it does not launch together with this one. */
    @Nullable
    Integer placeOf(@Nullable String instanceId) {
        return places.get(instanceId);
    }

    /** The ids of the instances in the instance's zone and VPC, in order, its own among them. */
    public List<String> neighbours() {
        return neighbours;
    }

    /** The instances that launched before it, in all zones, in order. */
    List<Instance> before() {
        return before;
    }

    /** How many instances launched before it, in all zones. */
    public int placesBefore() {
        return before.size();
    }
}
