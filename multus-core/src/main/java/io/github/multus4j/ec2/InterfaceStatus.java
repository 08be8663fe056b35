package io.github.multus4j.ec2;

/**
 * The status of a network interface. {@code PENDING} is only seen in the answer to its creation. See
 * <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html">NetworkInterface</a>.
 */
public enum InterfaceStatus {
    PENDING,
    AVAILABLE,
    ASSOCIATED,
    ATTACHING,
    IN_USE,
    DETACHING,
    UNKNOWN;

    /** Reads EC2's word, such as {@code in-use}; a word that is not known is {@link #UNKNOWN}. */
    public static InterfaceStatus of(String word) {
        return Words.parse(values(), word, UNKNOWN);
    }

    /** EC2's word. */
    @Override
    public String toString() {
        return Words.wordOf(this);
    }
}
