package io.github.multus4j.lifecycle;

import io.github.multus4j.nodegroup.Problem;
import java.util.List;

/** An event that cannot be read: thrown with all its problems at once, by their paths in the event, before anything is done. */
public final class InvalidEventException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    InvalidEventException(List<Problem> problems) {
        super("invalid event: " + Problem.line(problems));
        this.problems = List.copyOf(problems);
    }

    /** All problems. */
    public List<Problem> problems() {
        return problems;
    }
}
