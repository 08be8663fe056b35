package io.github.multus4j.internal.plan;

import static io.github.multus4j.Nouns.NODE;
import static io.github.multus4j.Nouns.attached;
import static io.github.multus4j.Nouns.attachment;
import static io.github.multus4j.Nouns.group;
import static io.github.multus4j.Nouns.networkInterface;
import static io.github.multus4j.Nouns.node;
import static io.github.multus4j.Nouns.reservation;
import static io.github.multus4j.Nouns.subnet;
import static io.github.multus4j.Nouns.type;
import static io.github.multus4j.Nouns.withPrefixes;
import static io.github.multus4j.internal.plan.Planning.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.DeviceIndexPolicy;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.nodegroup.TypeLimits;
import io.github.multus4j.result.Finding;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.PlannedInterface;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Obstacles are found before anything is made. */
class PlannerFindingsTest {

    private static final Subnet A1 = subnet("subnet-a1", "10.0.4.0/24");
    private static final Subnet A2 = subnet("subnet-a2", "10.0.6.0/28");
    private static final Subnet DUAL = subnet("subnet-d", "10.0.8.0/24", "2001:db8::/64");

    @Test
    void plan_groupThatIsNotThere_isFound() {
        Finding finding = Planning.of(spec(A1), node(), A1).with(group("sg-2")).finding();

        assertThat(finding.code()).isEqualTo(Finding.Code.GROUP_NOT_FOUND);
        assertThat(finding).hasToString("security group sg-1 for subnet-a1 does not exist");
    }

    @Test
    void plan_groupOfAnotherVpc_isFound() {
        Finding finding = Planning.of(spec(A1), node(), A1)
                .with(new SecurityGroup("sg-1", "vpc-2", "x").associatedWith(Set.of("vpc-3")))
                .finding();

        assertThat(finding.code()).isEqualTo(Finding.Code.GROUP_IN_OTHER_VPC);
        assertThat(finding.message()).contains("sg-1 belongs to vpc-2", "subnet-a1 to vpc-1", "associate it");
    }

    @Test
    void plan_severalThingsInTheWay_areAllReported() {
        NetworkInterface full = withPrefixes(networkInterface("eni-1", A2, List.of(), Map.of()), "10.0.6.0/28");
        List<Finding> findings = Planning.of(
                        spec(A1, A2).securityGroups(SecurityGroups.paired("sg-8", "sg-9")), node(), A1, A2)
                .with(full)
                .with(new SecurityGroup("sg-9", "vpc-2", "x").associatedWith(Set.of()))
                .with(type(1))
                .findings();

        assertThat(findings)
                .extracting(Finding::code)
                .containsExactly(
                        Finding.Code.GROUP_NOT_FOUND,
                        Finding.Code.GROUP_IN_OTHER_VPC,
                        Finding.Code.NO_FREE_ADDRESS,
                        Finding.Code.TOO_MANY_INTERFACES);
        assertThat(new Plan.Blocked(NODE, findings).toString())
                .startsWith(NODE
                        + ": cannot be made Multus-ready:\n  - security group sg-8 for subnet-a1 does not exist\n");
    }

    @Test
    void plan_subnetIsFull_namesItAndItsReservations() {
        NetworkInterface most = withPrefixes(networkInterface("eni-1", A2, List.of(), Map.of()), "10.0.6.0/29");
        Finding finding = Planning.of(spec(A2), node(), A2)
                .with(most)
                .with(reservation("scr-1", A2.id(), "10.0.6.8/29", "pods"))
                .finding();

        assertThat(finding.code()).isEqualTo(Finding.Code.NO_FREE_ADDRESS);
        assertThat(finding.message()).contains("subnet-a2 [10.0.6.0/28]", "lowest free", "scr-1", "10.0.6.8/29");
    }

    @Test
    void plan_reservationOfThatNameIsMissing_isFound() {
        Finding finding = Planning.of(spec(A1).addressing(Addressing.fromReservation("multus")), node(), A1)
                .finding();

        assertThat(finding.code()).isEqualTo(Finding.Code.NO_FREE_ADDRESS);
        assertThat(finding.message()).contains("reservation 'multus'");
    }

    @Test
    void plan_ipv6SideIsFull_isFound() {
        NetworkInterface full = withPrefixes(networkInterface("eni-1", DUAL, List.of(), Map.of()), "2001:db8::/64");

        assertThat(Planning.of(spec(DUAL), node(), DUAL).with(full).finding().code())
                .isEqualTo(Finding.Code.NO_FREE_ADDRESS);
    }

    @Test
    void plan_subnetWithoutABlock_isFoundForEachAddressing() {
        Subnet none = subnet("subnet-n");

        for (Addressing addressing : List.of(Addressing.lowestFree(), Addressing.chosenByEc2())) {
            assertThat(Planning.of(spec(none).addressing(addressing), node(), none)
                            .finding()
                            .code())
                    .isEqualTo(Finding.Code.NO_FREE_ADDRESS);
        }
    }

    @Test
    void plan_typeHasTooFewInterfaces_refusesOrWarns() {
        // An m5.large has three: the primary one, one of the VPC CNI, and one left for two subnets.
        Finding finding = Planning.of(spec(A1, A2), node(attachment("eni-cni", 1)), A1, A2)
                .with(type(3))
                .finding();

        assertThat(finding.code()).isEqualTo(Finding.Code.TOO_MANY_INTERFACES);
        assertThat(finding.message()).contains("would have 4 network interfaces", "m5.xlarge allows 3");
        Plan.Attachments plan = Planning.of(
                        spec(A1, A2).typeLimits(TypeLimits.WARN), node(attachment("eni-cni", 1)), A1, A2)
                .with(type(3))
                .attachments();
        assertThat(plan.warnings()).anyMatch(warning -> warning.equals(finding.message()));
        assertThat(plan.interfaces()).hasSize(2);
    }

