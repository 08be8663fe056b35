package io.github.multus4j.deploy.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Multus;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nodes of one zone that launch at once all want the same lowest address. */
class LaunchStormTest {

    private static final int NODES = 20;

    @Test
    void storm_nodesOfOneZone_getTheirInterfacesDensely() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(NODES);
        try (FakeStage stage = new FakeStage()) {
            NodeGroupSpec spec = NodeGroupSpec.fromEnvironment(stage.variables);
            List<Callable<Outcome>> launches = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                Instance node = stage.node();
                // One function for each event, as Lambda does: they share nothing but EC2.
                Multus multus = Multus.using(stage.ec2, stage.ec2.autoScaling());
                launches.add(() -> multus.attach(node.id(), spec, Deadline.in(60_000)));
            }
            for (Future<Outcome> outcome : threads.invokeAll(launches)) {
                assertThat(outcome.get()).isInstanceOf(Outcome.Attached.class);
            }
            assertThat(addresses(stage, stage.signalling)).containsExactlyInAnyOrderElementsOf(lowest("10.0.4."));
            assertThat(addresses(stage, stage.media)).containsExactlyInAnyOrderElementsOf(lowest("10.0.6."));
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> addresses(FakeStage stage, Subnet subnet) {
        return stage.ec2.interfaces().stream()
                .filter(it -> it.subnetId().equals(subnet.id()))
                .map(NetworkInterface::ipv4Addresses)
                .map(all -> all.get(0).toString())
                .toList();
    }

    private static List<String> lowest(String prefix) {
        return IntStream.range(4, 4 + NODES).mapToObj(i -> prefix + i).toList();
    }
}
