package io.github.multus4j.internal.plan;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.InvalidSpecException;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.nodegroup.SubnetSelection;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.SweepReport;
import io.github.multus4j.result.SweepScope;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Several clusters in one account, with the same trigger tag: each spec is for the instances of its
 * own VPC.
 */
class OtherVpcTest {

    private final OneZone blue = new OneZone();
    private final FakeEc2Network ec2 = blue.ec2;
    private final FakeVpc green = ec2.vpc("10.8.0.0/16");
    private final Subnet greenSubnet = green.subnet("10.8.4.0/24", OneZone.ZONE);
    private final Instance greenNode = green.launch("m5.4xlarge", OneZone.ZONE, Map.of("multus-ng", "true"));

    private Outcome attach(Instance node, NodeGroupSpec.Builder spec) {
        return blue.multus().attach(node.id(), spec.build(), blue.in(Duration.ofMinutes(5)));
    }

    private NodeGroupSpec.Builder spec(Subnet... subnets) {
        return blue.spec().subnets(List.of(subnets).stream().map(Subnet::id).toArray(String[]::new));
    }

    @Test
    void attach_nodeOfAnotherVpc_isSkippedWithBothVpcs() {
        Outcome outcome = attach(greenNode, blue.spec());

        assertThat(outcome).isSkippedBecause(green.id());
        assertThat(outcome.toString()).contains(blue.vpc.id(), blue.signalling.id(), "OtherVpcs=true");
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void attach_otherVpcsAreAskedFor_makesTheInterfaceThere() {
        Outcome outcome = attach(greenNode, spec(blue.signalling).otherVpcs(true));

        assertThat(outcome).isAttached().hasAddresses("10.0.4.4");
    }

    @Test
    void attach_subnetsOfBothVpcs_takesThoseOfTheNodeAndWarnsOfTheOthers() {
        NodeGroupSpec.Builder spec = spec(blue.signalling, greenSubnet)
                .securityGroups(
                        SecurityGroups.shared(green.securityGroup("green").id()));

        Outcome outcome = attach(greenNode, spec);

        assertThat(outcome).isAttached().hasAddresses("10.8.4.4");
        assertThat(((Outcome.Attached) outcome).warnings())
                .singleElement()
                .asString()
                .contains(blue.signalling.id() + " is left out", blue.vpc.id());
    }

    @Test
    void attach_onlyTheOtherZoneHasSubnetsOfTheNodesVpc_isAFinding() {
        Subnet otherZone = green.subnet("10.8.5.0/24", OneZone.OTHER_ZONE);

        Outcome outcome = attach(greenNode, spec(blue.signalling, otherZone));

        assertThat(outcome.toString()).contains("it lies in " + green.id(), blue.vpc.id());
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void attach_noTriggerAndAnotherVpc_isAFinding() {
        NodeGroupSpec.Builder spec = NodeGroupSpec.builder()
                .withoutTrigger()
                .subnets(blue.signalling.id())
                .securityGroups(SecurityGroups.shared(blue.group));

        Outcome outcome = attach(greenNode, spec);

        assertThat(outcome.toString()).contains("it lies in " + green.id(), blue.vpc.id());
    }

    @Test
    void sweep_ofTheRegion_leavesTheOtherClustersNodesAlone() {
        blue.attach();

        SweepReport report = blue.multus()
                .sweep(
                        SweepScope.region(),
                        blue.spec().build(),
                        SweepReport.Mode.MEND,
                        blue.in(Duration.ofMinutes(10)));

        assertThat(report.toString()).doesNotContain(greenNode.id());
        assertThat(ec2.interfaces().stream().filter(i -> i.isAttachedTo(greenNode.id())))
                .hasSize(1);
    }

    @Test
    void build_otherVpcsWithSubnetsByTag_isRefused() {
        NodeGroupSpec.Builder spec =
                blue.spec().subnets(SubnetSelection.tagged("role", "multus")).otherVpcs(true);

        InvalidSpecException refused = catchThrowableOfType(InvalidSpecException.class, spec::build);

        assertThat(refused).hasMessageContaining("otherVpcs").hasMessageContaining("by their ids");
    }
}
