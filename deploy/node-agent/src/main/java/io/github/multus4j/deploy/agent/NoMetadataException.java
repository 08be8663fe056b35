package io.github.multus4j.deploy.agent;

/** The metadata service did not give the answer, in one line. */
final class NoMetadataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean mayGetBetter;

    NoMetadataException(String message, boolean mayGetBetter) {
        super(message, null, false, false);
        this.mayGetBetter = mayGetBetter;
    }

    /**
     * Whether another attempt is useful: a service that does not answer may be about to start, one
     * that refuses has decided.
     */
    boolean mayGetBetter() {
        return mayGetBetter;
    }
}
