package io.github.multus4j.internal.apply;

import io.github.multus4j.internal.observe.UnlistedAddresses;
import io.github.multus4j.internal.run.RateLimiter;
import io.github.multus4j.internal.run.RunEnvironment;

/**
 * The state that the runs of one process share: the addresses that they have claimed, the addresses
 * that EC2 refused and no listing explains, and the rate of their calls. Thread-safe.
 */
record SharedState(AddressClaims claims, UnlistedAddresses unlisted, RateLimiter rateLimiter) {

    SharedState(RunEnvironment environment) {
        this(environment, new UnlistedAddresses(environment.clock()));
    }

    private SharedState(RunEnvironment environment, UnlistedAddresses unlisted) {
        this(new AddressClaims(environment.clock(), unlisted), unlisted, new RateLimiter(environment.callRates()));
    }
}
