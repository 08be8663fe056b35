package io.github.multus4j.deploy.lambda;

// region first
import io.github.multus4j.Multus;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import java.util.Map;

class FirstNode {

    static Outcome attach() {
        FakeEc2Network ec2 = FakeEc2Network.strict();
        FakeVpc vpc = ec2.vpc("10.0.0.0/16");
        Subnet signalling = vpc.subnet("10.0.4.0/24", "us-east-1a");
        Subnet media = vpc.subnet("10.0.6.0/24", "us-east-1a");
        Instance node = vpc.launch("m5.4xlarge", "us-east-1a", Map.of("multus-ng", "true"));

        NodeGroupSpec spec = NodeGroupSpec.builder()
                .trigger("multus-ng")
                .subnets(signalling.id(), media.id())
                .securityGroups(
                        SecurityGroups.shared(vpc.securityGroup("multus").id()))
                .build();
        return Multus.using(ec2, ec2.autoScaling()).attach(node.id(), spec);
    }

    public static void main(String[] args) {
        System.out.println(attach()); // attached i-…: 1: eni-… 10.0.4.4, 2: eni-… 10.0.6.4
    }
}
// endregion
