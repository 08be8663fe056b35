package io.github.multus4j.testkit.internal.rule;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.ReservedAddresses;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.Stage;
import io.github.multus4j.testkit.internal.metadata.MetadataTexts;
import io.github.multus4j.testkit.internal.rule.Scenarios.Scenario;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Scenarios for {@link AddressRule}. */
final class AddressScenarios {

    private AddressScenarios() {}

    static Map<AddressRule, Scenario> all() {
        Map<AddressRule, Scenario> all = new EnumMap<>(AddressRule.class);
        all.put(AddressRule.ADDRESS_IN_USE, s -> {
            String subnet = s.subnet();
            s.eni(subnet, "PrivateIpAddress", "10.0.4.10");
            return s.create(subnet, "PrivateIpAddress", "10.0.4.10");
        });
        all.put(AddressRule.ADDRESS_RESERVED, s -> s.create(s.subnet(), "PrivateIpAddress", "10.0.4.3"));
        all.put(AddressRule.ADDRESS_MALFORMED, s -> s.create(s.subnet(), "PrivateIpAddress", "10.0.4.300"));
        all.put(AddressRule.ADDRESS_OUTSIDE_SUBNET, s -> s.create(s.subnet(), "PrivateIpAddress", "10.0.5.10"));
        all.put(AddressRule.ADDRESS_IN_RESERVATION, s -> {
            String subnet = s.subnet();
            s.reserve(subnet, "10.0.4.128/25");
            Cidr reserved = Cidr.parse("10.0.4.128/25");
            boolean avoided = chosen(s, subnet, 20).stream().noneMatch(reserved::contains);
            return Seen.effect(avoided
                    && s.create(subnet, "PrivateIpAddress", "10.0.4.130").isSuccess());
        });
        all.put(AddressRule.ADDRESS_CHOICE, s -> {
            Cidr block = Cidr.parse("10.0.4.0/28");
            List<IpAddress> chosen = chosen(s, s.subnet("10.0.4.0/28"), 11);
            AddressSet reserved = ReservedAddresses.of(block);
            return Seen.effect(chosen.stream().distinct().count() == 11
                    && chosen.stream().allMatch(address -> block.contains(address) && !reserved.contains(address)));
        });
        all.put(AddressRule.SUBNET_FULL, s -> {
            String subnet = s.subnet("10.0.4.0/28");
            chosen(s, subnet, 11);
            return s.create(subnet);
        });
        all.put(AddressRule.PREFIXES_EXHAUSTED, s -> s.create(s.subnet("10.0.4.0/28"), "Ipv4PrefixCount", "1"));
        all.put(AddressRule.PREFIX_MALFORMED, s -> s.create(s.subnet(), "Ipv4Prefix.1.Ipv4Prefix", "10.0.4.32/27"));
        all.put(AddressRule.PREFIX_IN_USE, s -> {
            String eni = s.eni(s.subnet(), "PrivateIpAddress", "10.0.4.40");
            return assign(s, eni, "Ipv4Prefix.1", "10.0.4.32/28");
        });
        all.put(AddressRule.PREFIX_CHOICE, s -> {
            String subnet = s.subnet();
            s.reserve(subnet, "10.0.4.0/25");
            s.must(
                    "CreateSubnetCidrReservation",
                    "SubnetId",
                    subnet,
                    "Cidr",
                    "10.0.4.192/26",
                    "ReservationType",
                    "prefix");
            List<String> chosen =
                    assigned(s, s.eni(subnet), "Ipv4PrefixCount", "2").texts("ipv4Prefix");
            Cidr reserved = Cidr.parse("10.0.4.192/26");
            return Seen.effect(
                    chosen.size() == 2 && chosen.stream().map(Cidr::parse).allMatch(reserved::contains));
        });
        all.put(
                AddressRule.ADDRESSES_BY_VALUE_AND_COUNT,
                s -> s.create(
                        s.dualStackSubnet(),
                        "Ipv6Addresses.1.Ipv6Address",
                        s.ipv6Address(16),
                        "Ipv6AddressCount",
                        "1"));
        all.put(
                AddressRule.ADDRESSES_IN_TWO_FORMS,
                s -> s.create(s.subnet(), "SecondaryPrivateIpAddressCount", "1", "Ipv4PrefixCount", "1"));
        all.put(AddressRule.ADDRESS_COUNT_NEGATIVE, s -> s.create(s.subnet(), "SecondaryPrivateIpAddressCount", "-1"));
        all.put(AddressRule.ADDRESSES_OVER_LIMIT, s -> {
            String subnet = s.subnet();
            String eni = s.eni(subnet);
            s.attached(eni, s.instance(subnet), 1);
            return s.call(
                    "AssignPrivateIpAddresses", "NetworkInterfaceId", eni, "SecondaryPrivateIpAddressCount", "10");
        });
        all.put(AddressRule.ADDRESS_IPV4_WITHOUT_BLOCK, s -> {
            String subnet = s.must(
                            "CreateSubnet",
                            "VpcId",
                            s.vpc,
                            "Ipv6Native",
                            "true",
                            "Ipv6CidrBlock",
                            s.ipv6Block().toString(),
                            "AvailabilityZone",
                            Stage.ZONE)
                    .text("subnetId");
            return s.create(subnet, "PrivateIpAddress", "10.0.4.10");
        });
        all.put(AddressRule.ADDRESS_IPV6_WITHOUT_BLOCK, s -> s.create(s.subnet(), "Ipv6AddressCount", "1"));
        all.put(AddressRule.REASSIGN_NOT_ALLOWED, s -> {
            String subnet = s.subnet();
            s.must(
                    "AssignPrivateIpAddresses",
                    "NetworkInterfaceId",
                    s.eni(subnet, "PrivateIpAddress", "10.0.4.10"),
                    "PrivateIpAddress.1",
                    "10.0.4.20");
            return s.call(
                    "AssignPrivateIpAddresses",
                    "NetworkInterfaceId",
                    s.eni(subnet, "PrivateIpAddress", "10.0.4.11"),
                    "PrivateIpAddress.1",
                    "10.0.4.20");
        });
        all.put(AddressRule.REASSIGN_PRIMARY, s -> {
            String subnet = s.subnet();
            s.eni(subnet, "PrivateIpAddress", "10.0.4.10");
            return s.call(
                    "AssignPrivateIpAddresses",
                    "NetworkInterfaceId",
                    s.eni(subnet, "PrivateIpAddress", "10.0.4.11"),
                    "PrivateIpAddress.1",
                    "10.0.4.10",
                    "AllowReassignment",
                    "true");
        });
        all.put(AddressRule.REASSIGN_MOVES, s -> {
            String subnet = s.subnet();
            String from = s.eni(subnet, "PrivateIpAddress", "10.0.4.10");
            String to = s.eni(subnet, "PrivateIpAddress", "10.0.4.11");
            assigned(s, from, "PrivateIpAddress.1", "10.0.4.20");
            assigned(s, to, "PrivateIpAddress.1", "10.0.4.20", "AllowReassignment", "true");
            return Seen.effect(addresses(s, to).contains("10.0.4.20")
                    && !addresses(s, from).contains("10.0.4.20"));
        });
        all.put(AddressRule.REMAP_IN_METADATA, s -> {
            FakeEc2Network fake = s.fake();
            String subnet = s.subnet();
            String from = s.eni(subnet, "PrivateIpAddress", "10.0.4.10");
            String to = s.eni(subnet, "PrivateIpAddress", "10.0.4.11");
            s.attached(to, s.instance(subnet), 1);
            assigned(s, from, "PrivateIpAddress.1", "10.0.4.20");
            assigned(s, to, "PrivateIpAddress.1", "10.0.4.20", "AllowReassignment", "true");
            boolean late =
                    addresses(s, to).contains("10.0.4.20") && metadata(fake, to).equals("10.0.4.11");
            fake.time().advance(Duration.ofSeconds(2));
            return Seen.effect(late && metadata(fake, to).equals("10.0.4.11\n10.0.4.20"));
        });
        all.put(
                AddressRule.ASSIGN_ADDRESS_UNUSABLE,
                s -> assign(s, s.eni(s.subnet()), "PrivateIpAddress.1", "10.0.5.20"));
        all.put(AddressRule.ASSIGN_IPV6_IN_USE, s -> {
            String subnet = s.dualStackSubnet();
            String address = s.ipv6Address(16);
            s.eni(subnet, "Ipv6Addresses.1.Ipv6Address", address);
            return s.call("AssignIpv6Addresses", "NetworkInterfaceId", s.eni(subnet), "Ipv6Addresses.1", address);
        });
        all.put(AddressRule.UNASSIGN_NOT_ASSIGNED, s -> unassign(s, "10.0.4.20"));
        all.put(AddressRule.UNASSIGN_PRIMARY, s -> unassign(s, "10.0.4.10"));
        all.put(
                AddressRule.ASSIGN_NOTHING,
                s -> s.call("AssignPrivateIpAddresses", "NetworkInterfaceId", s.eni(s.subnet())));
        all.put(AddressRule.IPV6_ON_CREATION, s -> {
            String subnet = s.dualStackSubnet();
            s.must("ModifySubnetAttribute", "SubnetId", subnet, "AssignIpv6AddressOnCreation.Value", "true");
            boolean given = ipv6Addresses(s, s.eni(subnet)).size() == 1;
            return Seen.effect(given
                    && ipv6Addresses(s, s.eni(subnet, "Ipv6AddressCount", "0")).isEmpty());
        });
        return all;
    }

