package io.github.multus4j.aws;

import io.github.multus4j.ec2.Ec2Exception.Kind;

/** The effect of a call, which decides on its repetition. */
enum Effect {
    /** Nothing: it may always be made again. */
    READ,
    /** A change: it is made again only after it certainly had no effect. */
    CHANGE,
    /** A change that twice is the same as once, so that it may be made again like a read. */
    REPEATABLE_CHANGE;

    boolean isRepeatedAfter(Kind kind) {
        return switch (kind) {
            case THROTTLED, UNAVAILABLE, CLOCK_SKEWED -> true;
            case OUTCOME_UNKNOWN -> this != CHANGE;
            default -> false;
        };
    }
}
