package io.github.multus4j.deploy.lambda;

/** What Lambda sees of a launch that failed: the outcome's line, and no stack trace, which would say nothing about EC2. */
final class NodeNotReadyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NodeNotReadyException(String outcome) {
        super(outcome, null, false, false);
    }
}
