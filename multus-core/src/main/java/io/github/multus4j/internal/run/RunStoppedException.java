package io.github.multus4j.internal.run;

import io.github.multus4j.result.Outcome.Cause;

/** Cancels a run at any point, with the cause. Never leaves the library. */
public final class RunStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Cause cause;

    public RunStoppedException(Cause.Code code, String message) {
        this(new Cause(code, message, null));
    }

    private RunStoppedException(Cause cause) {
        super(cause.message(), cause.exception(), false, false);
        this.cause = cause;
    }

    public static RunStoppedException by(Cause cause) {
        return new RunStoppedException(cause);
    }

    public Cause because() {
        return cause;
    }
}
