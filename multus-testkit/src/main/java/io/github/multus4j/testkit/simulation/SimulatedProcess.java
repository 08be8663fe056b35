package io.github.multus4j.testkit.simulation;

import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.lifecycle.LifecycleActions;
import java.time.Clock;
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
    private final FiberGroup fibers = new FiberGroup();
    private final Ec2Network ec2;
    private final LifecycleActions autoScaling;
    private final Executor executor;
    private int deliveries;

    SimulatedProcess(int number, VirtualTime time, SplittableRandom random, Region region) {
        this.number = number;
        this.time = time;
        this.random = random;
        Wire wire = new Wire(fibers, time, region);
        this.ec2 = wire.ec2();
        this.autoScaling = new WiredAutoScaling(wire, region);
        this.executor = time.executor(fibers, random.nextInt(4) > 0);
    }

    /** EC2 for this process: no call is repeated by itself, and each may meet any {@link Fate}. */
    public Ec2Network ec2() {
        return ec2;
    }

    /** EC2 Auto Scaling for this process. */
    public LifecycleActions autoScaling() {
        return autoScaling;
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
        return fibers.alive;
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

    /** Starts a thread of it. */
    Fiber start(Runnable body) {
        return time.start(fibers, body);
    }

    /** Kills it: it does not continue, but calls that it has sent may arrive. */
    void crash() {
        time.crash(fibers);
    }

    /** Runs the action when it dies. */
    void atCrash(Runnable action) {
        fibers.actionsAtCrash.add(action);
    }
}
