package io.github.multus4j.internal.run;

import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.result.AttachListener;
import io.github.multus4j.result.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Calls the listener with one run's events, on separate threads, and waits for it at most five
 * seconds. A slower listener gets no further calls of the run. Thread-safe.
 */
final class ListenerCalls {

    private final AttachListener listener;
    private final Supplier<Duration> timeLeft;
    private final Runnable heartbeat;
    private final List<String> warnings = new ArrayList<>();
    private volatile boolean late;

    /**
     * For one run.
     *
     * @param timeLeft the remaining time of the run
     * @param heartbeat called every second while the listener is running
     */
    ListenerCalls(AttachListener listener, Supplier<Duration> timeLeft, Runnable heartbeat) {
        this.listener = listener;
        this.timeLeft = timeLeft;
        this.heartbeat = heartbeat;
    }

    void notifyListener(Consumer<AttachListener> notification) {
        if (late || listener == AttachListener.NONE) {
            return;
        }
        Thread caller = Thread.currentThread();
        Duration timeLimit = UserCode.timeLimit(Timing.LISTENER_TIME, timeLeft.get());
        try {
            UserCode.call(
                    () -> {
                        deliver(notification, caller);
                        return true;
                    },
                    timeLimit,
                    heartbeat);
        } catch (UserCode.TooSlow e) {
            late = true;
            e.interruptCode();
            warn("listener " + name() + " did not return within " + timeLimit.toMillis() + " ms, at " + e.place()
                    + "; it heard no more of this run");
        } catch (InterruptedException e) {
            caller.interrupt(); // The next step of the run notices it.
        }
    }

    private void deliver(Consumer<AttachListener> notification, Thread caller) {
        try {
            notification.accept(listener);
        } catch (Throwable e) { // An Error of the listener is not the run's either.
            if (late) {
                return; // The interrupt ended it.
            }
            warn("listener " + name() + " threw " + e.getClass().getName() + "; the run went on");
            caller.getUncaughtExceptionHandler().uncaughtException(caller, e);
        }
    }

    private String name() {
        return listener.getClass().getName();
    }

    private synchronized void warn(String warning) {
        if (warnings.size() < Timing.LISTENER_WARNINGS && !warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    /** The outcome with warnings about the listener. */
    Outcome warned(Outcome outcome) {
        List<String> more;
        synchronized (this) {
            more = List.copyOf(warnings);
        }
        return more.isEmpty()
                ? outcome
                : outcome.fold(
                        attached -> new Outcome.Attached(
                                attached.instanceId(), attached.interfaces(), joined(attached.warnings(), more)),
                        complete -> new Outcome.Complete(
                                complete.instanceId(), complete.interfaces(), joined(complete.warnings(), more)),
                        skipped -> skipped,
                        failed -> new Outcome.Failed(
                                failed.instanceId(),
                                failed.cause(),
                                failed.removed(),
                                failed.leftovers(),
                                joined(failed.warnings(), more)));
    }

    private static List<String> joined(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
