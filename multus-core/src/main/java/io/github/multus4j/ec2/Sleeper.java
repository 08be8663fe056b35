package io.github.multus4j.ec2;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How to let time pass: {@link #SYSTEM} for real, or virtual time in a test. */
@FunctionalInterface
public interface Sleeper {

    /** Puts the calling thread to sleep. */
    Sleeper SYSTEM = duration -> Thread.sleep(duration.toMillis());

    /** Returns after that time. */
    void sleep(Duration duration) throws InterruptedException;

    /**
     * Waits until something has ended, in whichever way, but not longer than that. As it comes it waits in real time, whatever {@link #sleep}
     * does: what goes on beside the calling thread takes its time. Who runs that in virtual time lets the waiting pass in it, too.
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
