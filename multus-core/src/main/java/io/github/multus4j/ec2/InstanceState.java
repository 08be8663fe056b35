package io.github.multus4j.ec2;

/** An instance's state. See <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html">InstanceState</a>. */
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
    /** Gone; still listed for about an hour. */
    TERMINATED,
    /** A word that this library does not know. */
    UNKNOWN;

    /** Reads EC2's word, such as {@code shutting-down}; a word that is not known is {@link #UNKNOWN}. */
    public static InstanceState of(String word) {
        return Words.parse(values(), word, UNKNOWN);
    }

    /** Whether the instance is going away or gone: nothing can be attached to it any more. */
    public boolean isGoing() {
        return this == SHUTTING_DOWN || this == TERMINATED;
    }

    /** EC2's word. */
    @Override
    public String toString() {
        return Words.wordOf(this);
    }
}
