package com.example.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.github.multus4j.Multus;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The controller on a Kubernetes API in memory and on a fake EC2. */
@EnableKubernetesMockClient(crud = true)
class NodeControllerTest {

    private KubernetesClient kubernetes; // set by the annotation
    private final FakeEc2Network ec2 = FakeEc2Network.strict();
    private final FakeVpc vpc = ec2.vpc("10.0.0.0/16");
    private final Instance instance = vpc.launch("m5.4xlarge", "us-east-1a", Map.of("multus-ng", "true"));
    private NodeController controller;

    @BeforeEach
    void start() {
        NodeGroupSpec spec = NodeGroupSpec.builder()
                .trigger("multus-ng")
                .subnets(
                        vpc.subnet("10.0.4.0/24", "us-east-1a").id(),
                        vpc.subnet("10.0.6.0/24", "us-east-1a").id())
                .securityGroups(
                        SecurityGroups.shared(vpc.securityGroup("multus").id()))
                .build();
        Multus multus = Multus.builder(ec2)
                .time(ec2.clock(), ec2.time())
                .executor(Runnable::run)
                .build();
        controller = new NodeController(kubernetes, multus, spec, Duration.ofMillis(50));
    }

    @AfterEach
    void stop() {
        controller.close();
    }

    @Test
    void add_labelledNode_getsItsInterfacesAndLosesTheTaint() {
        join("node-1", Map.of("multus", "true"));

        awaitNoTaint("node-1");
        assertEquals(3, ec2.instance(instance.id()).attachments().size());
    }

    @Test
    void add_firstAttemptIsRefused_isRepeated() {
        ec2.faults().on(Action.CREATE_NETWORK_INTERFACE).nextCalls(2).failWith("UnauthorizedOperation");

        join("node-1", Map.of("multus", "true"));

        awaitNoTaint("node-1");
        assertEquals(3, ec2.instance(instance.id()).attachments().size());
    }

    @Test
    void add_nodeWithoutLabel_isLeftAlone() {
        join("node-1", Map.of());
        join("node-2", Map.of("multus", "true"));

        awaitNoTaint("node-2");
        assertEquals(
                1,
                kubernetes
                        .nodes()
                        .withName("node-1")
                        .get()
                        .getSpec()
                        .getTaints()
                        .size());
    }

    private void join(String name, Map<String, String> labels) {
        Node node = new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withProviderID("aws:///us-east-1a/" + instance.id())
                .addNewTaint()
                .withKey("multus")
                .withEffect("NoSchedule")
                .endTaint()
                .endSpec()
                .build();
        kubernetes.resource(node).create();
    }

    private void awaitNoTaint(String name) {
        kubernetes
                .nodes()
                .withName(name)
                .waitUntilCondition(
                        node -> node != null && List.of().equals(node.getSpec().getTaints()), 30, TimeUnit.SECONDS);
    }
}
