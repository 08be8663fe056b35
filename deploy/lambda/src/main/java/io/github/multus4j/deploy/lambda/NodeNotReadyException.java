package io.github.multus4j.deploy.lambda;

/**
 * A failed launch as Lambda sees it: the outcome's line. A stack trace would say nothing about EC2.
 */
final class NodeNotReadyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NodeNotReadyException(String outcome) {
        super(outcome, null, false, false);
    }
}
