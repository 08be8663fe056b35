package io.github.multus4j.ec2;

import java.util.Locale;

/**
 * The status of an attachment. A detached interface has no attachment at all. See
 * <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterfaceAttachment.html">NetworkInterfaceAttachment</a>.
 */
public enum AttachmentStatus {
    ATTACHING,
    ATTACHED,
    DETACHING,
    DETACHED,
    UNKNOWN;

    /** Reads EC2's word, such as {@code attached}; a word that is not known is {@link #UNKNOWN}. */
    public static AttachmentStatus of(String word) {
        for (AttachmentStatus status : values()) {
            if (status.toString().equals(word)) {
                return status;
            }
        }
        return UNKNOWN;
    }

    /** EC2's word. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
