package com.example.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.github.multus4j.Multus;
import io.github.multus4j.aws.AwsEc2Network;
import io.github.multus4j.aws.AwsLifecycle;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Outcome;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Attaches the Multus interfaces of a launching node and completes its lifecycle hook. */
public final class NodeHandler implements RequestHandler<Map<String, Object>, String> {

    private final Multus multus;
    private final NodeGroupSpec spec;

    /** Lambda calls this constructor once for each process. */
    public NodeHandler() {
        this(Ec2Client.create(), AutoScalingClient.create(), System.getenv());
    }

    NodeHandler(Ec2Client ec2, AutoScalingClient autoScaling, Map<String, String> environment) {
        multus = Multus.using(AwsEc2Network.over(ec2), AwsLifecycle.over(autoScaling));
        spec = NodeGroupSpec.builder()
                .trigger("multus") // the tag of the nodes that get interfaces
                .subnets(environment.get("SUBNETS").split(","))
                .securityGroups(SecurityGroups.shared(environment.get("SECURITY_GROUP")))
                .addressing(Addressing.lowestFree())
                .hooks("multus")
                .build();
    }

    @Override
    public String handleRequest(Map<String, Object> event, Context context) {
        return handle(event, context.getRemainingTimeInMillis() - 2_000);
    }

    String handle(Map<String, Object> event, long millis) {
        Outcome outcome = multus.handle(event, spec, Deadline.in(millis));
        if (outcome instanceof Outcome.Failed) {
            throw new IllegalStateException(outcome.toString()); // Lambda delivers the event again
        }
        return outcome.toString();
    }
}
