package com.example.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.multus4j.Multus;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.simulation.SearchReport;
import io.github.multus4j.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Failures that no emulator plays: refused calls, lost answers, processes that die. */
class FaultsTest {

    private final FakeEc2Network ec2 = FakeEc2Network.strict();
    private final FakeVpc vpc = ec2.vpc("10.0.0.0/16");
    private final NodeGroupSpec spec = NodeGroupSpec.builder()
            .trigger("multus")
            .subnets(vpc.subnet("10.0.4.0/24", "us-east-1a").id())
            .securityGroups(SecurityGroups.shared(vpc.securityGroup("multus").id()))
            .build();
    private final Instance node = vpc.launch("m5.4xlarge", "us-east-1a", Map.of("multus", "true"));
    private final NodeHandler handler = new NodeHandler(
            Multus.builder(ec2)
                    .time(ec2.clock(), ec2.time())
                    .executor(Runnable::run)
                    .build(),
            group -> Optional.of(spec));

    @Test
    void handle_answerOfTheCreationIsLost_makesOneInterface() {
        ec2.faults().on(Action.CREATE_NETWORK_INTERFACE).loseResponse();

        Outcome outcome = handle();

        assertTrue(outcome.isReady(), outcome::toString);
        assertEquals(2, ec2.instance(node.id()).attachments().size());
    }

    @Test
    void handle_attachmentIsDenied_leavesNothingBehind() {
        ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");

        assertInstanceOf(Outcome.Failed.class, handle());

        assertEquals(1, ec2.interfaces().size(), "the primary interface only");
    }

    @Test
    void handle_randomHistories_keepsTheInvariants() {
        Simulation simulation = Simulation.of((process, wanted) -> new NodeHandler(
                Multus.builder(process.ec2(), process.autoScaling())
                        .time(process.clock(), process.sleeper())
                        .executor(process.executor())
                        .build(),
                group -> Optional.of(wanted))::handle);

        SearchReport report = simulation.search(1, 200);

        assertTrue(report.isGood(), report::toString);
    }

    private Outcome handle() {
        return handler.handle(Events.launch(node.id(), "amf"), Deadline.in(Duration.ofMinutes(1), ec2.clock()));
    }
}
