package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.multus4j.result.Outcome;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.Multus;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirstContactTest {

    @Test
    void attach_nodeOfTheGroup_makesOneInterfacePerSubnet() {
        FakeEc2Network ec2 = FakeEc2Network.strict();
        FakeVpc vpc = ec2.vpc("10.0.0.0/16");
        Subnet signalling = vpc.subnet("10.0.4.0/24", "us-east-1a");
        Subnet media = vpc.subnet("10.0.6.0/24", "us-east-1a");
        Instance node = vpc.launch("m5.4xlarge", "us-east-1a", Map.of("multus-ng", "true"));
        NodeGroupSpec spec = NodeGroupSpec.builder()
                .trigger("multus-ng")
                .subnets(signalling.id(), media.id())
                .securityGroups(SecurityGroups.shared(vpc.securityGroup("multus").id()))
                .build();

        Outcome outcome = Multus.using(ec2, ec2.autoScaling()).attach(node.id(), spec);

        assertTrue(outcome.isReady(), outcome::toString);
        long multusInterfaces = ec2.interfaces().stream()
                .filter(it -> it.subnetId().equals(signalling.id()) || it.subnetId().equals(media.id()))
                .filter(it -> it.attachment() != null && it.attachment().deviceIndex() > 0)
                .count();
        assertEquals(2, multusInterfaces);
    }

    /** Only this project decides about JUnit's version. */
    @Test
    void junit_isTheVersionOfThisProject() {
        String jar = Test.class.getProtectionDomain().getCodeSource().getLocation().getPath();

        assertEquals("junit-jupiter-api-5.11.4.jar", jar.substring(jar.lastIndexOf('/') + 1));
    }
}
