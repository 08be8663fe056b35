package io.github.multus4j.deploy.lambda;

/**
 * An incomplete sweep as Lambda sees it: the findings that remain, or the failed scan, without a
 * stack trace.
 */
final class SweepIncompleteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SweepIncompleteException(String problems) {
        super(problems, null, false, false);
    }
}
