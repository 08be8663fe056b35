package io.github.multus4j.internal.plan;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Multus;
import io.github.multus4j.OlderPort;
import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Security groups of another VPC; an association makes them usable in the subnet's VPC. */
class AssociatedGroupsTest {

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;
    private final FakeVpc hub = ec2.vpc("10.1.0.0/16");
    private final SecurityGroup shared = hub.securityGroup("shared");

    private NodeGroupSpec.Builder spec(String... groups) {
        return world.spec().securityGroups(SecurityGroups.shared(groups));
    }

    @Test
    void attach_groupIsAssociated_isUsed() {
        ec2.associate(shared, world.vpc);

        Outcome outcome = world.attach(spec(shared.id()));

        assertThat(outcome).isAttached();
        assertThat(((Outcome.Attached) outcome).warnings()).isEmpty();
        assertThat(world.ours())
                .allSatisfy(i -> assertThat(i.securityGroupIds()).containsExactly(shared.id()));
    }

    @Test
    void attach_groupIsNotAssociated_isAFindingWithTheRemedy() {
        Outcome outcome = world.attach(spec(shared.id()));

        assertThat(outcome.toString()).contains(shared.id(), hub.id(), "AssociateSecurityGroupVpc");
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void attach_groupIsAssociatedWithAThirdVpc_isAFinding() {
        ec2.associate(shared, ec2.vpc("10.2.0.0/16"));

        assertThat(world.attach(spec(shared.id())).toString())
                .contains("the group is not associated with " + world.vpc.id());
    }

    @Test
    void attach_associationIsMadeAfterARefusal_isSeenBySameProcess() {
        Multus process = world.multus();
        NodeGroupSpec spec = spec(shared.id()).build();
        process.attach(world.node.id(), spec, world.in(Duration.ofMinutes(5)));

        ec2.associate(shared, world.vpc);

        assertThat(process.attach(world.node.id(), spec, world.in(Duration.ofMinutes(5))))
                .isAttached();
    }

    @Test
    void attach_oneOfTwoGroupsIsAssociated_bothAreUsed() {
        ec2.associate(shared, world.vpc);

        assertThat(world.attach(spec(world.group, shared.id()))).isAttached();
        assertThat(ec2.journal().calls(Action.DESCRIBE_SECURITY_GROUP_VPC_ASSOCIATIONS))
                .hasSize(1);
    }

    @Test
    void attach_groupsOfTheSubnetsVpc_doesNotAskForAssociations() {
        assertThat(world.attach()).isAttached();
        assertThat(ec2.journal().calls(Action.DESCRIBE_SECURITY_GROUP_VPC_ASSOCIATIONS))
                .isEmpty();
    }

    @Test
    void attach_associationsMayNotBeRead_warnsAndLetsEc2Decide() {
        ec2.associate(shared, world.vpc);
        ec2.faults()
                .on(Action.DESCRIBE_SECURITY_GROUP_VPC_ASSOCIATIONS)
                .everyCall()
                .failWith("UnauthorizedOperation");

        Outcome outcome = world.attach(spec(shared.id()));

        assertThat(outcome).isAttached();
        assertThat(((Outcome.Attached) outcome).warnings())
                .anySatisfy(warning ->
                        assertThat(warning).contains(shared.id(), "ec2:DescribeSecurityGroupVpcAssociations"));
    }

    @Test
    void attach_regionDoesNotKnowTheAction_warnsAndLetsEc2Decide() {
        ec2.associate(shared, world.vpc);
        ec2.faults()
                .on(Action.DESCRIBE_SECURITY_GROUP_VPC_ASSOCIATIONS)
                .everyCall()
                .failWith("InvalidAction");

        assertThat(world.attach(spec(shared.id()))).isAttached();
    }

    @Test
    void attach_olderPort_letsEc2Decide() {
        Multus older = Multus.builder(new OlderPort(ec2), ec2.autoScaling())
                .time(ec2.time(), ec2.time())
                .executor(Runnable::run)
                .build();
        NodeGroupSpec spec = spec(shared.id()).build();

        Outcome refused = older.attach(world.node.id(), spec, world.in(Duration.ofMinutes(5)));
        ec2.associate(shared, world.vpc);
        Outcome taken = older.attach(world.node.id(), spec, world.in(Duration.ofMinutes(5)));

        assertThat(refused).isFailedBecause(Cause.Code.EC2, shared.id()).leftNothingBehind();
        assertThat(taken).isAttached();
    }
}
