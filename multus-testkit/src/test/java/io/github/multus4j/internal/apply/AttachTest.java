package io.github.multus4j.internal.apply;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.nodegroup.SubnetSelection;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.result.Plan;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** A run on a node that asks for interfaces, without faults. */
class AttachTest {

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;

    @Test
    void attach_twoSubnetsOfTheZoneOfFour_getLowestFreeAddressesAtOrderedIndexes() {
        Outcome outcome = world.attach();

        assertThat(outcome).isAttached().hasAddresses("10.0.4.4", "10.0.6.4").hasDeviceIndexes(1, 2);
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void attach_eachInterface_isHiddenFromTheVpcCniAndOwnedFromBirth() {
        world.attach(world.spec().interfaceTags(Map.of("cnf", "amf")));

        assertThat(world.ours())
                .hasSize(2)
                .allSatisfy(i -> assertThat(i.tags())
                        .contains(
                                entry("node.k8s.amazonaws.com/no_manage", "true"),
                                entry("multus4j/instance-id", world.node.id()),
                                entry("cnf", "amf")));
        assertThat(ec2.journal().calls(Action.CREATE_TAGS)).isEmpty();
    }

    @Test
    void attach_eachInterface_hasNoSourceDestCheckAndGoesWithTheInstance() {
        world.attach();

        assertThat(world.ours()).hasSize(2).allSatisfy(i -> {
            assertThat(i.sourceDestCheck()).isFalse();
            assertThat(i.attachment()).isNotNull();
            assertThat(i.attachment().deleteOnTermination()).isTrue();
        });
        ec2.terminate(world.node.id());
        assertThat(world.ours()).isEmpty();
    }

    @Test
    void attach_sourceDestCheckOnAndDeleteOnTerminationOff_makesTwoCallsForEachInterface() {
        Outcome outcome = world.attach(world.spec().sourceDestCheck(true).deleteOnTermination(false));

        assertThat(outcome).isAttached();
        assertThat(ec2.journal().mutatingCalls()).hasSize(2 * 2);
        assertThat(world.ours()).allSatisfy(i -> {
            assertThat(i.sourceDestCheck()).isTrue();
            assertThat(i.attachment().deleteOnTermination()).isFalse();
        });
    }

    @Test
    void attach_again_isCompleteWithoutAChangingCall() {
        world.attach();
        ec2.journal().clear();

        assertThat(world.attach()).isComplete().hasAddresses("10.0.4.4", "10.0.6.4");
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void attach_success_reportsTheFactsForAnOperator() {
        Outcome.Attached outcome = (Outcome.Attached) world.attach();

        NetworkInterface seen = interfaceIn(world.signalling);
        assertThat(outcome.interfaces().get(0)).satisfies(i -> {
            assertThat(i.id()).isEqualTo(seen.id());
            assertThat(i.macAddress()).isEqualTo(seen.macAddress());
            assertThat(i.deviceIndex()).isEqualTo(1);
            assertThat(i.networkCardIndex()).isZero();
            assertThat(i.subnetId()).isEqualTo(world.signalling.id());
            assertThat(i.subnetCidrs()).hasToString("[10.0.4.0/24]");
            assertThat(i.gateway()).hasToString("10.0.4.1");
            assertThat(i.addresses()).hasToString("[10.0.4.4]");
        });
        assertThat(outcome.toMap()).containsEntry("outcome", "attached").containsEntry("instanceId", world.node.id());
        assertThat(outcome.toString())
                .isEqualTo("attached " + world.node.id() + ": "
                        + outcome.interfaces().get(0) + ", "
                        + outcome.interfaces().get(1));
    }

    @Test
    void attach_instanceWithoutTriggerTag_isSkippedWithoutAChangingCall() {
        Instance other = world.vpc.launch("m5.4xlarge", OneZone.ZONE, Map.of("Name", "other"));
        ec2.journal().clear();

        Outcome outcome = world.multus().attach(other.id(), world.spec().build(), world.in(Duration.ofMinutes(5)));

        assertThat(outcome).isSkippedBecause("multus-ng");
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void attach_triggerTagWithOtherValue_isSkipped() {
        assertThat(world.attach(world.spec().trigger("multus-ng", "amf"))).isSkippedBecause("multus-ng=amf");
    }

    @Test
    void attach_subnetOfAnotherZoneIsMisspelt_nodeStillGetsItsInterfaces() {
        Outcome outcome =
                world.attach(world.spec().subnets(world.signalling.id(), "subnet-0000000000000dead", world.media.id()));

        assertThat(outcome).isAttached().hasAddresses("10.0.4.4", "10.0.6.4");
        assertThat(((Outcome.Attached) outcome).warnings())
                .singleElement()
                .asString()
                .contains("subnet-0000000000000dead");
    }

    @Test
    void attach_subnetsByTag_areOrderedByItsValue() {
        Map<String, String> second = Map.of("multus", "2");
        Subnet two = world.vpc.subnet("10.0.8.0/24", OneZone.ZONE, second);
        Subnet one = world.vpc.subnet("10.0.9.0/24", OneZone.ZONE, Map.of("multus", "1"));
        world.vpc.subnet("10.0.10.0/24", OneZone.OTHER_ZONE, second);

        Outcome outcome = world.attach(world.spec().subnets(SubnetSelection.tagged("multus")));

        assertThat(outcome).isAttached().hasAddresses("10.0.9.4", "10.0.8.4").hasDeviceIndexes(1, 2);
        assertThat(((Outcome.Attached) outcome).interfaces())
                .extracting(i -> i.subnetId())
                .containsExactly(one.id(), two.id());
    }

    @Test
    void attach_noSubnetInZone_namesTheOtherZones() {
        Outcome outcome = world.attach(world.spec().subnets(world.otherSignalling.id()));

        assertThat(outcome).isFailedBecause(Cause.Code.FINDINGS, OneZone.OTHER_ZONE);
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void attach_groupOfAnotherVpc_isFoundBeforeAnythingIsMade() {
        String foreign = ec2.vpc("10.1.0.0/16").securityGroup("foreign").id();

        Outcome outcome = world.attach(world.spec().securityGroups(SecurityGroups.paired(world.group, foreign)));

        assertThat(outcome).isFailedBecause(Cause.Code.FINDINGS, foreign).leftNothingBehind();
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void attach_pairedGroups_goByPositionWithinTheZone() {
        String second = world.vpc.securityGroup("media").id();

        world.attach(world.spec()
                .securityGroups(SecurityGroups.paired(List.of(List.of(world.group), List.of(second, world.group)))));

        assertThat(interfaceIn(world.signalling).securityGroupIds()).containsExactly(world.group);
        assertThat(interfaceIn(world.media).securityGroupIds()).containsExactlyInAnyOrder(second, world.group);
    }

    @Test
    void attach_typeWithTooFewInterfaces_isRefusedBeforeAnythingIsMade() {
        Instance small = world.vpc.launch("t3.nano", OneZone.ZONE, Map.of("multus-ng", "true"));
        ec2.journal().clear();

        Outcome outcome = world.multus().attach(small.id(), world.spec().build(), world.in(Duration.ofMinutes(5)));

        assertThat(outcome).isFailedBecause(Cause.Code.FINDINGS, "t3.nano allows 2");
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void attach_indexOneTakenByTheVpcCni_takesTheFreeOnesInOrder() {
        ec2.attachStranger(world.node.id(), 1);

        Outcome outcome = world.attach();

        assertThat(outcome).isAttached().hasDeviceIndexes(2, 3);
        List<String> warnings = ((Outcome.Attached) outcome).warnings();
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(
                        " in " + world.signalling.id() + ": device index 2 instead of 1",
                        " in " + world.media.id() + ": device index 3 instead of 2")
                .doesNotContain("new interface");
        Outcome again = world.attach();
        assertThat(again).isComplete();
        assertThat(((Outcome.Complete) again).warnings()).isEqualTo(warnings);
    }

    @Test
    void attach_strangersHoldAddresses_takesTheLowestThatIsFree() {
        ec2.occupy(world.signalling, "10.0.4.4");
        ec2.occupy(world.signalling, "10.0.4.6");

        assertThat(world.attach()).isAttached().hasAddresses("10.0.4.5", "10.0.6.4");
    }

    @Test
    void attach_lowestFree_staysOutOfCidrReservations() {
        ec2.reserve(world.signalling, "10.0.4.0/28");

        assertThat(world.attach()).isAttached().hasAddresses("10.0.4.16", "10.0.6.4");
    }

    @Test
    void attach_fromReservation_takesTheLowestFreeInside() {
        String reservation = ec2.reserve(world.signalling, "10.0.4.128/25").id();

        assertThat(world.attach(world.spec()
                        .subnets(world.signalling.id())
                        .addressing(Addressing.fromReservation(reservation))))
                .isAttached()
                .hasAddresses("10.0.4.128");
    }

    @Test
    void attach_fromReservationsOfOneDescription_takesTheLowestFreeInsideOfEach() {
        ec2.reserve(world.signalling, "10.0.4.128/25", "nodes");
        ec2.reserve(world.signalling, "10.0.4.0/28", "pods");
        ec2.reserve(world.media, "10.0.6.64/26", "nodes");

        assertThat(world.attach(world.spec().addressing(Addressing.fromReservation("nodes"))))
                .isAttached()
                .hasAddresses("10.0.4.128", "10.0.6.64");
    }

    @Test
    void attach_fromAReservationThatASubnetLacks_isFoundBeforeAnythingIsMade() {
        String reservation = ec2.reserve(world.signalling, "10.0.4.128/25").id();

        assertThat(world.attach(world.spec().addressing(Addressing.fromReservation(reservation))))
                .isFailedBecause(Cause.Code.FINDINGS, world.media.id());
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void attach_chosenByEc2_leavesTheChoiceAndNeedsNoReservations() {
        Outcome outcome = world.attach(world.spec().addressing(Addressing.chosenByEc2()));

        assertThat(outcome).isAttached();
        assertThat(ec2.journal().calls(Action.GET_SUBNET_CIDR_RESERVATIONS)).isEmpty();
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void attach_dualStackAndIpv6OnlySubnets_getBothFamiliesInTheCreateCall() {
        FakeVpc dual = ec2.vpc("10.2.0.0/16", "2001:db8:1200::/56");
        dual.subnet("10.2.0.0/24", OneZone.ZONE);
        Subnet both = dual.dualStackSubnet("10.2.4.0/24", "2001:db8:1200:4::/64", OneZone.ZONE);
        Subnet ipv6Only = dual.ipv6OnlySubnet("2001:db8:1200:6::/64", OneZone.ZONE);
        Instance node = dual.launch("m5.4xlarge", OneZone.ZONE, Map.of("multus-ng", "true"));
        NodeGroupSpec spec = NodeGroupSpec.builder()
                .trigger("multus-ng")
                .subnets(both.id(), ipv6Only.id())
                .securityGroups(
                        SecurityGroups.shared(dual.securityGroup("multus").id()))
                .build();

        Outcome outcome = world.multus().attach(node.id(), spec, world.in(Duration.ofMinutes(5)));

        assertThat(outcome)
                .isAttached()
                .hasAddressesOfInterface(1, "10.2.4.4", "2001:db8:1200:4::4")
                .hasAddressesOfInterface(2, "2001:db8:1200:6::4");
        assertThat(ec2.journal().calls(Action.ASSIGN_IPV6_ADDRESSES)).isEmpty();
    }

    @Test
    void attach_nodeOfTheReferenceLambda_keepsItsInterfaces() {
        world.attachAsTheReferenceDoes(world.signalling, 1);
        world.attachAsTheReferenceDoes(world.media, 2);
        ec2.journal().clear();

        Outcome outcome = world.attach();

        assertThat(outcome).isComplete().hasDeviceIndexes(1, 2);
        assertThat(((Outcome.Complete) outcome).warnings())
                .hasSize(2)
                .allMatch(w -> w.contains("not made by this library"));
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void plan_newNode_hasThePlannedInterfacesAndMakesNone() {
        Plan plan = world.multus().plan(world.node.id(), world.spec().build(), world.in(Duration.ofMinutes(1)));

        assertThat(plan).isInstanceOf(Plan.Attachments.class);
        assertThat(plan.toString())
                .isEqualTo(
                        String.join(
                                "\n",
                                world.node.id() + " in us-east-1a",
                                "  device index 1: " + world.signalling.id()
                                        + " [10.0.4.0/24] 10.0.4.4: create, set source/destination check, attach, set delete-on-termination",
                                "  device index 2: " + world.media.id()
                                        + " [10.0.6.0/24] 10.0.6.4: create, set source/destination check, attach, set delete-on-termination"));
        assertThat(plan.toMap()).containsEntry("plan", "attach").containsEntry("zone", "us-east-1a");
        assertThat(plan.toMap().get("interfaces"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .first()
                .isEqualTo(Map.of(
                        "deviceIndex",
                        1,
                        "networkCardIndex",
                        0,
                        "subnetId",
                        world.signalling.id(),
                        "securityGroupIds",
                        List.of(world.group),
                        "addresses",
                        List.of("10.0.4.4"),
                        "steps",
                        List.of("CREATE", "SET_SOURCE_DEST_CHECK", "ATTACH", "SET_DELETE_ON_TERMINATION")));
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    private NetworkInterface interfaceIn(Subnet subnet) {
        return world.ours().stream()
                .filter(i -> i.subnetId().equals(subnet.id()))
                .findFirst()
                .orElseThrow();
    }
}
