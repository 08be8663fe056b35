package io.github.multus4j.deploy.lambda;

import org.jspecify.annotations.Nullable;

/**
 * A mistake in the input, in one line with its place and the expected form. It has no stack trace:
 * the line is enough.
 */
final class InvalidInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidInputException(@Nullable String problem) {
        super(problem, null, false, false);
    }
}
