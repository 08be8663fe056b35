package io.github.multus4j.testkit.simulation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a call, if there is one.
 *
 * @param <T> the value of a successful answer
 */
final class PendingAnswer<T> {

    private boolean arrived;
    private @Nullable T value;
    private @Nullable RuntimeException refusal;
    private Runnable listener = () -> {};

    void onArrival(Runnable action) {
        listener = action;
    }

    boolean hasArrived() {
        return arrived;
    }

    void arrive(@Nullable T good, @Nullable RuntimeException bad) {
        arrived = true;
        value = good;
        refusal = bad;
        listener.run();
    }

    /** The value of a successful answer. */
    T get() {
        if (refusal != null) {
            throw refusal;
        }
        return Objects.requireNonNull(value, "there is no answer yet");
    }
}
