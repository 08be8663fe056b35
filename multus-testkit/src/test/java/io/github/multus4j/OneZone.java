package io.github.multus4j;

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
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The world of most tests here: one zone with two Multus subnets, another zone with two, and a node
 * that asks for interfaces.
 */
public final class OneZone {

    public static final String ZONE = "us-east-1a";
    public static final String OTHER_ZONE = "us-east-1b";

    public final FakeEc2Network ec2 = FakeEc2Network.strict();
    public final FakeVpc vpc = ec2.vpc("10.0.0.0/16");
    public final Subnet signalling = vpc.subnet("10.0.4.0/24", ZONE);
    public final Subnet media = vpc.subnet("10.0.6.0/24", ZONE);
    public final Subnet otherSignalling = vpc.subnet("10.0.5.0/24", OTHER_ZONE);
    public final Subnet otherMedia = vpc.subnet("10.0.7.0/24", OTHER_ZONE);
    public final String group = vpc.securityGroup("multus").id();
    public final Instance node = launch();

    public Instance launch() {
        return vpc.launch("m5.4xlarge", ZONE, Map.of("multus-ng", "true"));
    }

    /** The spec of the tests: four subnets in two zones, lowest free addresses. */
    public NodeGroupSpec.Builder spec() {
        return NodeGroupSpec.builder()
                .trigger("multus-ng")
                .subnets(signalling.id(), media.id(), otherSignalling.id(), otherMedia.id())
                .securityGroups(SecurityGroups.shared(group));
    }

    public Multus multus() {
        return multus(AttachListener.NONE);
    }

    /**
     * Runs all tasks in the calling thread, one after the other, so that a run takes the same
     * manual time at every run of a test.
     */
    public Multus multus(AttachListener listener) {
        return builder(listener).executor(Runnable::run).build();
    }

    public Multus multusInThreads() {
        return multusInThreads(AttachListener.NONE);
    }

    /**
     * Runs tasks side by side, as in production. Each thread that sleeps moves the common time.
     */
    public Multus multusInThreads(AttachListener listener) {
        return builder(listener).build();
    }

    private Multus.Builder builder(AttachListener listener) {
        return Multus.builder(ec2, ec2.autoScaling())
                .time(ec2.time(), ec2.time())
                .listener(listener);
    }

    public Outcome attach() {
        return attach(spec());
    }

    public Outcome attach(NodeGroupSpec.Builder spec) {
        return multus().attach(node.id(), spec.build(), in(Duration.ofMinutes(5)));
    }

    public Deadline in(Duration duration) {
        return Deadline.in(duration, ec2.time());
    }

    /**
     * An interface as the reference Lambda leaves it: hidden from the VPC CNI, without owner tags,
     * with the check off.
     */
    public void attachAsTheReferenceDoes(Subnet subnet, int deviceIndex) {
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
    public List<NetworkInterface> ours() {
        return ec2.interfaces().stream()
                .filter(i -> node.id().equals(i.tags().get(OwnerTags.INSTANCE_ID)))
                .toList();
    }
}
