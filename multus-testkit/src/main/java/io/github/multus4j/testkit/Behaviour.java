package io.github.multus4j.testkit;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The settings behind {@code Ec2Behaviour}, which explains each of them. */
final class Behaviour {

    volatile Duration visibleAfter = Duration.ZERO;
    volatile Duration pending = Duration.ZERO;
    volatile Duration attaching = Duration.ZERO;
    volatile Duration detaching = Duration.ZERO;
    volatile Duration shuttingDown = Duration.ZERO;

    /** How far behind a listing is; null if none ever is. */
    volatile @Nullable Supplier<Duration> readLag;

    volatile Function<Action, Duration> latency = action -> Duration.ZERO;
    volatile boolean throttling;
    volatile boolean emptyPages;
    volatile boolean managedResourcesShown;

    /** How long client tokens are remembered; null for ever. */
    volatile @Nullable Duration tokensRemembered;

    volatile int networkInterfaceLimit = 5000;
    volatile int unpaginatedListingLimit = 1000;
    volatile int routesPerTableLimit = 500;
}
