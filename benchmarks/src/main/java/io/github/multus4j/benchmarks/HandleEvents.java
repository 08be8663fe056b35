package io.github.multus4j.benchmarks;

import io.github.multus4j.Multus;
import io.github.multus4j.aws.AwsEc2Network;
import io.github.multus4j.aws.AwsLifecycle;
import io.github.multus4j.ec2.CallRates;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * Handles launch events as a Lambda function does, configured by the reference Lambda's
 * environment: one event a line comes in, one line goes out when it is handled.
 */
final class HandleEvents {

    private HandleEvents() {}

    public static void main(String... arguments) throws IOException {
        NodeGroupSpec spec = NodeGroupSpec.fromEnvironment(System.getenv());
        BufferedReader events = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Ec2Client ec2 = build(Ec2Client.builder());
                AutoScalingClient autoScaling = build(AutoScalingClient.builder())) {
            Multus multus = Multus.builder(AwsEc2Network.over(ec2), AwsLifecycle.over(autoScaling))
                    .callRates(CallRates.unlimited()) // Does not throttle.
                    .build();
            for (String event = events.readLine(); event != null; event = events.readLine()) {
                System.out.println(multus.handle(event, spec, Deadline.in(60_000)));
            }
        }
    }

    /** Endpoint, Region and credentials are the environment's, as boto3's are. */
    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(B builder) {
        return builder.httpClientBuilder(UrlConnectionHttpClient.builder()).build();
    }
}
