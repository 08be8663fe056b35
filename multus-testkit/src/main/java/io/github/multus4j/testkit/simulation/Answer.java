package io.github.multus4j.testkit.simulation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a call, if there is one.
 *
 * @param <T> the value of a successful answer
 */
final class Answer<T> {

    private boolean come;
    private @Nullable T value;
    private @Nullable RuntimeException refusal;
    private Runnable listener = () -> {};

    void whenItComes(Runnable news) {
        listener = news;
    }

    boolean hasCome() {
        return come;
    }

    void come(@Nullable T good, @Nullable RuntimeException bad) {
        come = true;
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
