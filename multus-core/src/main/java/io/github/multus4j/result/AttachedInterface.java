package io.github.multus4j.result;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Multus interface of a node, as EC2 shows it. There is no Linux name in it ({@code eth1},
 * {@code ens6}): names differ by family and image; match on the MAC address.
 *
 * @param id {@code eni-…}
 * @param macAddress the MAC address, as EC2 gave it
 * @param deviceIndex the device index on its network card
 * @param networkCardIndex the network card
 * @param subnetId the subnet
 * @param subnetCidrs the subnet's blocks, the IPv4 one first
 * @param gateway the VPC router's IPv4 address in the subnet; null in an IPv6-only subnet
 * @param addresses its addresses, IPv4 before IPv6, the primary one first
 * @param securityGroupIds its security groups
 * @param deleteOnTermination whether it is deleted with the instance
 * @param sourceDestCheck whether EC2 checks source and destination
 */
public record AttachedInterface(
        String id,
        String macAddress,
        int deviceIndex,
        int networkCardIndex,
        String subnetId,
        List<Cidr> subnetCidrs,
        @Nullable IpAddress gateway,
        List<IpAddress> addresses,
        List<String> securityGroupIds,
        boolean deleteOnTermination,
        boolean sourceDestCheck) {

    public AttachedInterface {
        subnetCidrs = List.copyOf(subnetCidrs);
        addresses = List.copyOf(addresses);
        securityGroupIds = List.copyOf(securityGroupIds);
    }

    public static AttachedInterface of(Subnet subnet, NetworkInterface networkInterface, Attachment attachment) {
        List<IpAddress> addresses = new ArrayList<>(networkInterface.ipv4Addresses());
        addresses.addAll(networkInterface.ipv6Addresses());
        return new AttachedInterface(
                networkInterface.id(),
                networkInterface.macAddress(),
                attachment.deviceIndex(),
                attachment.networkCardIndex(),
                subnet.id(),
                subnet.cidrs(),
                subnet.gateway().orElse(null),
                addresses,
                networkInterface.securityGroupIds(),
                attachment.deleteOnTermination(),
                networkInterface.sourceDestCheck());
    }

    /** The primary address. */
    public IpAddress address() {
        return addresses.get(0);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("networkInterfaceId", id);
        map.put("macAddress", macAddress);
        map.put("deviceIndex", deviceIndex);
        map.put("networkCardIndex", networkCardIndex);
        map.put("subnetId", subnetId);
        map.put("subnetCidrs", subnetCidrs.stream().map(Cidr::toString).toList());
        if (gateway != null) {
            map.put("gateway", gateway.toString());
        }
        map.put("addresses", addresses.stream().map(IpAddress::toString).toList());
        map.put("securityGroupIds", securityGroupIds);
        map.put("deleteOnTermination", deleteOnTermination);
        map.put("sourceDestCheck", sourceDestCheck);
        return map;
    }

    /** Index, id, addresses: {@code 1: eni-0123 10.0.4.4}. */
    @Override
    public String toString() {
        return deviceIndex + ": " + id + " "
                + String.join(" ", addresses.stream().map(IpAddress::toString).toList());
    }
}
