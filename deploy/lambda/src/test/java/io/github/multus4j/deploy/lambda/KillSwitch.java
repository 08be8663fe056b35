package io.github.multus4j.deploy.lambda;

import io.github.multus4j.ec2.Sleeper;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Passes the time of calls, and kills a process some time after a chosen call has come in: before
 * that call has taken effect, between its effect and its answer, or in a later call. Counts the
 * calls after the switch is armed. Thread-safe.
 */
final class KillSwitch implements Sleeper {

    private final int call;
    private final Duration after;
    private final CompletableFuture<Process> victim = new CompletableFuture<>();
    private boolean armed;
    private int seen;

    /**
     * @param call the number of the call, from 1
     * @param after the time from its arrival to the kill
     */
    KillSwitch(int call, Duration after) {
        this.call = call;
        this.after = after;
    }

    /** A switch that kills nothing, and counts. */
    static KillSwitch never() {
        return new KillSwitch(Integer.MAX_VALUE, Duration.ZERO);
    }

    void aimAt(Process process) {
        victim.complete(process);
    }

    synchronized void arm() {
        armed = true;
    }

    synchronized void disarm() {
        armed = false;
    }

    /** How many calls came in while it was armed. */
    synchronized int seen() {
        return seen;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (isTheOne()) {
            CompletableFuture.delayedExecutor(after.toNanos(), TimeUnit.NANOSECONDS)
                    .execute(() -> victim.join().destroyForcibly());
        }
        Sleeper.SYSTEM.sleep(duration);
    }

    private synchronized boolean isTheOne() {
        return armed && ++seen == call;
    }
}
