package io.github.multus4j.attach;

import io.github.multus4j.ec2.Ec2Exception;

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

    static Stopped by(Ec2Exception refusal, Object what) {
        return new Stopped(Run.causeOf(refusal, what));
    }

    Cause because() {
        return cause;
    }
}
