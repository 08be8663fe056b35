package example.consumer;

import io.github.multus4j.result.Outcome;
import io.github.multus4j.aws.CallPolicy;
import io.github.multus4j.aws.RetryingEc2Network;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.Multus;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes a node of the fake ready, through a class of each artifact, and says from which modules
 * they are.
 */
public final class Consumer {

    private Consumer() {}

    public static void main(String... arguments) {
        Outcome outcome = run();
        System.out.println(outcome);
        Stream.of(Multus.class, RetryingEc2Network.class, FakeEc2Network.class)
                .forEach(type -> System.out.println(type.getModule()));
        if (!outcome.isReady()) {
            throw new IllegalStateException(outcome.toString());
        }
    }

    static Outcome run() {
        FakeEc2Network ec2 = FakeEc2Network.strict();
        FakeVpc vpc = ec2.vpc("10.0.0.0/16");
        String subnet = vpc.subnet("10.0.4.0/24", "us-east-1a").id();
        Instance node = vpc.launch("m5.4xlarge", "us-east-1a", Map.of("multus-ng", "true"));
        NodeGroupSpec spec = NodeGroupSpec.builder()
                .trigger("multus-ng")
                .subnets(subnet)
                .securityGroups(SecurityGroups.shared(vpc.securityGroup("multus").id()))
                .build();
        return Multus.using(RetryingEc2Network.over(ec2, CallPolicy.ofDefaults()), ec2.autoScaling())
                .attach(node.id(), spec);
    }
}
