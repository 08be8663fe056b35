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
 * A process in which a handler runs, as a Lambda execution environment: what it has of the outside world. A handler that takes its time, its
 * threads, its randomness and its calls from here, and nothing from anywhere else, does the same each time a history is played.
 */
public final class SimulatedProcess {

    private final int number;
    private final VirtualTime time;
    private final SplittableRandom random;
    private final Wire wire;
    private final Executor executor;
    private final List<Runnable> lastWords = new ArrayList<>();
    private int deliveries;
    private boolean alive = true;

    SimulatedProcess(int number, VirtualTime time, SplittableRandom random, Region region) {
        this.number = number;
        this.time = time;
        this.random = random;
        this.wire = new Wire(this, time, region);
        this.executor = time.executor(this, random.nextInt(4) > 0);
    }

    /** EC2 as this process reaches it: no call is made twice by itself, and each may meet any {@link Fate}. */
    public Ec2Network ec2() {
        return wire.ec2();
    }

    /** EC2 Auto Scaling as this process reaches it. */
    public LifecycleActions autoScaling() {
        return wire.autoScaling();
    }

    /** The time. */
    public Clock clock() {
        return time;
    }

    /** Lets time pass, for sleeping and for waiting for what the {@link #executor} runs. */
    public Sleeper sleeper() {
        return time;
    }

    /** Runs what goes side by side. */
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

    /** The delivery that the calling thread works on. */
    Delivery delivery() {
        Delivery current = time.delivery();
        if (current == null) {
            throw new IllegalStateException("process " + number + " makes a call and handles no event");
        }
        return current;
    }

    /** Kills it: nothing of it goes on, but what it has sent may arrive. */
    void crash() {
        alive = false;
        time.wakeAll(this);
        lastWords.forEach(words -> time.in(Duration.ZERO, words));
    }

    /** What happens, too, when it dies. */
    void whenItDies(Runnable words) {
        lastWords.add(words);
    }
}
