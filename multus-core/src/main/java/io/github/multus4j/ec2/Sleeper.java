package io.github.multus4j.ec2;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Passes time: {@link #SYSTEM} in real time, a test's sleeper in virtual time. */
@FunctionalInterface
public interface Sleeper {

    /** Puts the calling thread to sleep. */
    Sleeper SYSTEM = duration -> Thread.sleep(duration.toMillis());

    /** Returns after that time. */
    void sleep(Duration duration) throws InterruptedException;

    /**
     * Waits until a task has ended in any way, but not longer than the given time. The default
     * waits in real time, independent of {@link #sleep}, because tasks beside the calling thread
     * take real time. An implementation for virtual time overrides it.
     *
     * @return whether it has ended
     */
    default boolean await(Future<?> something, Duration atMost) throws InterruptedException {
        try {
            something.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }
}
