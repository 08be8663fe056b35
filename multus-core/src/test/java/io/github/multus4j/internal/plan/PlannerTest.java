package io.github.multus4j.internal.plan;

import static io.github.multus4j.Nouns.NODE;
import static io.github.multus4j.Nouns.attached;
import static io.github.multus4j.Nouns.attachment;
import static io.github.multus4j.Nouns.ip;
import static io.github.multus4j.Nouns.networkInterface;
import static io.github.multus4j.Nouns.node;
import static io.github.multus4j.Nouns.reservation;
import static io.github.multus4j.Nouns.subnet;
import static io.github.multus4j.Nouns.type;
import static io.github.multus4j.Nouns.withPrefixes;
import static io.github.multus4j.internal.plan.Planning.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.PlannedInterface;
import io.github.multus4j.result.PlannedInterface.Step;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final Subnet A1 = subnet("subnet-a1", "10.0.4.0/24");
    private static final Subnet A2 = subnet("subnet-a2", "10.0.6.0/24");
    private static final Map<String, String> OURS = OwnerTags.of(NODE, 1);
    private static final Map<String, String> HIDDEN = Map.of(OwnerTags.NO_MANAGE, "true");

    private static NetworkInterface there(Map<String, String> tags) {
        return networkInterface("eni-1", A1, List.of("10.0.4.4"), tags);
    }

    @Test
    void plan_nothingThere_makesOneInterfaceForEachSubnet() {
        Plan.Attachments plan = Planning.of(spec(A1, A2).interfaceTags(Map.of("cnf", "amf")), node(), A1, A2)
                .attachments();

        assertThat(plan.isComplete()).isFalse();
        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.interfaces())
                .extracting(
                        PlannedInterface::deviceIndex,
                        i -> i.slot().number(),
                        i -> i.request().ipv4Address())
                .containsExactly(tuple(1, 1, ip("10.0.4.4")), tuple(2, 2, ip("10.0.6.4")));
        NewNetworkInterface request = plan.interfaces().get(0).request();
        assertThat(request.tags())
                .isEqualTo(Map.of(
                        "cnf", "amf",
                        "node.k8s.amazonaws.com/no_manage", "true",
                        "multus4j/instance-id", NODE,
                        "multus4j/slot", "1"));
        assertThat(request.description()).isEqualTo("multus4j interface 1 of " + NODE + " in subnet-a1");
        assertThat(request.securityGroupIds()).containsExactly("sg-1");
        assertThat(plan.interfaces().get(0).steps())
                .containsExactly(Step.CREATE, Step.SET_SOURCE_DEST_CHECK, Step.ATTACH, Step.SET_DELETE_ON_TERMINATION);
    }

    @Test
    void plan_checkOnAndNotDeletedOnTermination_savesTheCallsForThem() {
        assertThat(Planning.of(spec(A1).sourceDestCheck(true).deleteOnTermination(false), node(), A1)
                        .attachments()
                        .interfaces())
                .singleElement()
                .satisfies(i -> assertThat(i.steps()).containsExactly(Step.CREATE, Step.ATTACH));
    }

    @Test
    void plan_gapsInTheIndexes_areFilledInOrder() {
        Plan.Attachments plan = Planning.of(
                        spec(A1, A2, subnet("subnet-a3", "10.0.8.0/24")),
                        node(attachment("eni-cni", 2), attachment("eni-trunk", 5)),
                        A1,
                        A2,
                        subnet("subnet-a3", "10.0.8.0/24"))
                .attachments();

        assertThat(plan.interfaces()).extracting(PlannedInterface::deviceIndex).containsExactly(1, 3, 4);
    }

    @Test
    void plan_anotherCard_countsItsOwnIndexes() {
        Attachment efa = new Attachment("a", "eni-efa", NODE, 1, 1, Attachment.Status.ATTACHED, true);
        Plan.Attachments plan = Planning.of(spec(A1).networkCard(1), node(efa, attachment("eni-cni", 2)), A1)
                .with((InstanceType) null)
                .attachments();

        assertThat(plan.interfaces())
                .extracting(PlannedInterface::networkCardIndex, PlannedInterface::deviceIndex)
                .containsExactly(tuple(1, 2));
    }

    @Test
    void plan_indexThatOnlyAnInterfaceShows_isNotPlanned() {
        Plan.Attachments plan = Planning.of(spec(A1, A2), node(), A1, A2)
                .with(attached(there(OURS), attachment("eni-1", 1)))
                .attachments();

        assertThat(plan.interfaces())
                .extracting(PlannedInterface::deviceIndex, PlannedInterface::isComplete)
                .containsExactly(tuple(1, true), tuple(2, false));
    }

    @Test
    void plan_finishedNode_isComplete() {
        Plan.Attachments plan = Planning.of(spec(A1), node(attachment("eni-1", 1)), A1)
                .with(attached(there(OURS), attachment("eni-1", 1)))
                .attachments();

        assertThat(plan.isComplete()).isTrue();
        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.interfaces())
                .extracting(PlannedInterface::deviceIndex, PlannedInterface::steps)
                .containsExactly(tuple(1, Set.of()));
    }

    @Test
    void plan_finishedNodeAtAnotherIndex_isCompleteAndWarns() {
        Plan.Attachments plan = Planning.of(spec(A1), node(attachment("eni-1", 3)), A1)
                .with(attached(there(OURS), attachment("eni-1", 3)))
                .attachments();

        assertThat(plan.isComplete()).isTrue();
        assertThat(plan.warnings())
                .singleElement()
                .asString()
                .contains("eni-1 in " + A1.id() + ": device index 3 instead of 1");
    }

    @Test
    void plan_subnetBeforeIsAtAHigherIndex_keepsTheOrder() {
        Plan.Attachments plan = Planning.of(spec(A1, A2), node(attachment("eni-1", 3)), A1, A2)
                .with(attached(there(OURS), attachment("eni-1", 3)))
                .attachments();

        assertThat(plan.interfaces()).extracting(PlannedInterface::deviceIndex).containsExactly(3, 4);
        assertThat(plan.warnings())
                .singleElement()
                .asString()
                .contains("eni-1 in " + A1.id(), "the new interface in " + A2.id() + ": device index 4 instead of 2")
                .doesNotContain("order");
    }

    @Test
    void plan_finishedNodeWithTypeFullAndGroupsGone_isCompleteAllTheSame() {
        Plan.Attachments plan = Planning.of(spec(A1), node(attachment("eni-1", 1)), A1)
                .with(attached(there(OURS), attachment("eni-1", 1)))
                .with(type(1))
                .with(new SecurityGroup[0])
                .attachments();

        assertThat(plan.isComplete()).isTrue();
    }

    @Test
    void plan_ourAttachedInterfaceHasOtherSettings_isMended() {
        Attachment kept = new Attachment("eni-attach-1", "eni-1", NODE, 1, 0, Attachment.Status.ATTACHING, false);
        Plan.Attachments plan = Planning.of(spec(A1).sourceDestCheck(true), node(kept), A1)
                .with(attached(there(OURS), kept))
                .attachments();

        assertThat(plan.interfaces().get(0).steps())
                .containsExactly(Step.SET_SOURCE_DEST_CHECK, Step.SET_DELETE_ON_TERMINATION);
        assertThat(plan.interfaces().get(0).request()).isNull();
    }

    @Test
    void plan_ourInterfaceHasOtherGroups_warnsAndLeavesThem() {
        Plan.Attachments plan = Planning.of(
                        spec(A1).securityGroups(SecurityGroups.shared("sg-1", "sg-2")),
                        node(attachment("eni-1", 1)),
                        A1)
                .with(attached(there(OURS), attachment("eni-1", 1)))
                .attachments();

        assertThat(plan.isComplete()).isTrue();
        assertThat(plan.warnings())
                .containsExactly(
                        "eni-1 has the security groups [sg-1] instead of [sg-1, sg-2]; they are left as they are");
    }

    @Test
    void plan_leftoverOfARunThatDied_isAdopted() {
        Plan.Attachments plan =
                Planning.of(spec(A1, A2), node(), A1, A2).with(there(OURS)).attachments();

        assertThat(plan.interfaces().get(0).existing()).isEqualTo(there(OURS));
        assertThat(plan.interfaces())
                .extracting(PlannedInterface::deviceIndex, i -> List.copyOf(i.steps()))
                .containsExactly(
                        tuple(1, List.of(Step.ATTACH, Step.SET_DELETE_ON_TERMINATION)),
                        tuple(
                                2,
                                List.of(
                                        Step.CREATE,
                                        Step.SET_SOURCE_DEST_CHECK,
                                        Step.ATTACH,
                                        Step.SET_DELETE_ON_TERMINATION)));
    }

    @Test
    void plan_leftoverThatIsStillDetaching_isAdoptedAtAFreeIndex() {
        Attachment going = attachment("eni-1", NODE, 1, Attachment.Status.DETACHING);
        Plan.Attachments plan = Planning.of(spec(A1), node(going), A1)
                .with(attached(there(OURS), going))
                .attachments();

        assertThat(plan.interfaces())
                .extracting(PlannedInterface::deviceIndex, i -> i.existing().id())
                .containsExactly(tuple(2, "eni-1"));
    }

    @Test
    void plan_interfaceOfAnotherNode_isNeverAdopted() {
        Plan.Attachments plan = Planning.of(spec(A1), node(), A1)
                .with(
                        there(OwnerTags.of("i-other", 1)),
                        attached(
                                networkInterface("eni-2", A1, List.of("10.0.4.5"), OURS),
                                attachment("eni-2", "i-other", 1, Attachment.Status.ATTACHED)))
                .attachments();

        assertThat(plan.interfaces())
                .extracting(PlannedInterface::existing, i -> i.request().ipv4Address())
                .containsExactly(tuple(null, ip("10.0.4.6")));
    }

    @Test
    void plan_foreignInterfaceHiddenFromTheCni_countsAsThereAndIsLeftAlone() {
        Attachment foreign = new Attachment("eni-attach-1", "eni-1", NODE, 1, 0, Attachment.Status.ATTACHED, false);
        Plan.Attachments plan = Planning.of(spec(A1).sourceDestCheck(true), node(foreign), A1)
                .with(attached(there(HIDDEN), foreign))
                .attachments();

        assertThat(plan.isComplete()).isTrue();
        assertThat(plan.warnings())
                .containsExactly("eni-1 at device index 1 was not made by this library; it counts as there and is left"
                        + " as it is");
    }

    @Test
    void plan_foreignInterfaceNotHiddenOrNotAttached_doesNotCount() {
        assertThat(Planning.of(spec(A1), node(attachment("eni-1", 1)), A1)
                        .with(attached(there(Map.of(OwnerTags.NO_MANAGE, "True")), attachment("eni-1", 1)))
                        .attachments()
                        .interfaces())
                .extracting(PlannedInterface::existing)
                .containsOnlyNulls();
        assertThat(Planning.of(spec(A1), node(), A1)
                        .with(there(HIDDEN))
                        .attachments()
                        .interfaces())
                .extracting(PlannedInterface::existing)
                .containsOnlyNulls();
    }

    @Test
    void plan_primaryInterface_isNeverCounted() {
        NetworkInterface primary = networkInterface("eni-primary", A1, List.of("10.0.4.4"), OURS);
        NetworkInterface hidden = networkInterface("eni-primary", A1, List.of("10.0.4.4"), HIDDEN);

        for (NetworkInterface candidate : List.of(primary, hidden)) {
            assertThat(Planning.of(spec(A1), node(), A1)
                            .with(attached(candidate, attachment("eni-primary", 0)))
                            .attachments()
                            .interfaces())
                    .extracting(PlannedInterface::existing, i -> i.request().ipv4Address())
                    .containsExactly(tuple(null, ip("10.0.4.5")));
        }
    }

    @Test
    void plan_severalCouldFillTheSlot_takesTheAttachedOneAndWarns() {
        Plan.Attachments plan = Planning.of(spec(A1), node(attachment("eni-3", 1)), A1)
                .with(
                        there(OURS),
                        networkInterface("eni-2", A1, List.of("10.0.4.5"), OURS),
                        attached(networkInterface("eni-3", A1, List.of("10.0.4.6"), OURS), attachment("eni-3", 1)))
                .attachments();

        assertThat(plan.isComplete()).isTrue();
        assertThat(plan.warnings())
                .containsExactly("3 interfaces could fill interface 1 of " + NODE + " in subnet-a1; eni-3 is taken,"
                        + " these are left: [eni-1, eni-2]");
    }

    @Test
    void plan_addressesOfEveryKind_countAsUsed() {
        NetworkInterface cni = withPrefixes(
                networkInterface("eni-cni", A1, List.of("10.0.4.4", "10.0.4.5"), Map.of()), "10.0.4.16/28");
        NetworkInterface managed = attached(
                networkInterface("eni-elb", A1, List.of("10.0.4.6"), Map.of()),
                new Attachment("", "eni-elb", "amazon-elb", 1, 0, Attachment.Status.ATTACHED, false));
        Planning planning = Planning.of(spec(A1), node(), A1)
                .with(cni, managed)
                .with(reservation("scr-1", A1.id(), "10.0.4.8/29", ""));

        assertThat(planning.attachments().interfaces().get(0).request().ipv4Address())
                .isEqualTo(ip("10.0.4.7"));
        assertThat(planning.with(cni, managed, networkInterface("eni-7", A1, List.of("10.0.4.7"), Map.of()))
                        .attachments()
                        .interfaces()
                        .get(0)
                        .request()
                        .ipv4Address())
                .isEqualTo(ip("10.0.4.32"));
    }

    @Test
    void plan_addressesOfAnotherSubnet_doNotCount() {
        Subnet sameBlock = new Subnet("subnet-a2", "vpc-2", A1.zone(), A1.ipv4Cidr(), List.of(), Map.of());
        NetworkInterface other = networkInterface("eni-1", sameBlock, List.of("10.0.4.4"), Map.of());

        assertThat(Planning.of(spec(A1), node(), A1)
                        .with(other)
                        .attachments()
                        .interfaces()
                        .get(0)
                        .request()
                        .ipv4Address())
                .isEqualTo(ip("10.0.4.4"));
    }

    @Test
    void plan_dualStack_asksForBothInOneCall() {
        Subnet dual = subnet("subnet-d", "10.0.4.0/24", "2001:db8::/64");
        NewNetworkInterface request = Planning.of(spec(dual), node(), dual)
                .with(networkInterface("eni-1", dual, List.of("10.0.4.4", "2001:db8::4"), Map.of()))
                .attachments()
                .interfaces()
                .get(0)
                .request();

        assertThat(request.ipv4Address()).isEqualTo(ip("10.0.4.5"));
        assertThat(request.ipv6Addresses()).containsExactly(ip("2001:db8::5"));
        assertThat(request.ipv6AddressCount()).isZero();
    }

    @Test
    void plan_ipv6Only_asksForNoIpv4() {
        Subnet ipv6Only = subnet("subnet-6", "2001:db8::/64");
        NewNetworkInterface request = Planning.of(spec(ipv6Only), node(), ipv6Only)
                .attachments()
                .interfaces()
                .get(0)
                .request();

        assertThat(request.ipv4Address()).isNull();
        assertThat(request.ipv6Addresses()).containsExactly(ip("2001:db8::4"));
    }

    @Test
    void plan_chosenByEc2_leavesBothFamiliesToIt() {
        Subnet dual = subnet("subnet-d", "10.0.4.0/24", "2001:db8::/64");
        Plan.Attachments plan = Planning.of(spec(dual, A2).addressing(Addressing.chosenByEc2()), node(), dual, A2)
                .attachments();

        assertThat(plan.interfaces())
                .extracting(
                        i -> i.request().ipv4Address(),
                        i -> i.request().ipv6Addresses(),
                        i -> i.request().ipv6AddressCount())
                .containsExactly(tuple(null, List.of(), 1), tuple(null, List.of(), 0));
    }
}
