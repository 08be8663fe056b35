package io.github.multus4j.testkit.simulation;

import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.lifecycle.LifecycleActions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * A process in which a handler runs, such as a Lambda execution environment, with its access to the
 * outside world. A handler that takes time, threads, randomness and calls only from here does the
 * same each time a history is played.
 */
public final class SimulatedProcess {

    private final int number;
    private final VirtualTime time;
    private final SplittableRandom random;
    private final Wire wire;
    private final Executor executor;
    private final List<Runnable> actionsAtDeath = new ArrayList<>();
    private int deliveries;
    private boolean alive = true;

    SimulatedProcess(int number, VirtualTime time, SplittableRandom random, Region region) {
        this.number = number;
        this.time = time;
        this.random = random;
        this.wire = new Wire(this, time, region);
        this.executor = time.executor(this, random.nextInt(4) > 0);
    }

    /** EC2 for this process: no call is repeated by itself, and each may meet any {@link Fate}. */
    public Ec2Network ec2() {
        return wire.ec2();
    }

    /** EC2 Auto Scaling for this process. */
    public LifecycleActions autoScaling() {
        return wire.autoScaling();
    }

    /** The time. */
    public Clock clock() {
        return time;
    }

    /** Passes time, for sleeping and for waiting for tasks of the {@link #executor}. */
    public Sleeper sleeper() {
        return time;
    }

    /** Runs tasks side by side. */
    public Executor executor() {
        return executor;
    }

    /** For jitter. */
    public RandomGenerator random() {
        return random;
    }

    int number() {
        return number;
    }

    boolean isAlive() {
        return alive;
    }

    /** Whether it is at work. */
    boolean isBusy() {
        return deliveries > 0;
    }

    void begin() {
        deliveries++;
    }

    void end() {
        deliveries--;
    }

    /** The delivery of the calling thread. */
    Delivery delivery() {
        Delivery current = time.delivery();
        if (current == null) {
            throw new IllegalStateException("process " + number + " makes a call and handles no event");
        }
        return current;
    }

    /** Kills it: it does not continue, but calls that it has sent may arrive. */
    void crash() {
        alive = false;
        time.wakeAll(this);
        actionsAtDeath.forEach(words -> time.in(Duration.ZERO, words));
    }

    /** Runs when it dies. */
    void whenItDies(Runnable words) {
        actionsAtDeath.add(words);
    }
}
