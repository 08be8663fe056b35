package io.github.multus4j.testkit.simulation;

import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.OnFailure;
import io.github.multus4j.testkit.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Nodes that launch together. Each has a process of its own that shares nothing with the others,
 * like so many Lambda functions, by default. EC2's token buckets are on, calls take their time, and
 * reads lag behind writes; there are no other faults by default. Immutable: each method returns
 * another storm.
 */
public final class Storm {

    /** The address family of a storm's subnets. */
    public enum Family {
        IPV4,
        DUAL_STACK,
        IPV6_ONLY
    }

    private final int nodes;
    private final int interfaces;
    private Duration window = Duration.ofSeconds(30);
    private Duration eventDelay = Duration.ofSeconds(2);
    private Duration readLag = Duration.ofMillis(500);
    private Duration timeout = Duration.ofMinutes(15);
    private long seed = 1;
    private int zones = 1;
    private int nodeGroups = 1;
    private Family family = Family.IPV4;
    private int prefixLength = 22;
    private Addressing addressing = Addressing.lowestFree();
    private OnFailure onFailure = OnFailure.ROLL_BACK;
    private int dyingEvery = Integer.MAX_VALUE;
    private int redeliveredEvery = Integer.MAX_VALUE;
    private boolean inOneProcess;

    private Storm(int nodes, int interfaces) {
        this.nodes = nodes;
        this.interfaces = interfaces;
    }

    /** So many nodes with so many Multus interfaces each. */
    public static Storm of(int nodes, int interfaces) {
        return new Storm(nodes, interfaces);
    }

    private Storm with(Consumer<Storm> change) {
        Storm copy = new Storm(nodes, interfaces);
        copy.window = window;
        copy.eventDelay = eventDelay;
        copy.readLag = readLag;
        copy.timeout = timeout;
        copy.seed = seed;
        copy.zones = zones;
        copy.nodeGroups = nodeGroups;
        copy.family = family;
        copy.prefixLength = prefixLength;
        copy.addressing = addressing;
        copy.onFailure = onFailure;
        copy.dyingEvery = dyingEvery;
        copy.redeliveredEvery = redeliveredEvery;
        copy.inOneProcess = inOneProcess;
        change.accept(copy);
        return copy;
    }

    /** All launch within that time, at random, evenly spread; 30 seconds by default. */
    public Storm within(Duration time) {
        return with(copy -> copy.window = time);
    }

    /**
     * The time from a node's launch to the start of its handler; 2 seconds by default. EventBridge
     * delivers most events within half a second, and a Lambda function with a cold start needs one
     * to two.
     *
     * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-what-is.html">What
     *     is Amazon EventBridge?</a>
     */
    public Storm eventsAfter(Duration delay) {
        return with(copy -> copy.eventDelay = delay);
    }

    /** The average lag of reads behind writes; half a second by default. */
    public Storm readsLag(Duration onAverage) {
        return with(copy -> copy.readLag = onAverage);
    }

    /** The time after which a process is killed; 15 minutes by default, Lambda's maximum. */
    public Storm timeout(Duration time) {
        return with(copy -> copy.timeout = time);
    }

    /** The seed of all random choices; 1 by default. */
    public Storm seed(long value) {
        return with(copy -> copy.seed = value);
    }

    /** One or two zones, in turn; each has its own subnets. */
    public Storm inZones(int count) {
        if (count < 1 || count > 2) {
            throw new IllegalArgumentException("zones: " + count + ", expected 1 or 2");
        }
        return with(copy -> copy.zones = count);
    }

    /**
     * So many node groups, in turn: each has a trigger tag of its own, and all share the subnets.
     */
    public Storm ofNodeGroups(int count) {
        return with(copy -> copy.nodeGroups = count);
    }

    /** The address family of the Multus subnets; IPv4 by default. */
    public Storm addressed(Family newFamily) {
        return with(copy -> copy.family = newFamily);
    }

    /** The prefix length of the Multus subnets, 22 to 28; 22 by default. */
    public Storm inSubnetsOf(int newPrefixLength) {
        return with(copy -> copy.prefixLength = newPrefixLength);
    }

    /** The choice of the addresses; the lowest free ones by default. */
    public Storm addressing(Addressing chosen) {
        return with(copy -> copy.addressing = chosen);
    }

    /** The treatment of a failed run's interfaces. */
    public Storm onFailure(OnFailure policy) {
        return with(copy -> copy.onFailure = policy);
    }

    /** Each n-th node is terminated within 20 seconds after its event. */
    public Storm oneDiesOf(int n) {
        return with(copy -> copy.dyingEvery = n);
    }

    /** The event of each n-th node comes twice, the second time within 20 seconds. */
    public Storm oneComesTwiceOf(int n) {
        return with(copy -> copy.redeliveredEvery = n);
    }

    /**
     * One process handles all events, side by side, like a controller or a function with a batch of
     * messages. The program is started once for each event, always with the same process; it keeps
     * shared state per process.
     */
    public Storm handledByOneProcess() {
        return with(copy -> copy.inOneProcess = true);
    }

    /** The number of nodes. */
    public int nodes() {
        return nodes;
    }

    /** The number of Multus interfaces of each node. */
    public int interfaces() {
        return interfaces;
    }

    /** The time from a launch to the start of its handler. */
    public Duration eventDelay() {
        return eventDelay;
    }

    /** The launch times, since the storm's start: the same for the same storm. */
    public List<Duration> launches() {
        SplittableRandom random = new SplittableRandom(seed);
        List<Duration> launches = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            launches.add(Duration.ofNanos((long) (window.toNanos() * random.nextDouble())));
        }
        Collections.sort(launches);
        return launches;
    }

    /**
     * The latency of each call, there and back: the mean of its action, plus or minus 30 % at
     * random. Thread-safe.
     */
    public Function<Action, Duration> latencies() {
        return new CallLatency(new SplittableRandom(seed + 1));
    }

    /**
     * The lag of each read behind writes, at random: small for most, large for few. Not
     * thread-safe.
     */
    public Supplier<Duration> readLags() {
        return new ReadLag(new SplittableRandom(seed + 2), readLag);
    }

    /** The earliest time by which the last node can have ended, see {@link StormBound}. */
    public Duration bound() {
        return StormBound.of(launches().stream().map(eventDelay::plus).toList(), interfaces);
    }

    Duration readLag() {
        return readLag;
    }

    Duration timeout() {
        return timeout;
    }

    long seed() {
        return seed;
    }

    int zones() {
        return zones;
    }

    int nodeGroups() {
        return nodeGroups;
    }

    Family family() {
        return family;
    }

    int prefixLength() {
        return prefixLength;
    }

    Addressing addressing() {
        return addressing;
    }

    OnFailure onFailure() {
        return onFailure;
    }

    int dyingEvery() {
        return dyingEvery;
    }

    boolean inOneProcess() {
        return inOneProcess;
    }

    int redeliveredEvery() {
        return redeliveredEvery;
    }

    @Override
    public String toString() {
        return nodes + " nodes × " + interfaces + " within " + Times.text(window) + ", events after "
                + Times.text(eventDelay);
    }
}
