package io.github.multus4j.deploy.lambda;

import io.github.multus4j.aws.AwsEc2Network;
import io.github.multus4j.aws.Json;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the calls of a launch once before Lambda takes the function's snapshot, so that the
 * snapshot contains the classes, compiled code and TLS state of a first call. It reads an event and
 * makes the reads of any launch. It changes nothing, and needs no further permission. After any
 * failure, the function starts without it.
 *
 * <p>Only classes are kept: the clients and their credentials are separate, and their connections
 * are closed.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html">Improving startup
 *     performance with Lambda SnapStart</a>
 */
final class Priming {

    private static final Logger LOG = LoggerFactory.getLogger(Priming.class);

    private static final long MAX_MILLIS = 5_000;

    /** No instance has this id. */
    private static final String ABSENT_INSTANCE = "i-00000000000000000";

    private static final String EVENT = """
            {"source":"aws.autoscaling","detail-type":"EC2 Instance-launch Lifecycle Action","time":"2026-01-01T00:00:00Z",\
            "detail":{"LifecycleActionToken":"00000000-0000-0000-0000-000000000000","AutoScalingGroupName":"none",\
            "LifecycleHookName":"none","EC2InstanceId":"%s","LifecycleTransition":"autoscaling:EC2_INSTANCE_LAUNCHING",\
            "Origin":"EC2","Destination":"AutoScalingGroup"}}""".formatted(ABSENT_INSTANCE);

    private Priming() {}

    /** Primes the process if this start is for a snapshot. */
    static void beforeSnapshot(
            Map<String, String> environment, @Nullable URI endpoint, NodeGroupSpec spec, MultusFunction function) {
        if (!"snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
            return;
        }
        // Java would answer from the snapshot for half a minute, with old addresses of EC2.
        Security.setProperty("networkaddress.cache.ttl", "0");
        try (AwsClients clients = AwsClients.forOnce(environment, endpoint)) {
            String read =
                    Json.write(EventText.readObject(new ByteArrayInputStream(EVENT.getBytes(StandardCharsets.UTF_8))));
            function.events(Json.read(read));
            look(AwsEc2Network.over(clients.ec2()), spec, Deadline.in(MAX_MILLIS));
        } catch (IOException | RuntimeException e) {
            LOG.warn("the snapshot is taken without priming, so the first events take longer: {}", e.toString());
        }
    }

    private static void look(Ec2Network ec2, NodeGroupSpec spec, Deadline deadline) {
        ec2.describeInstances(List.of(Filter.of("instance-id", ABSENT_INSTANCE)), deadline);
        ec2.describeSubnets(spec.subnets().filters(), deadline);
        ec2.describeNetworkInterfaces(List.of(Filter.of("attachment.instance-id", ABSENT_INSTANCE)), deadline);
    }
}