    @Test
    void plan_ownIndexesAreFree_isNotStopped() {
        Plan.Attachments plan = Planning.of(
                        spec(A1, A2).deviceIndexes(DeviceIndexPolicy.OWN), node(attachment("eni-cni", 3)), A1, A2)
                .attachments();

        assertThat(plan.interfaces()).extracting(PlannedInterface::deviceIndex).containsExactly(1, 2);
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void plan_ownIndexIsRequiredAndTaken_isStopped() {
        Finding finding = Planning.of(
                        spec(A1, A2).deviceIndexes(DeviceIndexPolicy.OWN), node(attachment("eni-cni", 2)), A1, A2)
                .finding();

        assertThat(finding.code()).isEqualTo(Finding.Code.OWN_INDEX_TAKEN);
        assertThat(finding.code().mayHeal()).isFalse();
        assertThat(finding.message())
                .contains(NODE, A2.id() + ": device index 3 instead of 2", "replace the node")
                .doesNotContain(A1.id());
    }

    @Test
    void plan_ownIndexIsRequiredAndAnotherHeld_isStopped() {
        NetworkInterface shifted = attached(
                networkInterface("eni-1", A1, List.of("10.0.4.4"), OwnerTags.of(NODE, 1)), attachment("eni-1", 2));

        assertThat(Planning.of(spec(A1).deviceIndexes(DeviceIndexPolicy.OWN), node(attachment("eni-1", 2)), A1)
                        .with(shifted)
                        .finding()
                        .message())
                .contains("eni-1 in " + A1.id() + ": device index 2 instead of 1");
    }

    @Test
    void plan_typeHasJustEnoughInterfaces_isNotStopped() {
        assertThat(Planning.of(spec(A1, A2), node(attachment("eni-cni", 1)), A1, A2)
                        .with(type(4))
                        .attachments()
                        .warnings())
                .noneMatch(warning -> warning.contains("network interfaces"))
                .anyMatch(warning -> warning.contains("no interface left for the VPC CNI"));
    }

    @Test
    void plan_interfaceThatIsDetachingAndComesBack_countsOnce() {
        Attachment going = attachment("eni-1", NODE, 1, Attachment.Status.DETACHING);
        NetworkInterface leftover =
                attached(networkInterface("eni-1", A1, List.of("10.0.4.4"), OwnerTags.of(NODE, 1)), going);

        assertThat(Planning.of(spec(A1), node(going), A1)
                        .with(leftover)
                        .with(type(2))
                        .attachments()
                        .warnings())
                .noneMatch(warning -> warning.contains("network interfaces"))
                .anyMatch(warning -> warning.contains("no interface left for the VPC CNI"));
    }

    @Test
    void plan_attachmentThatOnlyAnInterfaceShows_countsToo() {
        NetworkInterface cni =
                attached(networkInterface("eni-cni", A1, List.of("10.0.4.9"), Map.of()), attachment("eni-cni", 1));

        assertThat(Planning.of(spec(A1), node(), A1)
                        .with(cni)
                        .with(type(2))
                        .finding()
                        .code())
                .isEqualTo(Finding.Code.TOO_MANY_INTERFACES);
    }

    @Test
    void plan_typeIsUnknown_warnsAndGoesOn() {
        assertThat(Planning.of(spec(A1), node(), A1)
                        .with((InstanceType) null)
                        .attachments()
                        .warnings())
                .containsExactly("EC2 does not tell the limits of instance type m5.xlarge");
    }

    private static InstanceType cards(int onFirst, int onSecond) {
        return new InstanceType(
                "c6in.32xlarge",
                onFirst + onSecond,
                List.of(new InstanceType.NetworkCard(0, onFirst), new InstanceType.NetworkCard(1, onSecond)),
                50,
                50,
                true);
    }

    @Test
    void plan_cardHasTooFewInterfaces_warnsOnly() {
        assertThat(Planning.of(spec(A1, A2).networkCard(0), node(), A1, A2)
                        .with(cards(2, 8))
                        .attachments()
                        .warnings())
                .singleElement()
                .asString()
                .contains("network card 0", "would have 3 interfaces", "allows 2");
        assertThat(Planning.of(spec(A1, A2).networkCard(1), node(), A1, A2)
                        .with(cards(2, 8))
                        .attachments()
                        .warnings())
                .isEmpty();
    }

    @Test
    void plan_noSuchCard_refusesOrWarns() {
        assertThat(Planning.of(spec(A1).networkCard(1), node(), A1)
                        .with(type(15))
                        .finding()
                        .code())
                .isEqualTo(Finding.Code.NO_SUCH_NETWORK_CARD);
        assertThat(Planning.of(spec(A1).networkCard(1).typeLimits(TypeLimits.WARN), node(), A1)
                        .with(type(15))
                        .attachments()
                        .warnings())
                .hasSize(1);
    }

    @Test
    void plan_typeWithoutIpv6_refusesOrWarnsWhereASubnetHasIt() {
        InstanceType old = new InstanceType("m1.large", 4, List.of(new InstanceType.NetworkCard(0, 4)), 10, 0, false);

        assertThat(Planning.of(spec(DUAL), node(), DUAL).with(old).finding().code())
                .isEqualTo(Finding.Code.NO_IPV6_ON_TYPE);
        assertThat(Planning.of(spec(A1), node(), A1).with(old).attachments().warnings())
                .isEmpty();
        assertThat(Planning.of(spec(DUAL).typeLimits(TypeLimits.WARN), node(), DUAL)
                        .with(old)
                        .attachments()
                        .warnings())
                .containsExactly("m1.large does not support IPv6");
    }
}
