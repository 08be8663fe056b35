package io.github.multus4j.testkit;

import io.github.multus4j.testkit.internal.state.Behaviour;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Optional behaviour of EC2 that the fake plays on demand. By default, everything is visible and
 * done at once but for addresses in the metadata service, nothing is throttled, and only EC2's
 * default limits hold. May be changed at any
 * time, by any thread; all durations are by the fake's clock.
 */
public final class Ec2Behaviour {

    private final Behaviour settings;

    Ec2Behaviour(Behaviour settings) {
        this.settings = settings;
    }

    /**
     * New resources are absent from listings for that long, and calls by their id answer that they
     * do not exist.
     */
    public Ec2Behaviour newThingsVisibleAfter(Duration duration) {
        settings.visibleAfter = duration;
        return this;
    }

    /**
     * Listings of instances and network interfaces, by ids or not, show the state of that long ago:
     * newer resources are absent, since deleted ones are still there, and states, attachments,
     * attributes, addresses and tags are those of that time. Changes always see the present. The
     * lag is read once per listing, and all its pages show one time. The supplier is called while
     * the fake is locked, and must not call it. The lag comes on top of
     * {@link #newThingsVisibleAfter}.
     *
     * <p>The fake remembers states from the first call after this one, five minutes back at most;
     * older resources are shown as they were then. Without a lag nothing is remembered.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html">Eventual
     *     consistency in the EC2 API</a>
     */
    public Ec2Behaviour readsLag(Supplier<Duration> lag) {
        settings.readLag = lag;
        return this;
    }

    /**
     * The time from a call's arrival to its answer: half of it passes before EC2's effect, and half
     * afterwards. The function is called once per call, by several threads at once.
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

    /**
     * Instances are {@code shutting-down} or {@code stopping} for that long before they are gone or
     * stopped.
     */
    public Ec2Behaviour endingTakes(Duration duration) {
        settings.shuttingDown = duration;
        return this;
    }

    /**
     * The metadata service shows a change of an interface's addresses or prefixes that long after
     * EC2's calls do, at the old holder and at the new one; 1.5 seconds by default. EC2 remaps
     * addresses asynchronously, and AWS gives no time.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html">
     *     AssignPrivateIpAddresses</a>
     */
    public Ec2Behaviour addressesInMetadataAfter(Duration duration) {
        settings.addressesInMetadata = duration;
        return this;
    }

    /**
     * Whether calls take from EC2's token buckets, one per action, and are refused when theirs is
     * empty.
     *
     * @see <a href="https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html">EC2
     *     API throttling</a>
     */
    public Ec2Behaviour throttling(boolean on) {
        settings.throttling = on;
        return this;
    }

    /**
     * Whether each page of a paged listing is preceded by an empty one that has a token, as EC2's
     * filtered listings may do.
     */
    public Ec2Behaviour emptyPages(boolean on) {
        settings.emptyPages = on;
        return this;
    }

    /**
     * Whether interfaces that an AWS service manages are listed also without
     * IncludeManagedResources; false by default.
     */
    public Ec2Behaviour managedResourcesShown(boolean on) {
        settings.managedResourcesShown = on;
        return this;
    }

    /**
     * The time for which client tokens are remembered; for ever by default, zero for not at all.
     * AWS does not document the time for those of CreateNetworkInterface.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html">Ensuring
     *     idempotency</a>
     */
    public Ec2Behaviour clientTokensRememberedFor(Duration duration) {
        settings.tokensRemembered = duration;
        return this;
    }

    /** The account's limit of network interfaces in the Region; 5000 by default. */
    public Ec2Behaviour networkInterfaceLimit(int limit) {
        settings.networkInterfaceLimit = limit;
        return this;
    }

    /**
     * The number of interfaces beyond which a listing without filter, ids and paging is refused;
     * 1000 by default.
     */
    public Ec2Behaviour unpaginatedListingLimit(int limit) {
        settings.unpaginatedListingLimit = limit;
        return this;
    }

    /**
     * The limit of routes of each address family in a route table, local routes included; 500 by
     * default.
     */
    public Ec2Behaviour routesPerTableLimit(int limit) {
        settings.routesPerTableLimit = limit;
        return this;
    }
}
