package io.github.multus4j.deploy.lambda;

import io.github.multus4j.aws.AwsEc2Network;
import io.github.multus4j.aws.Json;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Filter;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes once through what a launch needs, before Lambda takes the snapshot that the function starts from, so that the snapshot has the classes,
 * compiled code and TLS of a first call in it. It reads an event and asks EC2 what any launch asks; it changes nothing, needs no permission that a
 * launch does not need, and whatever goes wrong, the function starts without it.
 *
 * <p>Nothing of it is kept but classes: the clients are its own, with their credentials, and their connections are closed.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html">Improving startup performance with Lambda SnapStart</a>
 */
final class Priming {

    private static final Logger LOG = LoggerFactory.getLogger(Priming.class);

    private static final long MOST_MILLIS = 5_000;

    /** Of that id there is no instance. */
    private static final String NOBODY = "i-00000000000000000";

    private static final String EVENT = """
            {"source":"aws.autoscaling","detail-type":"EC2 Instance-launch Lifecycle Action","time":"2026-01-01T00:00:00Z",\
            "detail":{"LifecycleActionToken":"00000000-0000-0000-0000-000000000000","AutoScalingGroupName":"none",\
            "LifecycleHookName":"none","EC2InstanceId":"%s","LifecycleTransition":"autoscaling:EC2_INSTANCE_LAUNCHING",\
            "Origin":"EC2","Destination":"AutoScalingGroup"}}""".formatted(NOBODY);

    private Priming() {}

    /** Does so if this start is for a snapshot, and otherwise nothing. */
    static void beforeSnapshot(Map<String, String> environment, NodeGroupSpec spec, MultusFunction function) {
        if (!"snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
            return;
        }
        // Java would answer from the snapshot for half a minute, where EC2's addresses were looked up long ago.
        Security.setProperty("networkaddress.cache.ttl", "0");
        try (AwsClients clients = AwsClients.forOnce(environment)) {
            String read =
                    Json.write(EventText.readObject(new ByteArrayInputStream(EVENT.getBytes(StandardCharsets.UTF_8))));
            function.events(Json.read(read));
            look(AwsEc2Network.over(clients.ec2()), spec, Deadline.in(MOST_MILLIS));
        } catch (IOException | RuntimeException e) {
            LOG.warn("the snapshot is taken without priming, so the first events take longer: {}", e.toString());
        }
    }

    private static void look(Ec2Network ec2, NodeGroupSpec spec, Deadline deadline) {
        ec2.describeInstances(List.of(Filter.of("instance-id", NOBODY)), deadline);
        ec2.describeSubnets(spec.subnets().filters(), deadline);
        ec2.describeNetworkInterfaces(List.of(Filter.of("attachment.instance-id", NOBODY)), deadline);
    }
}
