package io.github.multus4j.nodegroup;

import java.util.List;
import java.util.stream.Collectors;

/** A wanted state that cannot be: thrown with all its problems at once, before anything is done. */
public final class InvalidSpecException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    InvalidSpecException(List<Problem> problems) {
        super(problems.stream()
                .map(Problem::toString)
                .collect(Collectors.joining("; ", "invalid node group spec: ", "")));
        this.problems = List.copyOf(problems);
    }

    /** All problems, in the order of the fields. */
    public List<Problem> problems() {
        return problems;
    }
}
