package io.github.multus4j.result;

import static io.github.multus4j.Nouns.NODE;
import static io.github.multus4j.Nouns.attached;
import static io.github.multus4j.Nouns.attachment;
import static io.github.multus4j.Nouns.networkInterface;
import static io.github.multus4j.Nouns.node;
import static io.github.multus4j.Nouns.subnet;
import static io.github.multus4j.internal.plan.Planning.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.internal.plan.Planning;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.OwnerTags;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The text of a plan for an operator. */
class PlanTextTest {

    private static final Subnet A1 = subnet("subnet-a1", "10.0.4.0/24");
    private static final Subnet A2 = subnet("subnet-a2", "10.0.6.0/24", "2001:db8:0:6::/64");
    private static final Subnet A3 = subnet("subnet-a3", "2001:db8:0:7::/64");

    private static final NetworkInterface THERE =
            networkInterface("eni-1", A1, List.of("10.0.4.4", "10.0.4.9"), OwnerTags.of(NODE, 1));

    @Test
    void toString_partlyThere_isOneLineForEachInterface() {
        Plan.Attachments plan = Planning.of(
                        spec(A1, A2, A3, subnet("subnet-b1")),
                        node(attachment("eni-1", 1), attachment("eni-cni", 2)),
                        A1,
                        A2,
                        A3)
                .with(attached(THERE, attachment("eni-1", 1)))
                .attachments();

        assertThat(plan).hasToString("""
                        i-0123456789abcdef0 in us-east-1a
                          device index 1: subnet-a1 [10.0.4.0/24] eni-1 10.0.4.4, 10.0.4.9: nothing to do
                          device index 3: subnet-a2 [10.0.6.0/24, 2001:db8:0:6::/64] 10.0.6.4, 2001:db8:0:6::4: create, \
                        set source/destination check, attach, set delete-on-termination
                          device index 4: subnet-a3 [2001:db8:0:7::/64] 2001:db8:0:7::4: create, \
                        set source/destination check, attach, set delete-on-termination
                          warning: subnet-b1 is not there: if it was meant for us-east-1a, the node lacks an interface
                          warning: the device indexes of i-0123456789abcdef0 may differ from those of other nodes: \
                        the new interface in subnet-a2: device index 3 instead of 2, \
                        the new interface in subnet-a3: device index 4 instead of 3; \
                        interface names (eth1, ens6) follow the index, so a NetworkAttachmentDefinition that names one \
                        may mean another interface on this node: match on MAC addresses, or replace the node""");
    }

    @Test
    void toString_chosenByEc2_namesEc2() {
        assertThat(Planning.of(spec(A2, A3).addressing(Addressing.chosenByEc2()), node(), A2, A3)
                        .attachments()
                        .toString())
                .contains(
                        "subnet-a2 [10.0.6.0/24, 2001:db8:0:6::/64] an IPv4 address that EC2 chooses, an IPv6 address that"
                                + " EC2 chooses: create",
                        "subnet-a3 [2001:db8:0:7::/64] an IPv6 address that EC2 chooses: create");
    }

    @Test
    void toString_complete_beginsWithComplete() {
        assertThat(Planning.of(spec(A1), node(attachment("eni-1", 1)), A1)
                        .with(attached(THERE, attachment("eni-1", 1)))
                        .attachments()
                        .toString())
                .startsWith(NODE + " in us-east-1a: complete\n  device index 1: ");
    }

    @Test
    void toMap_nothingPlanned_hasTheReason() {
        assertThat(new Plan.NotForUs(NODE, "no tag").toMap())
                .containsExactly(entry("plan", "not for us"), entry("instanceId", NODE), entry("reason", "no tag"));
        assertThat(new Plan.Blocked(NODE, List.of(new Finding(Finding.Code.INSTANCE_GOING, "it goes"))).toMap())
                .containsExactly(
                        entry("plan", "blocked"),
                        entry("instanceId", NODE),
                        entry("findings", List.of(Map.of("code", "INSTANCE_GOING", "message", "it goes"))));
    }

    @Test
    void steps_anyOrderGiven_areInTheOrderInWhichTheyAreDone() {
        PlannedInterface planned = new PlannedInterface(
                new PlannedInterface.Slot(NODE, 1, A1.id()),
                A1,
                THERE,
                null,
                1,
                0,
                Set.copyOf(EnumSet.allOf(PlannedInterface.Step.class)));

        assertThat(planned.steps()).containsExactly(PlannedInterface.Step.values());
        assertThat(planned.isComplete()).isFalse();
    }

    @Test
    void plannedInterface_neitherThereNorToBeMade_isRefused() {
        PlannedInterface.Slot slot = new PlannedInterface.Slot(NODE, 1, A1.id());

        assertThatThrownBy(() -> new PlannedInterface(slot, A1, null, null, 1, 0, Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(slot.toString());
    }

    @Test
    void slot_owns_comparesTagAndSubnet() {
        PlannedInterface.Slot slot = new PlannedInterface.Slot(NODE, 7, A1.id());

        assertThat(slot.owns(THERE)).isTrue();
        assertThat(slot.owns(attached(THERE, attachment("eni-1", 3)))).isTrue();
        assertThat(new PlannedInterface.Slot("i-other", 1, A1.id()).owns(THERE)).isFalse();
        assertThat(new PlannedInterface.Slot(NODE, 1, A2.id()).owns(THERE)).isFalse();
        assertThat(slot.owns(networkInterface("eni-2", A1, List.of(), Map.of())))
                .isFalse();
    }
}