    private static List<IpAddress> chosen(Stage s, String subnet, int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        s.must("CreateNetworkInterface", "SubnetId", subnet).text("privateIpAddress"))
                .map(IpAddress::parse)
                .toList();
    }

    private static WireAnswer assign(Stage s, String eni, String... parameters) {
        return s.call("AssignPrivateIpAddresses", Stage.join(parameters, "NetworkInterfaceId", eni));
    }

    private static WireAnswer assigned(Stage s, String eni, String... parameters) {
        return s.must("AssignPrivateIpAddresses", Stage.join(parameters, "NetworkInterfaceId", eni));
    }

    private static List<String> addresses(Stage s, String eni) {
        return s.must("DescribeNetworkInterfaces", "NetworkInterfaceId.1", eni).texts("privateIpAddress");
    }

    /** The interface's IPv4 addresses as the metadata service of its instance shows them. */
    private static String metadata(FakeEc2Network fake, String eni) {
        NetworkInterface shown = fake.interfaces().stream()
                .filter(i -> i.id().equals(eni))
                .findFirst()
                .orElseThrow();
        return MetadataTexts.of(
                fake,
                Objects.requireNonNull(shown.attachment()).instanceId(),
                "network/interfaces/macs/" + shown.macAddress() + "/local-ipv4s");
    }

    private static Seen unassign(Stage s, String address) {
        String eni = s.eni(s.subnet(), "PrivateIpAddress", "10.0.4.10");
        return s.call("UnassignPrivateIpAddresses", "NetworkInterfaceId", eni, "PrivateIpAddress.1", address);
    }

    private static List<String> ipv6Addresses(Stage s, String eni) {
        return s.must("DescribeNetworkInterfaces", "NetworkInterfaceId.1", eni).texts("ipv6Address");
    }
}
