package io.github.multus4j.internal.run;

import io.github.multus4j.internal.limits.Timing;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs a user's code, a policy or a listener, on a separate daemon thread, and waits for it for a
 * limited time. Code that does not end stays on its thread. The executor of the run is not used: it
 * may have no room, or run tasks in the calling thread.
 */
final class UserCode {

    private UserCode() {}

    /** The code has not ended in time. Its stack trace is that of the code's thread. */
    static final class TooSlow extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Thread thread;

        TooSlow(Thread thread) {
            super("the thread of the code was here", null, false, true);
            this.thread = thread;
            setStackTrace(thread.getStackTrace());
        }

        /** Asks the code to end. Its result is ignored. */
        void interruptCode() {
            thread.interrupt();
        }

        /** The position of the code: its innermost method outside of the JDK. */
        String place() {
            return Arrays.stream(getStackTrace())
                    .filter(frame -> !frame.getClassName().matches("(java|jdk|sun)\\..*"))
                    .findFirst()
                    .map(StackTraceElement::toString)
                    .orElse("its end");
        }
    }

    /** The usual limit, or the time that is left, but never less than any code needs. */
    static Duration timeLimit(Duration usual, Duration left) {
        Duration limit = left.compareTo(usual) < 0 ? left : usual;
        return limit.compareTo(Timing.LEAST_CODE_TIME) < 0 ? Timing.LEAST_CODE_TIME : limit;
    }

    /**
     * Runs the code and waits for its end, in real time.
     *
     * @param timeLimit the longest time to wait
     * @param heartbeat called every second
     * @throws TooSlow if it has not ended by then
     * @throws InterruptedException if the calling thread was interrupted meanwhile
     */
    static <T> T call(Supplier<T> code, Duration timeLimit, Runnable heartbeat) throws TooSlow, InterruptedException {
        FutureTask<T> task = new FutureTask<>(code::get);
        Thread thread = RunEnvironment.startThread(task);
        Duration left = timeLimit;
        while (true) {
            Duration slice = left.compareTo(Timing.POLL_INTERVAL) < 0 ? left : Timing.POLL_INTERVAL;
            try {
                return task.get(slice.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                left = left.minus(slice);
                if (left.toMillis() <= 0) {
                    throw new TooSlow(thread);
                }
                heartbeat.run();
            } catch (InterruptedException e) {
                thread.interrupt();
                throw e;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
            }
        }
    }
}
