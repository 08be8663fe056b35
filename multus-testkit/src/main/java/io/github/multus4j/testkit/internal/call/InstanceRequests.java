package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls about instances. */
public final class InstanceRequests {

    private InstanceRequests() {}

    /** With network interfaces given, subnet and groups go there and not into the call. */
    public record RunInstances(
            String imageId,
            String instanceType,
            int minCount,
            int maxCount,
            @Nullable String subnetId,
            @Nullable String availabilityZone,
            List<String> securityGroupIds,
            List<LaunchInterface> networkInterfaces,
            Map<String, String> tags,
            Map<String, String> interfaceTags,
            @Nullable String clientToken,
            PrimaryAddresses addresses,
            InstanceAttributes attributes)
            implements Ec2Request<List<InstanceItem>> {

        /**
         * With addresses of EC2's choice, unless network interfaces set others, and usual
         * attributes.
         */
        public RunInstances(
                String imageId,
                String instanceType,
                int minCount,
                int maxCount,
                @Nullable String subnetId,
                @Nullable String availabilityZone,
                List<String> securityGroupIds,
                List<LaunchInterface> networkInterfaces,
                Map<String, String> tags,
                Map<String, String> interfaceTags,
                @Nullable String clientToken) {
            this(
                    imageId,
                    instanceType,
                    minCount,
                    maxCount,
                    subnetId,
                    availabilityZone,
                    securityGroupIds,
                    networkInterfaces,
                    tags,
                    interfaceTags,
                    clientToken,
                    PrimaryAddresses.NONE,
                    InstanceAttributes.DEFAULTS);
        }
    }

    public record DescribeInstances(List<String> instanceIds, List<Filter> filters, Page page)
            implements Ec2Request<Listing<InstanceItem>> {}

    /** Only running instances, unless all are requested. */
    public record DescribeInstanceStatus(
            List<String> instanceIds, boolean includeAllInstances, List<Filter> filters, Page page)
            implements Ec2Request<Listing<InstanceItem>> {}

    public record TerminateInstances(List<String> instanceIds) implements Ec2Request<List<StateChange>> {}

    public record StopInstances(List<String> instanceIds) implements Ec2Request<List<StateChange>> {}

    public record StartInstances(List<String> instanceIds) implements Ec2Request<List<StateChange>> {}

    /**
     * An interface that RunInstances makes, or takes if it has an id.
     *
     * @param deviceIndex its device index
     * @param networkCardIndex its network card
     * @param networkInterfaceId an existing interface; null to make one
     * @param subnetId the subnet of a new one; null takes that of the call
     * @param groups the security groups of a new one; empty takes the VPC's default group
     * @param privateIpAddress the primary address of a new one; null leaves the choice to EC2
     * @param ipv6AddressCount the number of IPv6 addresses; null takes the subnet's setting
     * @param description its description
     * @param deleteOnTermination null is true for a new one, false for an existing one
     * @param interfaceType the type of a new one
     * @param more its other addresses and prefixes
     */
    public record LaunchInterface(
            int deviceIndex,
            int networkCardIndex,
            @Nullable String networkInterfaceId,
            @Nullable String subnetId,
            List<String> groups,
            @Nullable String privateIpAddress,
            @Nullable Integer ipv6AddressCount,
            String description,
            @Nullable Boolean deleteOnTermination,
            String interfaceType,
            MoreAddresses more) {

        /** Whether it describes an interface that is to be made. */
        public boolean isDescribed() {
            return subnetId != null
                    || !groups.isEmpty()
                    || privateIpAddress != null
                    || ipv6AddressCount != null
                    || !description.isEmpty()
                    || !more.equals(MoreAddresses.NONE);
        }

        public boolean namesAddresses() {
            return privateIpAddress != null
                    || !more.secondary().isEmpty()
                    || !more.ipv6().isEmpty()
                    || !more.ipv4Prefixes().isEmpty()
                    || !more.ipv6Prefixes().isEmpty();
        }
    }

    /** The addresses of the primary interface as parameters of RunInstances itself. */
    public record PrimaryAddresses(
            @Nullable String privateIpAddress, @Nullable Integer ipv6AddressCount, List<String> ipv6Addresses) {

        static final PrimaryAddresses NONE = new PrimaryAddresses(null, null, List.of());
    }

    /**
     * Addresses and prefixes of a new interface beside its primary address, as
     * CreateNetworkInterface has them.
     */
    public record MoreAddresses(
            List<String> secondary,
            @Nullable Integer secondaryCount,
            List<String> ipv4Prefixes,
            @Nullable Integer ipv4PrefixCount,
            List<String> ipv6,
            List<String> ipv6Prefixes,
            @Nullable Integer ipv6PrefixCount) {

        public static final MoreAddresses NONE = ofIpv6(List.of());

        public static MoreAddresses ofIpv6(List<String> addresses) {
            return new MoreAddresses(List.of(), null, List.of(), null, addresses, List.of(), null);
        }
    }

    /** The state of one instance before and after a call. */
    public record StateChange(String instanceId, Instance.State previous, Instance.State current) {}
}
