package io.github.multus4j.attach;

/**
 * What the runs of one process share, so that they are not in each other's way: what they ask EC2, the addresses that they ask for, those that EC2
 * refused and no listing explains, and the rate of their calls. Thread-safe.
 */
record SharedState(SharedReads reads, AddressClaims claims, UnlistedAddresses unlisted, Pace pace) {

    SharedState(Surroundings surroundings) {
        this(surroundings, new UnlistedAddresses(surroundings.clock()));
    }

    private SharedState(Surroundings surroundings, UnlistedAddresses unlisted) {
        this(
                new SharedReads(),
                new AddressClaims(surroundings.clock(), unlisted),
                unlisted,
                new Pace(surroundings.callRates()));
    }
}
