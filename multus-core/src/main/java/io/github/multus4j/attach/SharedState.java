package io.github.multus4j.attach;

/**
 * The state that the runs of one process share: the addresses that they have claimed, the addresses
 * that EC2 refused and no listing explains, and the rate of their calls. Thread-safe.
 */
record SharedState(AddressClaims claims, UnlistedAddresses unlisted, Pace pace) {

    SharedState(Surroundings surroundings) {
        this(surroundings, new UnlistedAddresses(surroundings.clock()));
    }

    private SharedState(Surroundings surroundings, UnlistedAddresses unlisted) {
        this(new AddressClaims(surroundings.clock(), unlisted), unlisted, new Pace(surroundings.callRates()));
    }
}
