package io.github.multus4j.testkit;

import io.github.multus4j.testkit.internal.state.Behaviour;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What EC2 does sometimes and the fake does on demand. As it comes, everything is visible and done at once, nothing is throttled, and no limit
 * but EC2's own default is in the way. May be changed at any time, by any thread; all durations are by the fake's clock.
 */
public final class Ec2Behaviour {

    private final Behaviour settings;

    Ec2Behaviour(Behaviour settings) {
        this.settings = settings;
    }

    /** What is made from now on is absent from listings for that long, and calls by its id answer that it does not exist. */
    public Ec2Behaviour newThingsVisibleAfter(Duration duration) {
        settings.visibleAfter = duration;
        return this;
    }

    /**
     * Listings of instances and network interfaces, by ids or not, show the world as it was that long ago: what was made since is absent, what
     * was deleted since is still there, and states, attachments, attributes, addresses and tags are those of that time. Changes always see the
     * present. The lag is asked for once per listing, whose pages all show one time; it is called while the fake is locked, and must not call
     * it. It comes on top of {@link #newThingsVisibleAfter}.
     *
     * <p>The fake remembers from the first call after this one, five minutes back at most; what there was before is shown as it was then. Until
     * a lag is set nothing is remembered.
     *
     * @see <a href="https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html">Eventual consistency in the EC2 API</a>
     */
    public Ec2Behaviour readsLag(Supplier<Duration> lag) {
        settings.readLag = lag;
        return this;
    }

    /**
     * How long calls take from when they come in to when they are answered: half of it goes by before EC2 does anything, and half afterwards. It is
     * asked for once per call, by several threads at once.
     */
    public Ec2Behaviour callsTake(Function<Action, Duration> newLatency) {
        settings.latency = newLatency;
        return this;
    }

    /** Instances launched or started from now on are {@code pending} for that long. */
    public Ec2Behaviour instancesPendingFor(Duration duration) {
        settings.pending = duration;
        return this;
    }

    /** Attachments made from now on are {@code attaching} for that long. */
    public Ec2Behaviour attachingTakes(Duration duration) {
        settings.attaching = duration;
        return this;
    }

    /** Attachments are {@code detaching} for that long, and their interfaces in use. */
    public Ec2Behaviour detachingTakes(Duration duration) {
        settings.detaching = duration;
        return this;
    }

    /** Instances are {@code shutting-down} or {@code stopping} for that long before they are gone or stopped. */
    public Ec2Behaviour endingTakes(Duration duration) {
        settings.shuttingDown = duration;
        return this;
    }

    /**
     * Whether calls take from EC2's token buckets, one per action, and are refused when theirs is empty.
     *
     * @see <a href="https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html">EC2 API throttling</a>
     */
    public Ec2Behaviour throttling(boolean on) {
        settings.throttling = on;
        return this;
    }

    /** Whether each page of a paged listing is preceded by an empty one that has a token, as EC2's filtered listings may do. */
    public Ec2Behaviour emptyPages(boolean on) {
        settings.emptyPages = on;
        return this;
    }

    /** Whether interfaces that an AWS service manages are listed also when IncludeManagedResources is not set; not so at first. */
    public Ec2Behaviour managedResourcesShown(boolean on) {
        settings.managedResourcesShown = on;
        return this;
    }

    /**
     * How long client tokens are remembered; for ever at first, zero for not at all. AWS does not say
     * how long EC2 remembers those of CreateNetworkInterface.
     *
     * @see <a href="https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html">Ensuring idempotency</a>
     */
    public Ec2Behaviour clientTokensRememberedFor(Duration duration) {
        settings.tokensRemembered = duration;
        return this;
    }

    /** How many network interfaces the account may have in the Region; 5000 at first. */
    public Ec2Behaviour networkInterfaceLimit(int limit) {
        settings.networkInterfaceLimit = limit;
        return this;
    }

    /** How many interfaces a listing without filter, ids and paging may have before it is refused; 1000 at first. */
    public Ec2Behaviour unpaginatedListingLimit(int limit) {
        settings.unpaginatedListingLimit = limit;
        return this;
    }

    /**
     * How many routes of each address family a route table may have, its local routes among them;
     * 500 at first.
     */
    public Ec2Behaviour routesPerTableLimit(int limit) {
        settings.routesPerTableLimit = limit;
        return this;
    }
}
