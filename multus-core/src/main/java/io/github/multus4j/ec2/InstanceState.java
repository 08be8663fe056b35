package io.github.multus4j.ec2;

/**
 * An instance's state. See <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html">InstanceState</a>.
 */
public enum InstanceState {
    /** Being launched or started; nothing can be attached yet. */
    PENDING,
    /** Running. */
    RUNNING,
    /** On its way to stopped. */
    STOPPING,
    /** Stopped; interfaces can be attached. */
    STOPPED,
    /** On its way to terminated. */
    SHUTTING_DOWN,
    /** Terminated; still listed for about an hour. */
    TERMINATED,
    /** A value that this library does not know. */
    UNKNOWN;

    /** Reads EC2's value, such as {@code shutting-down}; an unknown value is {@link #UNKNOWN}. */
    public static InstanceState of(String word) {
        return Words.parse(values(), word, UNKNOWN);
    }

    /**
     * Whether the instance is shutting down or terminated: nothing can be attached to it any more.
     */
    public boolean isGoing() {
        return this == SHUTTING_DOWN || this == TERMINATED;
    }

    /** EC2's value. */
    @Override
    public String toString() {
        return Words.wordOf(this);
    }
}
