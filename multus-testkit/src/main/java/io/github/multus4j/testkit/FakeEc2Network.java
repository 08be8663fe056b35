package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Sleeper;
import java.time.Clock;

/**
 * EC2's network in memory, as strict as EC2.
 */
public final class FakeEc2Network {

    private final Ec2Engine engine;

    private FakeEc2Network(Ec2Engine engine) {
        this.engine = engine;
    }

    /** A fake that keeps every rule, in Region us-east-1, on a {@link ManualTime}; the same at every run. */
    public static FakeEc2Network strict() {
        ManualTime time = new ManualTime();
        return new FakeEc2Network(new Ec2Engine(new World(time, time, "us-east-1", 1)));
    }

    /** A fake that keeps every rule, on a clock of the caller's: {@code strict(Clock.systemUTC(), Sleeper.SYSTEM)} is real time. */
    public static FakeEc2Network strict(Clock clock, Sleeper sleeper) {
        return new FakeEc2Network(new Ec2Engine(new World(clock, sleeper, "us-east-1", 1)));
    }

    /** What answers the calls; the HTTP endpoint calls it directly. */
    Ec2Engine engine() {
        return engine;
    }
}
