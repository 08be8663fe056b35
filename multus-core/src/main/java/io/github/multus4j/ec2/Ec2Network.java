package io.github.multus4j.ec2;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The port to EC2: the reads of this library, and the seven changes that it makes.
 *
 * <p>Rules for implementations:
 *
 * <ul>
 *   <li>A listing is complete: every page is read, an empty page with a token is not the end. An
 *   incomplete listing is an exception, never a shorter list.
 *   <li>Filters have any number of values. More than EC2 takes in one request (200) are split into
 *   portions, and a resource that matches several portions comes once.
 *   <li>Reads go by filter. A resource that does not exist, or is not visible yet, is absent from
 *   the answer.
 *   <li>A call may be repeated inside, until the deadline, if its refusal is certain to be without
 *   effect (throttling). A changing call with an unknown outcome is not repeated: it is
 *   {@link Ec2Exception.Kind#OUTCOME_UNKNOWN}. Conflicts are not repeated either.
 *   <li>Every call ends by its deadline, repetitions included. A thread that is interrupted ends
 *   its call with an {@link Ec2Exception} and its interrupt flag set.
 *   <li>Implementations are thread-safe: the interfaces of one node are made side by side.
 * </ul>
 *
 * All methods throw {@link Ec2Exception} and no other exception, but for misuse.
 */
public interface Ec2Network {

    /**
     * The instances that match all filters, in no order; instances that were terminated within the
     * last hour may be among them.
     */
    List<Instance> describeInstances(List<Filter> filters, Deadline deadline);

    /** The instance with that id; empty if it does not exist, or is not visible yet. */
    default Optional<Instance> describeInstance(String instanceId, Deadline deadline) {
        return describeInstances(List.of(Filter.of("instance-id", instanceId)), deadline).stream()
                .findFirst();
    }

    /** The subnets that match all filters, in no order. */
    List<Subnet> describeSubnets(List<Filter> filters, Deadline deadline);

    /**
     * The network interfaces that match all filters, in no order, managed ones of AWS services
     * included.
     */
    List<NetworkInterface> describeNetworkInterfaces(List<Filter> filters, Deadline deadline);

    /** The CIDR reservations of a subnet, both families, in no order. */
    List<Subnet.CidrReservation> getSubnetCidrReservations(String subnetId, Deadline deadline);

    /** The security groups that match all filters, in no order. */
    List<SecurityGroup> describeSecurityGroups(List<Filter> filters, Deadline deadline);

    /**
     * The associations of security groups with other VPCs that match all filters, in no order.
     *
     * @return the associations; empty, which is the default, if this port cannot tell: EC2 then
     *     decides
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroupVpcAssociations.html">
     *     DescribeSecurityGroupVpcAssociations</a>
     */
    default Optional<List<SecurityGroup.VpcAssociation>> describeSecurityGroupVpcAssociations(
            List<Filter> filters, Deadline deadline) {
        return Optional.empty();
    }

    /** The instance type of that name; empty if EC2 does not know it in this Region. */
    Optional<InstanceType> describeInstanceType(String name, Deadline deadline);

    /**
     * Makes a network interface in one call, idempotent by its client token. Returns the interface
     * as EC2 answered.
     */
    NetworkInterface createNetworkInterface(NewNetworkInterface request, Deadline deadline);

    /**
     * Attaches an available interface.
     *
     * @return the attachment's id
     */
    String attachNetworkInterface(
            String networkInterfaceId, String instanceId, int deviceIndex, int networkCardIndex, Deadline deadline);

    /** Switches the source/destination check of an interface (ModifyNetworkInterfaceAttribute). */
    void modifySourceDestCheck(String networkInterfaceId, boolean enabled, Deadline deadline);

    /**
     * Sets whether the interface is deleted when its instance is terminated
     * (ModifyNetworkInterfaceAttribute).
     */
    void modifyDeleteOnTermination(
            String networkInterfaceId, String attachmentId, boolean deleteOnTermination, Deadline deadline);

    /**
     * Writes tags of an existing resource (CreateTags); an existing key gets the new value. Used
     * for two tags of instances: the client tokens that failed runs have used
     * ({@code multus4j/used-tokens}), and a failed repair ({@code multus4j/repair}).
     *
     * <p>The default refuses, for implementations that are older than this method. A run after a
     * roll-back then finds the used tokens one by one, which takes longer, and a sweep remembers
     * failed repairs in its own process only.
     *
     * @param resourceId {@code i-…}
     * @param tags the tags to write; others stay
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html">CreateTags</a>
     */
    default void createTags(String resourceId, Map<String, String> tags, Deadline deadline) {
        throw new Ec2Exception(
                Ec2Exception.Kind.INVALID,
                "CreateTags",
                "UnsupportedOperation",
                getClass().getName() + " does not implement Ec2Network.createTags; nothing was written to "
                        + resourceId);
    }

    /** Starts to detach, never by force. A missing attachment is success. */
    void detachNetworkInterface(String attachmentId, Deadline deadline);

    /** Deletes an interface. A missing interface is success. */
    void deleteNetworkInterface(String networkInterfaceId, Deadline deadline);

    /**
     * A filter of a {@code Describe} call: the resource's attribute of that name has one of the
     * values. Several filters must all match. Names and values are EC2's ({@code subnet-id},
     * {@code tag:KEY}, {@code attachment.instance-id}). An id in a filter that does not exist gives
     * fewer results, not an error, and filtered calls have a bucket of their own (<a
     * href="https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html">EC2 API
     * throttling</a>). So reads here go by filter.
     *
     * @param name the filter's name
     * @param values one or more values; {@code *} and {@code ?} in them are wildcards
     */
    record Filter(String name, List<String> values) {

        public Filter {
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("filter " + name + " needs a value");
            }
        }

        /** The filter of that name with those values. */
        public static Filter of(String name, String... values) {
            return new Filter(name, List.of(values));
        }

        /** The filter of that name with those values. */
        public static Filter of(String name, Collection<String> values) {
            return new Filter(name, List.copyOf(values));
        }
    }
}
