package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.testkit.Action;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The settings behind {@code Ec2Behaviour}, which explains each of them. */
public final class Behaviour {

    public volatile Duration visibleAfter = Duration.ZERO;
    public volatile Duration pending = Duration.ZERO;
    public volatile Duration attaching = Duration.ZERO;
    public volatile Duration detaching = Duration.ZERO;
    public volatile Duration shuttingDown = Duration.ZERO;
    public volatile Duration addressesInMetadata = Duration.ofMillis(1500);

    /** How far behind a listing is; null if none ever is. */
    public volatile @Nullable Supplier<Duration> readLag;

    public volatile Function<Action, Duration> latency = action -> Duration.ZERO;
    public volatile boolean throttling;
    public volatile boolean emptyPages;
    public volatile boolean managedResourcesShown;

    /** How long client tokens are remembered; null for ever. */
    public volatile @Nullable Duration tokensRemembered;

    public volatile int networkInterfaceLimit = 5000;
    public volatile int unpaginatedListingLimit = 1000;
    public volatile int routesPerTableLimit = 500;
}
