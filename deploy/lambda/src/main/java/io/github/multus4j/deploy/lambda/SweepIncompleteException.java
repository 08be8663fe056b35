package io.github.multus4j.deploy.lambda;

/** What Lambda sees of a sweep that could not look, or could not mend what it found: what is still there, and no stack trace. */
final class SweepIncompleteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SweepIncompleteException(String problems) {
        super(problems, null, false, false);
    }
}
