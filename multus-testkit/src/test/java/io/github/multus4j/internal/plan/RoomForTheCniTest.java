package io.github.multus4j.internal.plan;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.NetworkCards;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Plan;
import io.github.multus4j.testkit.FakeEc2Network;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The plan warns of conflicts between the VPC CNI and the Multus interfaces. */
class RoomForTheCniTest {

    private static final String NOTHING_LEFT = "no interface left for the VPC CNI";
    private static final String SAME_SUBNET = "is a Multus subnet and that of";

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;

    private Instance node(String type) {
        return world.vpc.launch(type, OneZone.ZONE, Map.of("multus-ng", "true"));
    }

    private Outcome attach(Instance node, NodeGroupSpec.Builder spec) {
        return world.multus().attach(node.id(), spec.build(), world.in(Duration.ofMinutes(5)));
    }

    private static List<String> warnings(Outcome outcome) {
        return outcome instanceof Outcome.Attached attached
                ? attached.warnings()
                : ((Outcome.Complete) outcome).warnings();
    }

    private void attachForCni(Instance node, Subnet subnet, String address, int index) {
        NetworkInterface cni = ec2.occupy(subnet, address);
        ec2.attachNetworkInterface(cni.id(), node.id(), index, 0, world.in(Duration.ofMinutes(1)));
    }

    @Test
    void lastInterfaceIsTaken_planAndOutcomeWarn() {
        Instance node = node("m5.large");

        Plan.Attachments plan =
                (Plan.Attachments) world.multus().plan(node.id(), world.spec().build());
        Outcome outcome = attach(node, world.spec());

        assertThat(plan.warnings()).singleElement().asString().contains(NOTHING_LEFT, node.id(), "m5.large", "trunk");
        assertThat(warnings(outcome)).isEqualTo(plan.warnings());
    }

    @Test
    void oneIsLeft_noWarning() {
        assertThat(warnings(attach(node("m5.large"), world.spec().subnets(world.media.id()))))
                .isEmpty();
    }

    @Test
    void lastInterfaceWasTakenBefore_completeWarnsToo() {
        Instance node = node("m5.large");
        attach(node, world.spec());

        Outcome again = attach(node, world.spec());

        assertThat(again).isComplete();
        assertThat(warnings(again)).singleElement().asString().contains(NOTHING_LEFT);
    }

    @Test
    void theCniHasItsInterfaceAndTheNodeIsFull_finishedNodeIsAsWanted() {
        Instance node = node("m5.large");
        NodeGroupSpec.Builder spec = world.spec().subnets(world.media.id());
        attach(node, spec);
        attachForCni(node, world.vpc.subnet("10.0.30.0/24", OneZone.ZONE), "10.0.30.9", 2);

        assertThat(warnings(attach(node, spec))).isEmpty();
    }

    @Test
    void firstCardIsFull_warnsAndNamesTheOtherCards() {
        Outcome outcome = attach(node("p5.48xlarge"), world.spec());

        assertThat(warnings(outcome))
                .singleElement()
                .asString()
                .contains("network card 0 of", NOTHING_LEFT, "another network card for some (NetworkCards)");
    }

    @Test
    void firstCardIsLeftAlone_noWarning() {
        Outcome outcome = attach(node("p5.48xlarge"), world.spec().networkCards(NetworkCards.only(1)));

        assertThat(outcome).isAttached();
        assertThat(warnings(outcome)).isEmpty();
    }

    @Test
    void nodesOwnSubnetIsAMultusSubnet_warns() {
        Instance node = world.vpc.launch("m5.4xlarge", world.media, Map.of("multus-ng", "true"));

        Outcome outcome = attach(node, world.spec());

        assertThat(outcome).isAttached();
        assertThat(warnings(outcome))
                .singleElement()
                .asString()
                .contains(world.media.id(), SAME_SUBNET, node.id(), "a subnet of their own");
    }

    @Test
    void nodesOwnSubnetIsAMultusSubnet_planAndLaterRunsWarnToo() {
        Instance node = world.vpc.launch("m5.4xlarge", world.media, Map.of("multus-ng", "true"));

        Plan.Attachments plan =
                (Plan.Attachments) world.multus().plan(node.id(), world.spec().build());
        attach(node, world.spec());

        assertThat(plan.warnings()).singleElement().asString().contains(SAME_SUBNET);
        assertThat(warnings(attach(node, world.spec())))
                .singleElement()
                .asString()
                .contains(SAME_SUBNET);
    }

    @Test
    void nodesOwnSubnetBelongsToAnotherSpec_noWarning() {
        Instance node = world.vpc.launch("m5.4xlarge", world.media, Map.of("multus-ng", "true"));

        assertThat(warnings(attach(node, world.spec().subnets(world.signalling.id()))))
                .isEmpty();
    }
}
