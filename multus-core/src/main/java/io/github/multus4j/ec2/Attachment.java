package io.github.multus4j.ec2;

/**
 * A network interface at an instance.
 *
 * @param id the attachment's id, {@code eni-attach-…}; empty where EC2 hides it (interfaces managed
 *     by a service)
 * @param networkInterfaceId the interface
 * @param instanceId the instance
 * @param deviceIndex the device index on the network card; 0 on card 0 is the primary interface
 * @param networkCardIndex the network card; 0 on types with one
 * @param status the progress of attaching or detaching
 * @param deleteOnTermination whether the interface is deleted when the instance is terminated;
 *     false after AttachNetworkInterface
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterfaceAttachment.html">NetworkInterfaceAttachment</a>
 */
public record Attachment(
        String id,
        String networkInterfaceId,
        String instanceId,
        int deviceIndex,
        int networkCardIndex,
        Status status,
        boolean deleteOnTermination) {

    /**
     * Whether it is the instance's primary interface: device index 0 on network card 0. It can be
     * neither detached nor replaced.
     */
    public boolean isPrimary() {
        return deviceIndex == 0 && networkCardIndex == 0;
    }

    /**
     * The status of an attachment. A detached interface has no attachment at all. See <a
     * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterfaceAttachment.html">NetworkInterfaceAttachment</a>.
     */
    public enum Status {
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
        public static Status of(String word) {
            return EnumValues.parse(values(), word, UNKNOWN);
        }

        /** EC2's value. */
        @Override
        public String toString() {
            return EnumValues.wordOf(this);
        }
    }
}
