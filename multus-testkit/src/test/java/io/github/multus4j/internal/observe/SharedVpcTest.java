package io.github.multus4j.internal.observe;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Multus;
import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.ReservedAddresses;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.AddressAllocation;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.nodegroup.SubnetSelection;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.AttachedInterface;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Subnets that another account shares: the addresses of other accounts are in use, and no listing
 * shows them.
 */
class SharedVpcTest {

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;
    private final Subnet subnet = world.media;
    private final Multus process = process();

    private Multus process() {
        return Multus.builder(new SharedVpc(ec2), ec2.autoScaling())
                .time(ec2.time(), ec2.time())
                .executor(Runnable::run)
                .build();
    }

    private NodeGroupSpec.Builder spec(Subnet... subnets) {
        return NodeGroupSpec.builder()
                .trigger("multus-ng")
                .subnets(List.of(subnets).stream().map(Subnet::id).toArray(String[]::new))
                .securityGroups(SecurityGroups.shared(world.group));
    }

    private Outcome attach(Instance node, NodeGroupSpec.Builder spec) {
        return attach(process, node, spec);
    }

    private Outcome attach(Multus by, Instance node, NodeGroupSpec.Builder spec) {
        return by.attach(node.id(), spec.build(), world.in(Duration.ofMinutes(5)));
    }

    /** Gives the lowest addresses to other accounts. */
    private List<NetworkInterface> hide(int count) {
        return IntStream.range(4, 4 + count)
                .mapToObj(i -> ec2.occupy(subnet, "10.0.6." + i))
                .toList();
    }

    private int creates() {
        return ec2.journal().calls(Action.CREATE_NETWORK_INTERFACE).size();
    }

