package com.example.controller;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.multus4j.Multus;
import io.github.multus4j.aws.AwsEc2Network;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * Runs the controller until the process is stopped. The node group comes from the variables of
 * docs/operations/variables.md.
 */
public final class Main {

    private Main() {}

    public static void main(String... arguments) throws InterruptedException {
        NodeGroupSpec spec = NodeGroupSpec.fromEnvironment(System.getenv());
        try (Ec2Client ec2 = Ec2Client.create();
                KubernetesClient kubernetes = new KubernetesClientBuilder().build();
                NodeController controller = new NodeController(
                        kubernetes, Multus.using(AwsEc2Network.over(ec2)), spec, Duration.ofSeconds(30))) {
            new CountDownLatch(1).await();
        }
    }
}
