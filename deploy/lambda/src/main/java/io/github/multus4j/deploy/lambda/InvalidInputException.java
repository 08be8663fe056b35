package io.github.multus4j.deploy.lambda;

import org.jspecify.annotations.Nullable;

/** The caller's mistake, in one line that says where it is and what would be right. It has no stack trace: the line is all there is to know. */
final class InvalidInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidInputException(@Nullable String problem) {
        super(problem, null, false, false);
    }
}
