package io.github.multus4j.attach;

/**
 * What the runs of one process share, so that they are not in each other's way: what they ask EC2, the addresses that they ask for, and the rate of
 * their calls. Thread-safe.
 */
record SharedState(SharedReads reads, AddressClaims claims, Pace pace) {

    SharedState(Surroundings surroundings) {
        this(new SharedReads(), new AddressClaims(surroundings.clock()), new Pace(surroundings.callRates()));
    }
}
