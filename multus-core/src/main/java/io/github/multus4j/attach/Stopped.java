package io.github.multus4j.attach;

/** Ends a run from wherever it is, with the cause. Never leaves this package. */
final class Stopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Cause cause;

    Stopped(Cause.Code code, String message) {
        this(new Cause(code, message, null));
    }

    private Stopped(Cause cause) {
        super(cause.message(), cause.exception(), false, false);
        this.cause = cause;
    }

    static Stopped by(Cause cause) {
        return new Stopped(cause);
    }

    Cause because() {
        return cause;
    }
}
