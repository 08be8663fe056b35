package io.github.multus4j.internal.run;

import io.github.multus4j.ec2.CallRates;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.result.AttachListener;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The environment of a run beside EC2.
 *
 * @param clock tells the time
 * @param sleeper passes time
 * @param executor runs the concurrent tasks: the reads, and the interfaces of one node. It must
 *     have room for all of them, or run them in the calling thread
 * @param listener the listener of the runs
 * @param callRates the rates at which EC2 accepts the account's calls: nodes that launch together
 *     take turns by them, and the runs of one process keep them
 */
public record RunEnvironment(
        Clock clock, Sleeper sleeper, Executor executor, AttachListener listener, CallRates callRates) {

    private static final AtomicLong THREADS = new AtomicLong();

    /**
     * The system's clock, real sleep, a daemon thread for each concurrent task, no listener, EC2's
     * default rates.
     */
    public static RunEnvironment ofDefaults() {
        return new RunEnvironment(
                Clock.systemUTC(),
                Sleeper.SYSTEM,
                RunEnvironment::startThread,
                AttachListener.NONE,
                CallRates.ofDefaults());
    }

    static Thread startThread(Runnable task) {
        Thread thread = new Thread(task, "multus4j-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
