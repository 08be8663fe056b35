package io.github.multus4j.testkit.simulation;

/** The fate of one call on its way to EC2 and back. */
public enum Fate {
    /** It arrives, and so does its answer. */
    ANSWERED,
    /** As {@link #ANSWERED}, after eight seconds. */
    SLOW,
    /** It is refused with {@code RequestLimitExceeded}; it has no effect. */
    THROTTLED,
    /** It is refused with {@code UnauthorizedOperation}; it has no effect. */
    DENIED,
    /** It is answered with {@code InternalError} and has no effect. */
    ERROR_BEFORE_EFFECT,
    /** It takes effect and is answered with {@code InternalError}. */
    ERROR_AFTER_EFFECT,
    /** It never arrives; the client's time runs out. */
    REQUEST_LOST,
    /** It takes effect, but its answer never comes; the client's time runs out. */
    ANSWER_LOST,
    /** It takes effect after the client's time has run out. */
    LATE_EFFECT,
    /** The process dies when it has sent it; it never arrives. */
    CRASH_AND_REQUEST_LOST,
    /** The process dies when it has sent it; it takes effect. */
    CRASH_AND_EFFECT;

    boolean isCrash() {
        return this == CRASH_AND_REQUEST_LOST || this == CRASH_AND_EFFECT;
    }

    /** Whether it makes a difference for a call that only reads. */
    boolean mattersForReads() {
        return switch (this) {
            case ANSWERED, SLOW, THROTTLED, DENIED, ERROR_BEFORE_EFFECT, REQUEST_LOST, CRASH_AND_REQUEST_LOST -> true;
            case ERROR_AFTER_EFFECT, ANSWER_LOST, LATE_EFFECT, CRASH_AND_EFFECT -> false;
        };
    }
}
