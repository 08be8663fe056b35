package io.github.multus4j.nodegroup;

import java.util.List;

/** An impossible configuration: thrown with all its problems at once, before anything is done. */
public final class InvalidSpecException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    InvalidSpecException(List<Problem> problems) {
        super("invalid node group spec: " + Problem.line(problems));
        this.problems = List.copyOf(problems);
    }

    /** All problems, in the order of the fields. */
    public List<Problem> problems() {
        return problems;
    }
}
