package io.github.multus4j.lifecycle;

import io.github.multus4j.nodegroup.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** An event that cannot be read: thrown with all its problems at once, by their paths in the event, before anything is done. */
public final class InvalidEventException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** A batch of ten thousand broken records is one line in the log, too. */
    private static final int MOST_SHOWN = 20;

    private final transient List<Problem> problems;

    InvalidEventException(List<Problem> problems) {
        super("invalid event: "
                + problems.stream().limit(MOST_SHOWN).map(Problem::toString).collect(Collectors.joining("; "))
                + (problems.size() > MOST_SHOWN ? "; and " + (problems.size() - MOST_SHOWN) + " more" : ""));
        this.problems = List.copyOf(problems);
    }

    /** All problems. */
    public List<Problem> problems() {
        return problems;
    }
}
