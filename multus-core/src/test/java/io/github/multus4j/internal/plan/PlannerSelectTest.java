package io.github.multus4j.internal.plan;

import static io.github.multus4j.Nouns.NODE;
import static io.github.multus4j.Nouns.ZONE;
import static io.github.multus4j.Nouns.node;
import static io.github.multus4j.Nouns.subnet;
import static io.github.multus4j.Nouns.subnetIn;
import static io.github.multus4j.internal.plan.Planning.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Finding;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.PlannedInterface;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlannerSelectTest {

    private static final Map<String, String> TRIGGER = Map.of("multus-ng", "true");

    private static final Subnet A1 = subnet("subnet-a1", "10.0.4.0/24");
    private static final Subnet A2 = subnet("subnet-a2", "10.0.6.0/24");
    private static final Subnet B1 = subnetIn("us-east-1b", "subnet-b1", "10.0.5.0/24");
    private static final Subnet C1 = subnetIn("us-east-1c", "subnet-c1", "10.0.7.0/24");

    @Test
    void select_noTriggerTag_isNotForUsAndNoError() {
        Plan plan = Planning.of(spec(A1), node(Instance.State.RUNNING, ZONE, Map.of("Name", "x")), A1)
                .plan();

        assertThat(plan).isEqualTo(new Plan.NotForUs(NODE, "it does not carry the tag multus-ng"));
        assertThat(plan).hasToString(NODE + ": not for us: it does not carry the tag multus-ng");
    }

    @Test
    void select_noTagsAtAll_isNotForUs() {
        assertThat(Planning.of(spec(A1), node(Instance.State.RUNNING, ZONE, Map.of()), A1)
                        .plan())
                .isInstanceOf(Plan.NotForUs.class);
    }

    @Test
    void select_triggerWithAnotherValue_isNotForUs() {
        assertThat(Planning.of(spec(A1).trigger("multus-ng", "yes"), node(), A1).plan())
                .isEqualTo(new Plan.NotForUs(NODE, "it does not carry the tag multus-ng=yes"));
        assertThat(Planning.of(spec(A1).trigger("multus-ng", "true"), node(), A1)
                        .plan())
                .isInstanceOf(Plan.Attachments.class);
    }

    @Test
    void select_notForUsAndGoing_isNotForUs() {
        assertThat(Planning.of(spec(A1), node(Instance.State.TERMINATED, ZONE, Map.of()), A1)
                        .plan())
                .isInstanceOf(Plan.NotForUs.class);
    }

    @ParameterizedTest
    @EnumSource
    void select_instanceOnItsWayOut_isBlocked(Instance.State state) {
        Planning planning = Planning.of(spec(A1), node(state, ZONE, TRIGGER), A1);

        if (state.isGoing()) {
            assertThat(planning.finding().code()).isEqualTo(Finding.Code.INSTANCE_GOING);
            assertThat(planning.finding().message()).contains(NODE, state.toString());
        } else {
            assertThat(planning.attachments().interfaces()).hasSize(1);
        }
    }

    @Test
    void select_subnetsOfSeveralZones_takesThoseOfTheInstance() {
        Plan.Attachments plan =
                Planning.of(spec(B1, A2, C1, A1), node(), A1, B1, C1, A2).attachments();

        assertThat(plan.interfaces())
                .extracting(i -> i.subnet().id(), PlannedInterface::deviceIndex)
                .containsExactly(tuple("subnet-a2", 1), tuple("subnet-a1", 2));
        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.zone()).isEqualTo(ZONE);
    }

    @Test
    void select_thousandsOfSubnetsAreMissing_warnsOfTheFirstAndCountsTheRest() {
        Subnet[] all = Stream.concat(
                        Stream.of(A1), IntStream.range(0, 5_000).mapToObj(i -> subnet("subnet-x" + i, "10.1.0.0/24")))
                .toArray(Subnet[]::new);

        assertThat(Planning.of(spec(all), node(), A1).attachments().warnings())
                .hasSize(21)
                .endsWith("… and 4,980 more");
        assertThat(Planning.of(spec(all), node()).plan().toString())
                .hasSizeLessThan(10_000)
                .contains("these do not exist: [subnet-a1, subnet-x0", "… and 4,981 more");
    }

    @Test
    void select_subnetOfAnotherZoneIsMissing_warnsAndGoesOn() {
        Plan.Attachments plan = Planning.of(spec(A1, B1), node(), A1).attachments();

        assertThat(plan.interfaces()).hasSize(1);
        assertThat(plan.warnings())
                .containsExactly("subnet-b1 is not there: if it was meant for us-east-1a, the node lacks an interface");
    }

    @Test
    void select_noSubnetInTheZone_namesTheOtherZones() {
        Finding finding = Planning.of(spec(B1, A1, C1), node(), C1, B1).finding();

        assertThat(finding.code()).isEqualTo(Finding.Code.NO_SUBNET_IN_ZONE);
        assertThat(finding.message())
                .contains(NODE, "us-east-1a", "{us-east-1b=[subnet-b1], us-east-1c=[subnet-c1]}")
                .endsWith("these do not exist: [subnet-a1]");
    }

    @Test
    void select_noSubnetAtAll_isBlocked() {
        assertThat(Planning.of(spec(A1), node()).finding().message())
                .contains("there are subnets for no zone", "these do not exist: [subnet-a1]");
    }

    @Test
    void select_groupsDoNotPair_countsBoth() {
        NodeGroupSpec.Builder spec = spec(A1, A2, B1).securityGroups(SecurityGroups.paired("sg-1", "sg-2", "sg-3"));
        Finding finding = Planning.of(spec, node(), A1, A2, B1).finding();

        assertThat(finding.code()).isEqualTo(Finding.Code.GROUPS_DO_NOT_PAIR);
        assertThat(finding.message()).contains("us-east-1a has 2 Multus subnets [subnet-a1, subnet-a2]", "for 3");
    }

    @Test
    void select_groupsPairByPositionInTheZone_notInTheList() {
        NodeGroupSpec.Builder spec = spec(B1, A1, A2).securityGroups(SecurityGroups.paired("sg-1", "sg-2"));

        assertThat(Planning.of(spec, node(), A1, A2, B1).attachments().interfaces())
                .extracting(i -> i.request().securityGroupIds())
                .containsExactly(List.of("sg-1"), List.of("sg-2"));
    }

    @Test
    void select_countsDifferAndElseFirst_theFirstServesAll() {
        NodeGroupSpec.Builder spec = spec(A1).securityGroups(SecurityGroups.pairedElseFirst("sg-1", "sg-2"));

        assertThat(Planning.of(spec, node(), A1).attachments().interfaces())
                .extracting(i -> i.request().securityGroupIds())
                .containsExactly(List.of("sg-1"));
    }

    @Test
    void selection_allGroups_comeOnce() {
        Selection selection =
                new Selection(List.of(A1, A2), List.of(List.of("sg-1", "sg-2"), List.of("sg-1")), List.of());

        assertThat(selection.allSecurityGroupIds()).containsExactly("sg-1", "sg-2");
        assertThat(selection.subnetIds()).containsExactly("subnet-a1", "subnet-a2");
    }
}
