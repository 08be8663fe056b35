package io.github.multus4j.ec2;

/**
 * The status of an attachment. A detached interface has no attachment at all. See <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterfaceAttachment.html">NetworkInterfaceAttachment</a>.
 */
public enum AttachmentStatus {
    /** On its way to the instance. */
    ATTACHING,
    /** At the instance. */
    ATTACHED,
    /** On its way off. */
    DETACHING,
    /** Gone from the instance; EC2 hardly ever shows it. */
    DETACHED,
    /** A value that this library does not know. */
    UNKNOWN;

    /** Reads EC2's value, such as {@code attached}; an unknown value is {@link #UNKNOWN}. */
    public static AttachmentStatus of(String word) {
        return Words.parse(values(), word, UNKNOWN);
    }

    /** EC2's value. */
    @Override
    public String toString() {
        return Words.wordOf(this);
    }
}
