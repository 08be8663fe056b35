package io.github.multus4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.pod.AddressReport;
import io.github.multus4j.pod.Claim;
import io.github.multus4j.pod.NodePods;
import io.github.multus4j.pod.Pod;
import io.github.multus4j.pod.PodClaims;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.JournalEntry;
import io.github.multus4j.testkit.ManualTime;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * EC2 reassigns neither IPv6 addresses nor prefixes: a takeover takes them off their holder first.
 */
class PodIpv6AndPrefixesTest {

    private static final String ZONE = "us-east-1a";

    private final FakeEc2Network ec2 = FakeEc2Network.strict();
    private final FakeVpc vpc = ec2.vpc("10.0.0.0/16", "2001:db8::/56");
    private final Subnet subnet = vpc.dualStackSubnet("10.0.4.0/24", ZONE);
    private final Instance node = launch();
    private final Instance other = launch();
    private final PodAddresses addresses = PodAddresses.builder(ec2, ec2)
            .time(ec2.time(), ec2.time())
            .executor(Runnable::run)
            .build();

    private Instance launch() {
        Instance launched = vpc.launch("m5.4xlarge", ZONE, Map.of("multus-ng", "true"));
        Multus.builder(ec2)
                .time(ec2.time(), ec2.time())
                .executor(Runnable::run)
                .build()
                .attach(
                        launched.id(),
                        NodeGroupSpec.builder()
                                .trigger("multus-ng")
                                .subnets(subnet.id())
                                .securityGroups(SecurityGroups.shared(
                                        vpc.defaultSecurityGroup().id()))
                                .build());
        return launched;
    }

    @Test
    void assign_ipv6AddressOfAPodThatIsGone_isTakenOverInTwoCalls() {
        Cidr address = Cidr.of(subnet.ipv6Cidrs().get(0).first().plus(0x50));
        assign(other, address);
        ec2.journal().clear();

        AddressReport report = assign(node, address);

        assertThat(report.isComplete()).isTrue();
        assertThat(ofPods(node).ipv6Addresses()).contains(address.first());
        assertThat(ofPods(other).ipv6Addresses()).doesNotContain(address.first());
        assertThat(ec2.journal().mutatingCalls())
                .extracting(JournalEntry::action)
                .containsExactly(Action.UNASSIGN_IPV6_ADDRESSES, Action.ASSIGN_IPV6_ADDRESSES);
    }

    /** A process died between the two calls: the address has no holder. */
    @Test
    void assign_ipv6AddressThatIsOffItsHolderAlready_isAssigned() {
        Cidr address = Cidr.of(subnet.ipv6Cidrs().get(0).first().plus(0x50));
        assign(other, address);
        ec2.faults().on(Action.ASSIGN_IPV6_ADDRESSES).call(1).failWith("UnauthorizedOperation");

        AddressReport interrupted = assign(node, address);
        AddressReport next = assign(node, address);

        assertThat(interrupted.failed()).hasSize(1);
        assertThat(next.isComplete()).isTrue();
        assertThat(ofPods(node).ipv6Addresses()).contains(address.first());
    }

    @Test
    void assign_prefixOfAPodThatIsGone_isTakenOverInTwoCalls() {
        Cidr prefix = Cidr.parse("10.0.4.64/28");
        assign(other, prefix);
        ec2.journal().clear();

        AddressReport report = assign(node, prefix);

        assertThat(report.isComplete()).isTrue();
        assertThat(ofPods(node).prefixes()).containsExactly(prefix);
        assertThat(ofPods(other).prefixes()).isEmpty();
        assertThat(ec2.journal().mutatingCalls())
                .extracting(JournalEntry::action)
                .containsExactly(Action.UNASSIGN_PRIVATE_IP_ADDRESSES, Action.ASSIGN_PRIVATE_IP_ADDRESSES);
    }

    @Test
    void assign_addressesAndPrefixesOfBothFamilies_isOneCallForEachFamily() {
        AddressReport report = assign(
                node,
                Cidr.of(IpAddress.parse("10.0.4.50")),
                Cidr.parse("10.0.4.64/28"),
                Cidr.of(subnet.ipv6Cidrs().get(0).first().plus(0x50)),
                Cidr.containing(subnet.ipv6Cidrs().get(0).first().plus(BigInteger.ONE.shiftLeft(50)), 80));

        assertThat(report.isComplete()).as(report.toString()).isTrue();
        assertThat(ec2.journal().calls(Action.ASSIGN_PRIVATE_IP_ADDRESSES)).hasSize(1);
        assertThat(ec2.journal().calls(Action.ASSIGN_IPV6_ADDRESSES)).hasSize(1);
    }

    private AddressReport assign(Instance to, Cidr... blocks) {
        String mac = ofPods(to).macAddress();
        List<PodClaims> pods = List.of(blocks).stream()
                .map(block -> new Claim(
                        new Pod.Ref(to.id() + block, "core", "pod"),
                        to.id(),
                        "core/n4",
                        block,
                        mac,
                        null,
                        Claim.Standing.FIXED,
                        ManualTime.START))
                .map(claim -> new PodClaims(claim.pod(), claim.node(), List.of(claim), List.of()))
                .toList();
        return addresses.assign(
                new NodePods(to.id(), pods, holder -> List.of()), Deadline.in(Duration.ofSeconds(60), ec2.clock()));
    }

    private NetworkInterface ofPods(Instance instance) {
        return ec2.interfaces().stream()
                .filter(each -> each.isAttachedTo(instance.id()))
                .filter(each -> each.attachment() != null && each.attachment().deviceIndex() == 1)
                .findFirst()
                .orElseThrow();
    }
}
