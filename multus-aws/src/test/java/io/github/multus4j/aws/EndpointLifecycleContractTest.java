package io.github.multus4j.aws;

import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleActions;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.contract.LifecycleActionsContract;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;

/** The contract on the adapter over the fake's HTTP endpoint. */
class EndpointLifecycleContractTest extends LifecycleActionsContract {

    private final FakeEc2Network fake = FakeEc2Network.strict();
    private FakeVpc vpc;
    private Ec2Endpoint server;
    private AutoScalingClient client;

    @BeforeEach
    void open() {
        vpc = fake.vpc("10.0.0.0/16");
        vpc.subnet("10.0.0.0/24", "us-east-1a");
        server = Ec2Endpoint.start(fake);
        client = AutoScalingClient.builder()
                .endpointOverride(server.url())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Override
    protected LifecycleActions actions() {
        return AwsLifecycle.over(client);
    }

    @Override
    protected LifecycleAction start() {
        String instance = vpc.launch("m5.large", "us-east-1a", Map.of()).id();
        return fake.autoScaling().waiting("group", "hook", instance);
    }

    @Override
    protected boolean isWaiting(LifecycleAction action) {
        return fake.autoScaling().isWaiting(action);
    }
}
