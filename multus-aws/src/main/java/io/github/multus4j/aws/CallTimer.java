package io.github.multus4j.aws;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends calls: when their time is over, and when their thread is interrupted. The SDK ends a call by
 * aborting the HTTP request and interrupting its thread, and clears the flag afterwards; an
 * interrupt of somebody else's would be lost with it, and would not wake a thread that reads from a
 * socket. So this executor runs the time-out's task at once for a thread that it finds interrupted,
 * and remembers the interrupt.
 *
 * <p>One daemon thread, only while there are calls. Thread-safe.
 */
final class CallTimer extends ScheduledThreadPoolExecutor {

    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(50).toNanos();

    private final Map<Thread, Long> begun = new ConcurrentHashMap<>();
    private final Set<Thread> interrupted = ConcurrentHashMap.newKeySet();

    CallTimer() {
        super(1, task -> {
            Thread thread = new Thread(task, "multus4j-call-timer");
            thread.setDaemon(true);
            return thread;
        });
        setKeepAliveTime(10, TimeUnit.SECONDS);
        allowCoreThreadTimeOut(true);
        setRemoveOnCancelPolicy(true);
    }

    /** Called by the SDK on the thread that makes the call. */
    @Override
    public ScheduledFuture<?> schedule(Runnable timeout, long delay, TimeUnit unit) {
        Thread caller = Thread.currentThread();
        long now = System.nanoTime();
        long start = begun.getOrDefault(caller, now);
        long nanos = unit.toNanos(delay);
        long period = Math.max(1, Math.min(LOOK_EVERY_NANOS, nanos / 10));
        return scheduleAtFixedRate(
                () -> {
                    if (caller.isInterrupted()) {
                        interrupted.add(caller);
                    } else if (System.nanoTime() - start < nanos) {
                        return;
                    }
                    timeout.run();
                    throw new Done();
                },
                period,
                period,
                TimeUnit.NANOSECONDS);
    }

    /** Whether a call of this thread was ended for an interrupt. */
    boolean wasInterrupted() {
        return interrupted.contains(Thread.currentThread());
    }

    /**
     * Before a call of this thread: its time begins now, and not only when the SDK has its
     * credentials.
     */
    void begin() {
        forget();
        begun.put(Thread.currentThread(), System.nanoTime());
    }

    /** Ends a call: forgets its interrupt. */
    void forget() {
        begun.remove(Thread.currentThread());
        interrupted.remove(Thread.currentThread());
    }

    /** Ends a periodic task. */
    private static final class Done extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Done() {
            super(null, null, false, false);
        }
    }
}
