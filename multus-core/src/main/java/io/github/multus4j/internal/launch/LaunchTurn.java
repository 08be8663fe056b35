package io.github.multus4j.internal.launch;

import io.github.multus4j.ec2.CallRates;
import io.github.multus4j.ec2.CallRates.TokenBucket;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.internal.limits.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The turn of one run among the nodes that launch together: the time from which EC2 has tokens for
 * the calls of all nodes before it and for its own. A run that begins earlier is throttled, and its
 * repeated calls take tokens from other runs. One object serves one run, which waits in
 * {@code Attacher}; the calls of one process also wait for {@code RateLimiter}.
 *
 * <p>ALGORITHM: each node before this one is assumed to need as many calls as this one, and as much
 * time from its launch to its first call. The bucket that is last to grant these calls decides. A
 * turn moves when earlier launches come into view, so a run asks again after each wait.
 */
public final class LaunchTurn {

    private final CallRates rates;
    private final Instant began;
    private int waits;

    /**
     * The turn of a run.
     *
     * @param rates the rates at which EC2 grants the account's calls
     * @param began the time at which the run began
     */
    public LaunchTurn(CallRates rates, Instant began) {
        this.rates = rates;
        this.began = began;
    }

    /**
     * The time until which the run waits before it reads again; empty if the run may begin to make
     * its calls.
     *
     * @param order the node among those that launch together, as just seen
     * @param interfaces the number of interfaces that the node is to get
     * @param now the current time
     */
    public Optional<Instant> next(LaunchOrder order, int interfaces, Instant now) {
        Instant turn = at(order, interfaces);
        if (waits == Timing.TURN_WAITS || !now.plus(Timing.TURN_TOLERANCE).isBefore(turn)) {
            return Optional.empty();
        }
        waits++;
        return Optional.of(turn);
    }

    /** The time of the turn. A node that launches alone has its turn at its launch. */
    Instant at(LaunchOrder order, int interfaces) {
        Instant launch = order.instance().launchTime();
        Instant turn = order.neighbours().size() > 1 ? launch.plus(Timing.LAUNCH_VISIBILITY) : launch;
        turn = later(turn, granted(order, rates.create(), interfaces));
        turn = later(turn, granted(order, rates.attach(), interfaces));
        // Two attributes of each interface: the source/destination check and delete-on-termination.
        return later(turn, granted(order, rates.modify(), 2 * interfaces));
    }

    /** When one bucket has granted so many calls to each node before this one, and to this one. */
    private Instant granted(LaunchOrder order, CallRates.Bucket bucket, int calls) {
        Instant launch = order.instance().launchTime();
        List<Instance> before = order.before();
        if (before.isEmpty()) {
            return launch;
        }
        Duration late = Duration.between(launch, began);
        Duration start = late.compareTo(Timing.LONGEST_START) < 0 ? late : Timing.LONGEST_START;
        TokenBucket tokens = bucket.full(before.get(0).launchTime());
        for (Instance each : before) {
            tokens = tokens.take(calls, each.launchTime().plus(start));
        }
        Instant first = launch.plus(start);
        return later(first, tokens.take(calls, first).given());
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
