package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Sleeper;
import java.time.Clock;
import java.util.Optional;

/** All state of the fake; guarded by its own monitor. */
final class World {

    private final Clock clock;
    private final Sleeper sleeper;
    private final String region;

    World(Clock clock, Sleeper sleeper, String region, long seed) {
        this.clock = clock;
        this.sleeper = sleeper;
        this.region = region;
    }

    Clock clock() {
        return clock;
    }

    Sleeper sleeper() {
        return sleeper;
    }

    String region() {
        return region;
    }

    <R> R notYet(Ec2Request<R> request) {
        return Optional.<R>empty()
                .orElseThrow(() -> new UnsupportedOperationException(request.action() + " comes later"));
    }
}
