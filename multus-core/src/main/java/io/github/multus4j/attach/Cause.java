package io.github.multus4j.attach;

import org.jspecify.annotations.Nullable;

/**
 * The first thing that went wrong in a run.
 *
 * @param code what it is, for programs
 * @param message what failed, on which id, in EC2's words where they are EC2's
 * @param exception what was thrown, an {@link io.github.multus4j.ec2.Ec2Exception} if a call failed; null if nothing was
 */
public record Cause(Code code, String message, @Nullable RuntimeException exception) {

    /** What went wrong. */
    public enum Code {
        /** The plan found something in the way; nothing was made. */
        FINDINGS,
        /** EC2 refused a call, or could not be reached. */
        EC2,
        /** The time ran out. */
        DEADLINE,
        /** The instance was terminated meanwhile. */
        INSTANCE_GONE,
        /** An interface of ours disappeared, or went to another instance. */
        INTERFACE_LOST,
        /** The thread was interrupted. */
        INTERRUPTED,
        /** Something threw what it may not throw: a defect, here or in a port. */
        UNEXPECTED
    }

    @Override
    public String toString() {
        return message;
    }
}
