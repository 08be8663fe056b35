package io.github.multus4j.internal.plan;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A zone and its Outposts are different places, and an Outposts server has local network
 * interfaces.
 */
class OutpostsTest {

    private static final String RACK = "arn:aws:outposts:us-east-1:123456789012:outpost/op-0123456789abcdef0";
    private static final String OTHER = "arn:aws:outposts:us-east-1:123456789012:outpost/op-0fedcba9876543210";

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;
    private final Subnet nodes = world.vpc.outpostSubnet("10.0.40.0/24", OneZone.ZONE, RACK);
    private final Subnet onRack = world.vpc.outpostSubnet("10.0.41.0/24", OneZone.ZONE, RACK);
    private final Subnet onOther = world.vpc.outpostSubnet("10.0.42.0/24", OneZone.ZONE, OTHER);
    private final Instance node = world.vpc.launch("m5.4xlarge", nodes, Map.of("multus-ng", "true"));

    private NodeGroupSpec.Builder spec(Subnet... subnets) {
        return world.spec().subnets(List.of(subnets).stream().map(Subnet::id).toArray(String[]::new));
    }

    private Outcome attach(Instance instance, NodeGroupSpec.Builder spec) {
        return world.multus().attach(instance.id(), spec.build(), world.in(Duration.ofMinutes(5)));
    }

    private void attachForCni(int index) {
        NetworkInterface cni = ec2.occupy(nodes, "10.0.40.99");
        ec2.attachNetworkInterface(cni.id(), node.id(), index, 0, world.in(Duration.ofMinutes(1)));
    }

    @Test
    void attach_nodeOnAnOutpost_takesTheSubnetsOfThatOutpost() {
        assertThat(attach(node, spec(world.media, onOther, onRack)))
                .isAttached()
                .hasAddresses("10.0.41.4");
    }

    @Test
    void attach_nodeOfTheRegion_takesNoSubnetOfAnOutpost() {
        assertThat(attach(world.node, spec(onRack, world.media))).isAttached();
        assertThat(world.ours()).extracting(NetworkInterface::subnetId).containsExactly(world.media.id());
    }

    @Test
    void attach_onlyOtherPlacesHaveSubnets_isAFindingWithThem() {
        Outcome outcome = attach(node, spec(world.media, onOther));

        assertThat(outcome.toString())
                .contains(
                        "the instance runs on " + RACK,
                        world.media.id() + " lies on no Outpost",
                        onOther.id() + " lies on " + OTHER);
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "1, 2"})
    void attach_localNetworkInterface_isAtTheIndexOfItsSubnet(int local, int other) {
        world.vpc.enableLniAtDeviceIndex(onRack, local);
        Subnet plain = world.vpc.outpostSubnet("10.0.43.0/24", OneZone.ZONE, RACK);

        Outcome outcome = attach(node, spec(plain, onRack).localNetworkInterfaces(true));

        assertThat(outcome).isAttached().hasDeviceIndexes(other, local);
    }

    @Test
    void attach_localInterfacesAreNotAskedFor_leavesThatIndexAlone() {
        world.vpc.enableLniAtDeviceIndex(onRack, 1);

        assertThat(attach(node, spec(onRack))).isAttached().hasDeviceIndexes(2);
    }

    @Test
    void attach_localIndexIsTaken_isAFinding() {
        world.vpc.enableLniAtDeviceIndex(onRack, 1);
        attachForCni(1);

        Outcome outcome = attach(node, spec(onRack).localNetworkInterfaces(true));

        assertThat(outcome.toString()).contains("device index 1 of " + node.id() + " is taken", onRack.id());
        assertThat(world.ours()).isEmpty();
    }

    @Test
    void attach_localIndexTakenMeanwhile_failsAndLeavesNothing() {
        world.vpc.enableLniAtDeviceIndex(onRack, 1);
        ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).call(1).meanwhile(() -> attachForCni(1));

        Outcome outcome = attach(node, spec(onRack).localNetworkInterfaces(true));

        assertThat(outcome.isReady()).isFalse();
        assertThat(ec2.interfaces().stream().filter(i -> i.subnetId().equals(onRack.id())))
                .isEmpty();
    }
}
