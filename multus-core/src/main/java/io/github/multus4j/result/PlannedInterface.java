package io.github.multus4j.result;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.OwnerTags;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One interface of a plan.
 *
 * @param slot the slot that it fills
 * @param subnet its subnet
 * @param existing the existing interface; null if it has to be made
 * @param request the request to CreateNetworkInterface; null if the interface exists
 * @param deviceIndex its present or planned device index
 * @param networkCardIndex its present or planned network card
 * @param steps the remaining steps; empty if there are none
 */
public record PlannedInterface(
        Slot slot,
        Subnet subnet,
        @Nullable NetworkInterface existing,
        @Nullable NewNetworkInterface request,
        int deviceIndex,
        int networkCardIndex,
        Set<Step> steps) {

    public PlannedInterface {
        steps = steps.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(steps));
        if ((existing == null) == (request == null)) {
            throw new IllegalArgumentException("an interface is either there or to be made: " + slot);
        }
    }

    /** Whether no step remains. */
    public boolean isComplete() {
        return steps.isEmpty();
    }

    /** The present or planned security groups. */
    public List<String> securityGroupIds() {
        if (existing != null) {
            return existing.securityGroupIds();
        }
        return request == null ? List.of() : request.securityGroupIds();
    }

    /** The present or planned addresses; EC2's own choice is not known before. */
    private List<IpAddress> knownAddresses() {
        if (existing != null) {
            return existing.individualAddresses();
        }
        return request == null ? List.of() : request.requestedAddresses();
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("deviceIndex", deviceIndex);
        map.put("networkCardIndex", networkCardIndex);
        map.put("subnetId", subnet.id());
        if (existing != null) {
            map.put("networkInterfaceId", existing.id());
        }
        map.put("securityGroupIds", securityGroupIds());
        map.put("addresses", knownAddresses().stream().map(IpAddress::toString).toList());
        map.put("steps", steps.stream().map(Enum::name).toList());
        return map;
    }

    /** One line: index, subnet, address, remaining steps. */
    @Override
    public String toString() {
        String where =
                "device index " + deviceIndex + (networkCardIndex == 0 ? "" : " on network card " + networkCardIndex)
                        + ": " + subnet.id() + " " + subnet.cidrs();
        String interfaceText = existing != null
                ? existing.id() + " "
                        + knownAddresses().stream().map(IpAddress::toString).collect(Collectors.joining(", "))
                : addresses();
        String todo = steps.isEmpty()
                ? "nothing to do"
                : steps.stream().map(Step::toString).collect(Collectors.joining(", "));
        return where + " " + interfaceText + ": " + todo;
    }

    private String addresses() {
        if (request == null) {
            return "";
        }
        String ipv4 = !subnet.hasIpv4()
                ? ""
                : request.ipv4Address() == null
                        ? "an IPv4 address that EC2 chooses"
                        : request.ipv4Address().toString();
        String ipv6 = request.ipv6AddressCount() > 0
                ? "an IPv6 address that EC2 chooses"
                : request.ipv6Addresses().stream().map(Object::toString).collect(Collectors.joining(", "));
        return ipv4.isEmpty() || ipv6.isEmpty() ? ipv4 + ipv6 : ipv4 + ", " + ipv6;
    }

    /** The steps for one interface, in their order. Each is one call to EC2. */
    public enum Step {
        /** CreateNetworkInterface, with tags, groups and addresses in one call. */
        CREATE("create"),
        /**
         * ModifyNetworkInterfaceAttribute: the source/destination check; on a new interface while
         * it is still detached.
         */
        SET_SOURCE_DEST_CHECK("set source/destination check"),
        /** AttachNetworkInterface. */
        ATTACH("attach"),
        /** ModifyNetworkInterfaceAttribute: delete-on-termination of the attachment. */
        SET_DELETE_ON_TERMINATION("set delete-on-termination");

        private final String words;

        Step(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * The place that one interface fills: it stays the same over runs, crashes and redeliveries, so
     * an interface of ours is always found again.
     *
     * @param instanceId the instance
     * @param number the place in the device order of the node, from 1 on
     * @param subnetId the subnet; an instance has one interface of ours in it
     */
    public record Slot(String instanceId, int number, String subnetId) {

        /**
         * Whether the interface was made for this slot: by its owner tag, wherever it is attached.
         */
        public boolean owns(NetworkInterface networkInterface) {
            return networkInterface.subnetId().equals(subnetId)
                    && OwnerTags.namedOwner(networkInterface.tags())
                            .filter(instanceId::equals)
                            .isPresent();
        }

        @Override
        public String toString() {
            return "interface " + number + " of " + instanceId + " in " + subnetId;
        }
    }
}
