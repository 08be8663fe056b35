package com.example.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The handler with the real SDK clients, which talk to a fake EC2 over HTTP. */
class NodeHandlerTest {

    private final FakeEc2Network aws = FakeEc2Network.strict(Clock.systemUTC(), Sleeper.SYSTEM);
    private final FakeVpc vpc = aws.vpc("10.0.0.0/16");
    private final Map<String, String> environment = Map.of(
            "SUBNETS",
            vpc.subnet("10.0.4.0/24", "us-east-1a").id() + ","
                    + vpc.subnet("10.0.6.0/24", "us-east-1a").id(),
            "SECURITY_GROUP",
            vpc.securityGroup("multus").id());
    private final Ec2Endpoint endpoint = Ec2Endpoint.start(aws);
    private final Ec2Client ec2 = at(endpoint.url(), Ec2Client.builder()).build();
    private final AutoScalingClient autoScaling =
            at(endpoint.url(), AutoScalingClient.builder()).build();
    private final NodeHandler handler = new NodeHandler(ec2, autoScaling, environment);

    @AfterEach
    void close() {
        ec2.close();
        autoScaling.close();
        endpoint.close();
    }

    @Test
    void handle_launchOfATaggedNode_attachesTheInterfacesAndContinues() {
        Instance node = vpc.launch("m5.4xlarge", "us-east-1a", Map.of("multus", "true"));
        LifecycleAction action = aws.autoScaling().waiting("workers", "multus", node.id());

        String answer = handler.handle(aws.autoScaling().launchEvent(action), 60_000);

        assertTrue(answer.startsWith("attached " + node.id()), answer);
        assertEquals(3, attachedTo(node));
        assertEquals(
                LifecycleAction.Result.CONTINUE,
                aws.autoScaling().result(action).orElseThrow());
    }

    @Test
    void handle_launchOfAnotherNode_isSkipped() {
        Instance node = vpc.launch("m5.4xlarge", "us-east-1a", Map.of());
        LifecycleAction action = aws.autoScaling().waiting("workers", "multus", node.id());

        String answer = handler.handle(aws.autoScaling().launchEvent(action), 60_000);

        assertTrue(answer.startsWith("skipped "), answer);
        assertEquals(1, attachedTo(node));
    }

    @Test
    void handle_callThatIsDenied_failsTheInvocation() {
        Instance node = vpc.launch("m5.4xlarge", "us-east-1a", Map.of("multus", "true"));
        LifecycleAction action = aws.autoScaling().waiting("workers", "multus", node.id());
        aws.faults().on(Action.CREATE_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");

        Map<String, Object> event = aws.autoScaling().launchEvent(action);
        assertThrows(IllegalStateException.class, () -> handler.handle(event, 60_000));

        assertFalse(aws.autoScaling().isWaiting(action), "a denial does not heal, so the hook is completed");
    }

    private long attachedTo(Instance node) {
        return aws.instance(node.id()).attachments().size();
    }

    private static <B extends AwsClientBuilder<B, ?>> B at(URI endpoint, B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
    }
}
