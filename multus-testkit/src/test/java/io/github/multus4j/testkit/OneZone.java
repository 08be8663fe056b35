package io.github.multus4j.testkit;

import io.github.multus4j.Multus;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.AttachListener;
import io.github.multus4j.result.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The world of most tests here: one zone with two Multus subnets, another zone with two, and a node
 * that asks for interfaces.
 */
final class OneZone {

    static final String ZONE = "us-east-1a";
    static final String OTHER_ZONE = "us-east-1b";

    final FakeEc2Network ec2 = FakeEc2Network.strict();
    final FakeVpc vpc = ec2.vpc("10.0.0.0/16");
    final Subnet signalling = vpc.subnet("10.0.4.0/24", ZONE);
    final Subnet media = vpc.subnet("10.0.6.0/24", ZONE);
    final Subnet otherSignalling = vpc.subnet("10.0.5.0/24", OTHER_ZONE);
    final Subnet otherMedia = vpc.subnet("10.0.7.0/24", OTHER_ZONE);
    final String group = vpc.securityGroup("multus").id();
    final Instance node = launch();

    Instance launch() {
        return vpc.launch("m5.4xlarge", ZONE, Map.of("multus-ng", "true"));
    }

    /** The spec of the tests: four subnets in two zones, lowest free addresses. */
    NodeGroupSpec.Builder spec() {
        return NodeGroupSpec.builder()
                .trigger("multus-ng")
                .subnets(signalling.id(), media.id(), otherSignalling.id(), otherMedia.id())
                .securityGroups(SecurityGroups.shared(group));
    }

    Multus multus() {
        return multus(AttachListener.NONE);
    }

    Multus multus(AttachListener listener) {
        return Multus.builder(ec2, ec2.autoScaling())
                .time(ec2.time(), ec2.time())
                .listener(listener)
                .build();
    }

    /**
     * Runs all tasks in the calling thread, one after the other, so that manual time passes
     * exactly.
     */
    Multus multusInOneThread() {
        return multusInOneThread(AttachListener.NONE);
    }

    Multus multusInOneThread(AttachListener listener) {
        return Multus.builder(ec2, ec2.autoScaling())
                .time(ec2.time(), ec2.time())
                .listener(listener)
                .executor(Runnable::run)
                .build();
    }

    Outcome attach() {
        return attach(spec());
    }

    Outcome attach(NodeGroupSpec.Builder spec) {
        return multus().attach(node.id(), spec.build(), in(Duration.ofMinutes(5)));
    }

    Deadline in(Duration duration) {
        return Deadline.in(duration, ec2.time());
    }

    /**
     * An interface as the reference Lambda leaves it: hidden from the VPC CNI, without owner tags,
     * with the check off.
     */
    void attachAsTheReferenceDoes(Subnet subnet, int deviceIndex) {
        Deadline deadline = in(Duration.ofMinutes(1));
        NetworkInterface made = ec2.createNetworkInterface(
                new NewNetworkInterface(
                        subnet.id(),
                        null,
                        List.of(),
                        0,
                        List.of(group),
                        "",
                        Map.of(OwnerTags.NO_MANAGE, "true"),
                        "reference-" + subnet.id()),
                deadline);
        ec2.attachNetworkInterface(made.id(), node.id(), deviceIndex, 0, deadline);
        ec2.modifySourceDestCheck(made.id(), false, deadline);
    }

    /** The interfaces that were made for the node, attached or not. */
    List<NetworkInterface> ours() {
        return ec2.interfaces().stream()
                .filter(i -> node.id().equals(i.tags().get(OwnerTags.INSTANCE_ID)))
                .toList();
    }
}
