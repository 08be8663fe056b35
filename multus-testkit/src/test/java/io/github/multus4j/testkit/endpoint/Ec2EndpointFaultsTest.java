package io.github.multus4j.testkit.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.ManualTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults, and operations without an AWS API, as a client sees them over HTTP. */
class Ec2EndpointFaultsTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final FakeEc2Network ec2 = FakeEc2Network.strict();
    private Ec2Endpoint endpoint;

    @BeforeEach
    void start() {
        endpoint = Ec2Endpoint.start(ec2);
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void lostResponse_tookEffect_andTheConnectionEnds() throws Exception {
        ec2.faults().on(Action.CREATE_VPC).loseResponse();

        assertThatThrownBy(() -> call("Action=CreateVpc&CidrBlock=10.0.0.0/16")).isInstanceOf(IOException.class);

        assertThat(ec2.journal().calls(Action.CREATE_VPC)).hasSize(1);
        assertThat(call("Action=DescribeVpcs").body()).contains("<cidrBlock>10.0.0.0/16</cidrBlock>");
    }

    @Test
    void throttling_isStatus503() throws Exception {
        ec2.faults().on(Action.DESCRIBE_VPCS).failWith("RequestLimitExceeded");

        HttpResponse<String> response = call("Action=DescribeVpcs");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("<Code>RequestLimitExceeded</Code>");
    }

    @Test
    void failureAfterTheEffect_isAnAnswer() throws Exception {
        ec2.faults().on(Action.CREATE_VPC).takeEffectAndFailWith("InternalError");

        HttpResponse<String> response = call("Action=CreateVpc&CidrBlock=10.0.0.0/16");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(call("Action=DescribeVpcs").body()).contains("10.0.0.0/16");
    }

    @Test
    void latency_isByTheClockOfTheFake() throws Exception {
        ec2.faults().on(Action.DESCRIBE_VPCS).delay(Duration.ofHours(1));

        assertThat(call("Action=DescribeVpcs").statusCode()).isEqualTo(200);

        assertThat(ec2.time().instant()).isEqualTo(ManualTime.START.plus(Duration.ofHours(1)));
    }

    @Test
    void journal_callsAndRefusals_areInItButNoMalformedRequests() throws Exception {
        call("Action=CreateVpc&CidrBlock=10.0.0.0/16");
        call("Action=DeleteVpc&VpcId=vpc-0123456789abcdef0");
        call("Action=Nonsense");

        assertThat(control("GET", "journal").lines())
                .satisfiesExactly(
                        created -> assertThat(created)
                                .startsWith(
                                        "{\"sequence\":1,\"time\":\"2026-01-01T00:00:00Z\",\"action\":\"CreateVpc\"")
                                .contains("\"CidrBlock\":\"10.0.0.0/16\""),
                        refused -> assertThat(refused)
                                .contains("\"action\":\"DeleteVpc\"", "\"errorCode\":\"InvalidVpcID.NotFound\""));
    }

    @Test
    void events_areEventBridges_withTheToken() throws Exception {
        FakeVpc vpc = ec2.vpc("10.0.0.0/16");
        vpc.subnet("10.0.1.0/24", "us-east-1a");
        String instanceId = vpc.launch("m5.4xlarge", "us-east-1a", Map.of()).id();
        String token = ec2.autoScaling().waiting("ng", "attach", instanceId).token();

        assertThat(control("GET", "events").lines())
                .singleElement()
                .asString()
                .contains("\"detail-type\":\"EC2 Instance-launch Lifecycle Action\"", "\"source\":\"aws.autoscaling\"")
                .contains("\"LifecycleActionToken\":\"" + token + "\"", "\"EC2InstanceId\":\"" + instanceId + "\"");
    }

    @Test
    void reset_anyState_forgetsEverythingButNumbersGoOn() throws Exception {
        call("Action=CreateVpc&CidrBlock=10.0.0.0/16");
        ec2.faults().on(Action.DESCRIBE_VPCS).everyCall().failWith("InternalError");

        control("POST", "reset");

        assertThat(control("GET", "journal")).isEmpty();
        assertThat(call("Action=DescribeVpcs").body()).contains("<vpcSet></vpcSet>");
        assertThat(ec2.interfaces()).isEmpty();
    }

    private HttpResponse<String> call(String form) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint.url())
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/ec2/aws4_request")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form + "&Version=2016-11-15"))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private String control(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint.url() + "/_multus/" + path))
                .method(method, BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }
}