    /** Nodes that launch at different times, so that none waits for another. */
    private List<Instance> laterNodes(int count) {
        List<Instance> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ec2.time().advance(Duration.ofMinutes(1));
            nodes.add(world.launch());
        }
        ec2.time().advance(Duration.ofMinutes(1));
        return nodes;
    }

    private static List<String> warnings(Outcome outcome) {
        return outcome instanceof Outcome.Attached attached ? attached.warnings() : List.of(outcome.toString());
    }

    private static String address(Outcome outcome) {
        AttachedInterface only = ((Outcome.Attached) outcome).interfaces().get(0);
        return only.addresses().get(0).toString();
    }

    @Test
    void attach_oneHiddenAddress_isSkippedByEveryRunOfTheProcess() {
        hide(1);

        assertThat(attach(world.node, spec(subnet))).isAttached().hasAddresses("10.0.6.5");
        assertThat(creates()).isEqualTo(2);
        List<Instance> nodes = laterNodes(3);
        ec2.terminate(world.node.id());
        for (Instance each : nodes) {
            assertThat(process.plan(each.id(), spec(subnet).build(), world.in(Duration.ofMinutes(1)))
                            .toString())
                    .doesNotContain("10.0.6.4:");
            Outcome outcome = attach(each, spec(subnet));
            assertThat(outcome).isAttached();
            assertThat(warnings(outcome)).isEmpty();
        }

        assertThat(creates()).isEqualTo(5);
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void attach_manyHiddenAddresses_leavesTheChoiceToEc2AndSaysSo() {
        hide(60);

        Outcome outcome = attach(world.node, spec(subnet));

        assertThat(outcome).isAttached();
        assertThat(creates()).isEqualTo(3);
        assertThat(warnings(outcome))
                .singleElement()
                .asString()
                .contains(
                        "listings of " + subnet.id() + " are incomplete", "10.0.6.4, 10.0.6.5", "AWS RAM", "EC2 chose");
    }

    @Test
    void attach_manyHiddenAddresses_laterNodesOfTheProcessAskOnceAndThenLeaveItToEc2() {
        hide(60);
        attach(world.node, spec(subnet));
        int before = creates();

        for (Instance each : laterNodes(4)) {
            assertThat(attach(each, spec(subnet))).isAttached();
        }

        assertThat(creates() - before).isEqualTo(8);
    }

    @Test
    void attach_inAnotherProcess_learnsAnew() {
        hide(60);
        attach(world.node, spec(subnet));
        int before = creates();

        assertThat(attach(process(), laterNodes(1).get(0), spec(subnet))).isAttached();

        assertThat(creates() - before).isEqualTo(3);
    }

    @Test
    void attach_hiddenIpv6Addresses_leavesTheChoiceOfThatFamilyToEc2() {
        FakeVpc dual = ec2.vpc("10.2.0.0/16", "2001:db8:1200::/56");
        String group = dual.securityGroup("dual").id();
        Subnet both = dual.dualStackSubnet("10.2.4.0/24", "2001:db8:1200:4::/64", OneZone.ZONE);
        IntStream.range(4, 10).forEach(i -> ec2.occupy(both, "2001:db8:1200:4::" + i));
        Instance node = dual.launch("m5.4xlarge", OneZone.ZONE, Map.of("multus-ng", "true"));
        NodeGroupSpec.Builder spec = spec(both).securityGroups(SecurityGroups.shared(group));

        Outcome outcome = attach(node, spec);

        assertThat(outcome).isAttached();
        assertThat(creates()).isEqualTo(3);
        AttachedInterface made = ((Outcome.Attached) outcome).interfaces().get(0);
        assertThat(made.addresses()).hasSize(2).contains(IpAddress.parse("10.2.4.4"));
        assertThat(warnings(outcome)).singleElement().asString().contains("2001:db8:1200:4::4", "EC2 chose");
    }

    @Test
    void attach_hiddenPrefix_isHiddenAddresses() {
        String reservation = ec2.reserve(subnet, "10.0.6.64/26").id();
        ec2.occupyPrefix(subnet, "10.0.6.64/28");
        ec2.occupyPrefix(subnet, "10.0.6.80/28");

        assertThat(attach(world.node, spec(subnet).addressing(Addressing.fromReservation(reservation))))
                .isAttached();
        assertThat(creates()).isLessThanOrEqualTo(8);
    }

    @Test
    void attach_hiddenAddressesInReservation_skipsAheadInIt() {
        String reservation = ec2.reserve(subnet, "10.0.6.64/26").id();
        IntStream.range(64, 100).forEach(i -> ec2.occupy(subnet, "10.0.6." + i));

        Outcome outcome = attach(world.node, spec(subnet).addressing(Addressing.fromReservation(reservation)));

        assertThat(outcome).isAttached();
        assertThat(AddressSet.of(Cidr.parse("10.0.6.64/26")).contains(IpAddress.parse(address(outcome))))
                .isTrue();
        assertThat(creates()).isLessThanOrEqualTo(8);
        assertThat(warnings(outcome)).singleElement().asString().contains("incomplete", "addresses were skipped");
    }

    @Test
    void attach_reservationFullOfHiddenAddresses_saysThatListingsAreIncomplete() {
        String reservation = ec2.reserve(subnet, "10.0.6.64/28").id();
        IntStream.range(64, 80).forEach(i -> ec2.occupy(subnet, "10.0.6." + i));
        NodeGroupSpec.Builder spec = spec(subnet).addressing(Addressing.fromReservation(reservation));

        assertThat(attach(world.node, spec))
                .isFailedBecause(Cause.Code.EC2, "listings of " + subnet.id() + " are incomplete")
                .leftNothingBehind();
        assertThat(creates()).isLessThanOrEqualTo(18);

        int before = creates();
        assertThat(attach(laterNodes(1).get(0), spec)).isFailedBecause(Cause.Code.EC2, "incomplete");
        assertThat(creates() - before).isLessThanOrEqualTo(4);
    }

    @Test
    void attach_hiddenAddressesAndAllocationOfOnesOwn_keepsToTheAllocation() {
        hide(30);
        AddressAllocation even = (block, used, reservations) -> {
            AddressSet taken = used.union(ReservedAddresses.of(block));
            return IntStream.range(2, 125)
                    .mapToObj(i -> IpAddress.parse("10.0.6." + 2 * i))
                    .filter(address -> !taken.contains(address))
                    .findFirst();
        };

        Outcome outcome = attach(world.node, spec(subnet).addressing(Addressing.allocatedBy(even)));

        assertThat(outcome).isAttached();
        assertThat(Integer.parseInt(address(outcome).substring(7)) % 2).isZero();
        assertThat(creates()).isLessThanOrEqualTo(7);
    }

    @Test
    void attach_chosenByEc2_meetsNoConflict() {
        hide(60);

        Outcome outcome = attach(world.node, spec(subnet).addressing(Addressing.chosenByEc2()));

        assertThat(outcome).isAttached();
        assertThat(creates()).isEqualTo(1);
        assertThat(warnings(outcome)).isEmpty();
    }

    @Test
    void attach_hiddenAddressThatBecomesFree_isGivenAgainAfterAQuarterOfAnHour() {
        NetworkInterface hidden = hide(1).get(0);
        attach(world.node, spec(subnet));
        ec2.deleteNetworkInterface(hidden.id(), Deadline.in(Duration.ofMinutes(1), ec2.time()));

        assertThat(attach(laterNodes(1).get(0), spec(subnet))).isAttached().hasAddresses("10.0.6.6");
        ec2.time().advance(Duration.ofMinutes(15));
        assertThat(attach(laterNodes(1).get(0), spec(subnet))).isAttached().hasAddresses("10.0.6.4");
    }

    /** The memory never makes a subnet fuller than it is. */
    @Test
    void attach_hiddenAddressThatIsTheLastOne_isGivenAtOnceWhenItBecomesFree() {
        Subnet small = world.vpc.subnet("10.0.9.0/28", OneZone.ZONE);
        NetworkInterface hidden = ec2.occupy(small, "10.0.9.4");
        IntStream.range(6, 15).forEach(i -> ec2.occupy(small, "10.0.9." + i));
        Addressing addressing =
                Addressing.allocatedBy((block, used, reservations) -> Optional.of(new AddressAllocation.LowestFree())
                        .flatMap(lowest -> lowest.next(block, used, reservations)));
        assertThat(attach(world.node, spec(small).addressing(addressing))).isAttached();
        ec2.deleteNetworkInterface(hidden.id(), Deadline.in(Duration.ofMinutes(1), ec2.time()));

        assertThat(attach(laterNodes(1).get(0), spec(small).addressing(addressing)))
                .isAttached()
                .hasAddresses("10.0.9.4");
    }

    @Test
    void attach_fullSubnet_reportsEc2sMessageAndIncompleteListings() {
        Subnet small = world.vpc.subnet("10.0.9.0/28", OneZone.ZONE);
        IntStream.range(4, 15).forEach(i -> ec2.occupy(small, "10.0.9." + i));

        assertThat(attach(world.node, spec(small)))
                .isFailedBecause(Cause.Code.EC2, "listings of " + small.id() + " are incomplete")
                .leftNothingBehind();
        assertThat(creates()).isEqualTo(3);
    }

    /** An interface that only the second read shows was listed late. */
    @Test
    void attach_interfacesOfOwnAccountThatAreListedLate_areNoHiddenAddresses() {
        ec2.interfaces(); // The memory begins here.
        ec2.time().advance(Duration.ofMinutes(1));
        ec2.behaviour().readsLag(() -> Duration.ofMillis(1500));
        Multus visible = Multus.builder(ec2, ec2.autoScaling())
                .time(ec2.time(), ec2.time())
                .executor(Runnable::run)
                .build();
        hide(2);

        Outcome outcome = attach(visible, world.node, spec(subnet).withoutTrigger());

        assertThat(outcome).isAttached().hasAddresses("10.0.6.6");
        assertThat(warnings(outcome)).isEmpty();
    }

    @Test
    void attach_taggedSubnetsOfAnotherAccount_saysThatTheirTagsAreNotVisible() {
        NodeGroupSpec.Builder spec = spec(subnet).subnets(SubnetSelection.tagged("multus"));

        assertThat(attach(world.node, spec))
                .isFailedBecause(Cause.Code.FINDINGS, "name such subnets by id")
                .leftNothingBehind();
    }
}
