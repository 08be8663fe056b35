package io.github.multus4j.testkit.simulation;

import io.github.multus4j.Multus;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.testkit.FakeEc2Network;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * A fake EC2 and the library in virtual time, in which tasks that run side by side take the time of
 * the longest.
 */
public final class VirtualRuns implements AutoCloseable {

    private final FiberThreads threads = new FiberThreads();
    private final VirtualTime time = new VirtualTime(threads);
    private final FakeEc2Network ec2 = FakeEc2Network.strict(time, time, 1);
    private final Multus multus = Multus.builder(ec2, ec2.autoScaling())
            .time(time, time)
            .executor(time.executor(null, false))
            .build();

    public FakeEc2Network ec2() {
        return ec2;
    }

    /** Plays a run to its end. All runs have the same process. */
    public Outcome play(Function<Multus, Outcome> run) {
        FutureTask<Outcome> task = new FutureTask<>(() -> run.apply(multus));
        time.start(null, task);
        time.runAll();
        try {
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** The virtual time since the start. */
    public Duration elapsed() {
        return time.elapsed();
    }

    @Override
    public void close() {
        threads.close();
    }
}
