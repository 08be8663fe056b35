package io.github.multus4j.testkit.contract;

import io.github.multus4j.net.Cidr;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment that {@link Ec2NetworkContract} needs for its network interfaces: it makes them
 * in the target and removes them again. Every exception fails the test.
 */
public interface Ec2World {

    /**
     * A VPC.
     *
     * @param id {@code vpc-…}
     * @param ipv6Cidr its IPv6 block, a {@code /56}
     */
    record Vpc(String id, Cidr ipv6Cidr) {}

    /** Two Availability Zones of the Region. */
    List<String> zones();

    /** Makes a VPC with that IPv4 block and an IPv6 block of Amazon's. */
    Vpc createVpc(Cidr ipv4);

    /** Deletes an empty VPC. */
    void deleteVpc(String vpcId);

    /**
     * Makes a subnet with a block of one family or of both, and returns its id. Without an IPv4
     * block it is IPv6-only.
     */
    String createSubnet(String vpcId, String zone, @Nullable Cidr ipv4, @Nullable Cidr ipv6, Map<String, String> tags);

    /** Deletes a subnet, with its reservations. */
    void deleteSubnet(String subnetId);

    /** Makes a CIDR reservation of type {@code explicit} or {@code prefix}, and returns its id. */
    String createReservation(String subnetId, Cidr cidr, String type);

    /** Makes a security group of that name, and returns its id. */
    String createSecurityGroup(String vpcId, String name);

    void deleteSecurityGroup(String groupId);

    /**
     * Launches an instance with one interface in that subnet, waits until it runs, and returns its
     * id.
     */
    String runInstance(String subnetId, String securityGroupId, String instanceType, Map<String, String> tags);

    /** Terminates an instance, and waits until it is terminated. */
    void terminateInstance(String instanceId);

    /** Delegates an IPv4 prefix to an interface (AssignPrivateIpAddresses). */
    void assignPrefix(String networkInterfaceId, Cidr prefix);
}
