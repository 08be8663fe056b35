package io.github.multus4j.lifecycle;

import io.github.multus4j.nodegroup.Problem;
import java.util.List;

/**
 * An event that cannot be read: thrown with all its problems at once, by their paths in the event,
 * before anything is done.
 */
public final class InvalidEventException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final transient List<LifecycleEvent> readableEvents;

    public InvalidEventException(List<Problem> problems, List<LifecycleEvent> readableEvents) {
        super("invalid event: " + Problem.line(problems));
        this.problems = List.copyOf(problems);
        this.readableEvents = List.copyOf(readableEvents);
    }

    /** All problems. */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * The readable messages of the same event, in their order; empty if there are none. Nothing was
     * done for them. A program that handles them keeps one broken message of a batch from stopping
     * the rest.
     */
    public List<LifecycleEvent> readableEvents() {
        return readableEvents;
    }
}
