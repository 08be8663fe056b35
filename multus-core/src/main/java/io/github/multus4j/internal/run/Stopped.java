package io.github.multus4j.internal.run;

import io.github.multus4j.result.Outcome.Cause;

/** Cancels a run at any point, with the cause. Never leaves this package. */
public final class Stopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Cause cause;

    public Stopped(Cause.Code code, String message) {
        this(new Cause(code, message, null));
    }

    private Stopped(Cause cause) {
        super(cause.message(), cause.exception(), false, false);
        this.cause = cause;
    }

    public static Stopped by(Cause cause) {
        return new Stopped(cause);
    }

    public Cause because() {
        return cause;
    }
}
