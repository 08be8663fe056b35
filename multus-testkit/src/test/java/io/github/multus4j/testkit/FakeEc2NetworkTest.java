package io.github.multus4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceState;
import io.github.multus4j.ec2.InterfaceStatus;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FakeEc2NetworkTest {

    private final FakeEc2Network ec2 = FakeEc2Network.strict();
    private final FakeVpc vpc = ec2.vpc("10.0.0.0/16");
    private final Deadline deadline = Deadline.in(Duration.ofMinutes(1), ec2.clock());

    @Test
    void port_wholeLifeOfAnInterface_isSeenAtEachStep() {
        Subnet subnet = vpc.dualStackSubnet("10.0.4.0/24", "us-east-1a");
        SecurityGroup group = vpc.securityGroup("media");
        Instance node = vpc.launch("m5.4xlarge", "us-east-1a", Map.of("multus-ng", "true"));

        NetworkInterface made = ec2.createNetworkInterface(
                new NewNetworkInterface(
                        subnet.id(),
                        IpAddress.parse("10.0.4.4"),
                        List.of(),
                        1,
                        List.of(group.id()),
                        "one",
                        Map.of("k", "v"),
                        "token"),
                deadline);
        ec2.modifySourceDestCheck(made.id(), false, deadline);
        String attachmentId = ec2.attachNetworkInterface(made.id(), node.id(), 1, 0, deadline);
        ec2.modifyDeleteOnTermination(made.id(), attachmentId, true, deadline);

        assertThat(made.status()).isEqualTo(InterfaceStatus.PENDING);
        NetworkInterface seen = ec2.describeNetworkInterfaces(
                        List.of(Filter.of("attachment.instance-id", node.id()), Filter.of("subnet-id", subnet.id())),
                        deadline)
                .get(0);
        assertThat(seen.id()).isEqualTo(made.id());
        assertThat(seen.status()).isEqualTo(InterfaceStatus.IN_USE);
        assertThat(seen.sourceDestCheck()).isFalse();
        assertThat(seen.ipv4Addresses()).containsExactly(IpAddress.parse("10.0.4.4"));
        assertThat(seen.ipv6Addresses()).hasSize(1);
        assertThat(seen.attachment())
                .extracting(Attachment::deleteOnTermination)
                .isEqualTo(true);
        assertThat(ec2.describeInstance(node.id(), deadline))
                .get()
                .satisfies(i -> assertThat(i.attachments()).hasSize(2))
                .extracting(Instance::state)
                .isEqualTo(InstanceState.RUNNING);

        ec2.detachNetworkInterface(attachmentId, deadline);
        ec2.deleteNetworkInterface(made.id(), deadline);
        ec2.deleteNetworkInterface(made.id(), deadline);
        assertThat(ec2.interfaces()).hasSize(1);
    }
}
