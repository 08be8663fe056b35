package io.github.multus4j.ec2;

/**
 * The status of a network interface. {@code PENDING} is only seen in the answer to its creation.
 * See <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html">NetworkInterface</a>.
 */
public enum InterfaceStatus {
    /** Just asked for. */
    PENDING,
    /** There, and not attached: the only status in which it can be attached or deleted. */
    AVAILABLE,
    /** Not attached, with an association of another kind. */
    ASSOCIATED,
    /** On its way to an instance. */
    ATTACHING,
    /** Attached, or still bound while attaching or detaching. */
    IN_USE,
    /** On its way off an instance. */
    DETACHING,
    /** A value that this library does not know. */
    UNKNOWN;

    /** Reads EC2's value, such as {@code in-use}; an unknown value is {@link #UNKNOWN}. */
    public static InterfaceStatus of(String word) {
        return Words.parse(values(), word, UNKNOWN);
    }

    /** EC2's value. */
    @Override
    public String toString() {
        return Words.wordOf(this);
    }
}
