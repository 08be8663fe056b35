package io.github.multus4j.ec2;

import java.time.Duration;

/** How to let time pass: {@link #SYSTEM} for real, or virtual time in a test. */
@FunctionalInterface
public interface Sleeper {

    /** Puts the calling thread to sleep. */
    Sleeper SYSTEM = duration -> Thread.sleep(duration.toMillis());

    /** Returns after that time. */
    void sleep(Duration duration) throws InterruptedException;
}
