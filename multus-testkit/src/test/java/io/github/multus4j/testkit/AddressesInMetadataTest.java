package io.github.multus4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Addresses.AddressList;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.internal.metadata.MetadataTexts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The metadata service shows a change of addresses later than EC2's calls do. */
class AddressesInMetadataTest {

    private static final String ZONE = "us-east-1a";
    private static final Duration DEFAULT = Duration.ofMillis(1500);

    private final FakeEc2Network ec2 = FakeEc2Network.strict();
    private final FakeVpc vpc = ec2.vpc("10.0.0.0/16", "2600:1f18:1234:5600::/56");
    private final Instance one = vpc.launch("m5.4xlarge", ZONE, Map.of());
    private final Instance other = vpc.launch("m5.4xlarge", ZONE, Map.of());
    private final Deadline deadline = Deadline.in(Duration.ofHours(1), ec2.time());

    private final NetworkInterface from = ec2.attachStranger(one.id(), 1);
    private final NetworkInterface to = ec2.attachStranger(other.id(), 1);
    private final IpAddress address = free();
    private final AddressList moving = AddressList.of(address);

    private IpAddress free() {
        return subnet().ipv4Cidr().first().plus(77);
    }

    private Subnet subnet() {
        return ec2.describeSubnets(List.of(Filter.of("subnet-id", from.subnetId())), deadline)
                .get(0);
    }

    private List<String> shown(Instance node, NetworkInterface of, String category) {
        return MetadataTexts.of(ec2, node.id(), "network/interfaces/macs/" + of.macAddress() + "/" + category)
                .lines()
                .toList();
    }

    private List<String> local(Instance node, NetworkInterface of) {
        return shown(node, of, "local-ipv4s");
    }

    private NetworkInterface now(NetworkInterface before) {
        return ec2.interfaces().stream()
                .filter(i -> i.id().equals(before.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void reassignment_callsShowItAtOnce_metadataOfBothNodesLater() {
        ec2.assignPrivateIpAddresses(from.id(), moving, false, deadline);
        ec2.time().advance(DEFAULT);
        assertThat(local(one, from)).contains(address.toString());

        ec2.assignPrivateIpAddresses(to.id(), moving, true, deadline);

        assertThat(now(to).ipv4Addresses()).contains(address);
        assertThat(now(from).ipv4Addresses()).doesNotContain(address);
        ec2.time().advance(DEFAULT.minusMillis(1));
        assertThat(local(one, from)).contains(address.toString());
        assertThat(local(other, to)).doesNotContain(address.toString()).hasSize(1);
        ec2.time().advance(Duration.ofMillis(1));
        assertThat(local(one, from)).doesNotContain(address.toString()).hasSize(1);
        assertThat(local(other, to)).contains(address.toString()).hasSize(2);
    }

    @Test
    void severalChanges_withinTheDelay_appearOneByOne() {
        AddressList second = AddressList.of(address.plus(1));
        ec2.assignPrivateIpAddresses(to.id(), moving, false, deadline);
        ec2.time().advance(Duration.ofSeconds(1));
        ec2.assignPrivateIpAddresses(to.id(), second, false, deadline);
        ec2.unassignPrivateIpAddresses(to.id(), moving, deadline);

        assertThat(local(other, to)).hasSize(1);
        ec2.time().advance(Duration.ofMillis(500));
        assertThat(local(other, to)).hasSize(2).contains(address.toString());
        ec2.time().advance(Duration.ofSeconds(1));
        assertThat(local(other, to)).hasSize(2).contains(address.plus(1).toString());
    }

    @Test
    void ipv6AndPrefixes_haveTheirOwnCategories() {
        Subnet subnet = vpc.dualStackSubnet("10.0.4.0/24", "2600:1f18:1234:5604::/64", ZONE);
        NetworkInterface eni = ec2.occupy(subnet, "10.0.4.9");
        ec2.attachNetworkInterface(eni.id(), one.id(), 2, 0, deadline);
        ec2.assignPrivateIpAddresses(eni.id(), AddressList.of(Cidr.parse("10.0.4.32/28")), false, deadline);
        ec2.assignIpv6Addresses(
                eni.id(),
                new AddressList(
                        List.of(IpAddress.parse("2600:1f18:1234:5604::9")),
                        List.of(Cidr.parse("2600:1f18:1234:5604:1::/80"))),
                deadline);
        assertThat(shown(one, eni, "ipv4-prefix")).isEmpty();
        assertThat(shown(one, eni, "ipv6-prefix")).isEmpty();
        assertThat(shown(one, eni, "ipv6s")).isEmpty();

        ec2.time().advance(DEFAULT);

        assertThat(shown(one, eni, "ipv4-prefix")).containsExactly("10.0.4.32/28");
        assertThat(shown(one, eni, "ipv6-prefix")).containsExactly("2600:1f18:1234:5604:1::/80");
        assertThat(shown(one, eni, "ipv6s")).containsExactly("2600:1f18:1234:5604::9");
        assertThat(shown(one, eni, "local-ipv4s")).containsExactly("10.0.4.9");
    }

    @Test
    void delay_ofZero_showsChangesAtOnce() {
        ec2.behaviour().addressesInMetadataAfter(Duration.ZERO);

        ec2.assignPrivateIpAddresses(to.id(), moving, false, deadline);

        assertThat(local(other, to)).contains(address.toString());
    }

    @Test
    void refusedCall_showsNothingLater() {
        ec2.assignPrivateIpAddresses(from.id(), moving, false, deadline);
        ec2.time().advance(DEFAULT);
        assertThat(catchThrowable(() -> ec2.assignPrivateIpAddresses(to.id(), moving, false, deadline)))
                .isInstanceOf(Ec2Exception.class);

        ec2.time().advance(DEFAULT);

        assertThat(local(other, to)).hasSize(1);
        assertThat(local(one, from)).contains(address.toString());
    }
}
