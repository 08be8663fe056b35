package io.github.multus4j.internal.apply;

import io.github.multus4j.internal.observe.UnlistedAddresses;
import io.github.multus4j.internal.run.Pace;
import io.github.multus4j.internal.run.RunEnvironment;

/**
 * The state that the runs of one process share: the addresses that they have claimed, the addresses
 * that EC2 refused and no listing explains, and the rate of their calls. Thread-safe.
 */
record SharedState(AddressClaims claims, UnlistedAddresses unlisted, Pace pace) {

    SharedState(RunEnvironment surroundings) {
        this(surroundings, new UnlistedAddresses(surroundings.clock()));
    }

    private SharedState(RunEnvironment surroundings, UnlistedAddresses unlisted) {
        this(new AddressClaims(surroundings.clock(), unlisted), unlisted, new Pace(surroundings.callRates()));
    }
}
