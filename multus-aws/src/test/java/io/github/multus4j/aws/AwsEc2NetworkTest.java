package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.net.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The adapter's calls: requests, retries, and the exceptions for failures. */
class AwsEc2NetworkTest extends CannedEc2 {

    @Test
    void createNetworkInterface_allAttributes_makesOneCall() {
        endpoint.ec2("CreateNetworkInterface", created());

        NetworkInterface eni = ec2.createNetworkInterface(
                new NewNetworkInterface(
                        "subnet-1",
                        IpAddress.parse("10.0.4.4"),
                        List.of(IpAddress.parse("2001:db8::4")),
                        0,
                        List.of("sg-1", "sg-2"),
                        "multus",
                        Map.of("node.k8s.amazonaws.com/no_manage", "true", "cnf", "amf"),
                        "token-1"),
                deadline);

        assertThat(eni.id()).isEqualTo("eni-1");
        assertThat(eni.status()).isEqualTo(NetworkInterface.Status.PENDING);
        assertThat(endpoint.requests().get(0))
                .containsEntry("SubnetId", "subnet-1")
                .containsEntry("PrivateIpAddress", "10.0.4.4")
                .containsEntry("Ipv6Addresses.1.Ipv6Address", "2001:db8::4")
                .containsEntry("SecurityGroupId.1", "sg-1")
                .containsEntry("SecurityGroupId.2", "sg-2")
                .containsEntry("Description", "multus")
                .containsEntry("TagSpecification.1.ResourceType", "network-interface")
                .containsEntry("TagSpecification.1.Tag.1.Key", "cnf")
                .containsEntry("TagSpecification.1.Tag.2.Key", "node.k8s.amazonaws.com/no_manage")
                .containsEntry("TagSpecification.1.Tag.2.Value", "true")
                .containsEntry("ClientToken", "token-1")
                .doesNotContainKey("Ipv6AddressCount");
    }

    @Test
    void createNetworkInterface_absentAttributes_areNotSent() {
        endpoint.ec2("CreateNetworkInterface", created());

        ec2.createNetworkInterface(
                new NewNetworkInterface("subnet-1", null, List.of(), 2, List.of(), "", Map.of(), "token-1"), deadline);

        assertThat(endpoint.requests().get(0).keySet())
                .containsExactlyInAnyOrder("Action", "Version", "SubnetId", "ClientToken", "Ipv6AddressCount");
    }

    @Test
    void createNetworkInterface_throttled_isRepeatedWithTheSameToken() {
        endpoint.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded.")
                .ec2("CreateNetworkInterface", created());

        ec2.createNetworkInterface(request(), deadline);

        assertThat(endpoint.requests()).extracting(r -> r.get("ClientToken")).containsExactly("token-1", "token-1");
    }

    @Test
    void createNetworkInterface_serverError_isSentOnceWithUnknownOutcome() {
        endpoint.ec2Error(500, "InternalError", "An internal error has occurred");

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> ec2.createNetworkInterface(request(), deadline))
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
                    assertThat(e)
                            .hasMessage(
                                    "CreateNetworkInterface: InternalError: An internal error has occurred (request id r-2)");
                });
        assertThat(endpoint.requests()).hasSize(1);
    }

    @Test
    void attachNetworkInterface_connectionClosed_isSentOnceWithUnknownOutcome() {
        endpoint.hangUp();

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> ec2.attachNetworkInterface("eni-1", "i-1", 1, 0, deadline))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN));
        assertThat(endpoint.requests()).hasSize(1);
    }

    @Test
    void attachNetworkInterface_timeOut_endsWithUnknownOutcome() {
        endpoint.silence();
        AwsEc2Network impatient = AwsEc2Network.over(
                client,
                time.policyBuilder().attemptLimit(Duration.ofMillis(300)).build());
        long start = System.nanoTime();

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> impatient.attachNetworkInterface("eni-1", "i-1", 1, 0, deadline))
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
                    assertThat(e.code()).isEqualTo("CallTimedOut");
                });
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(Thread.interrupted()).isFalse();
        assertThat(endpoint.requests()).hasSize(1);
    }

    @Test
    void describeSubnets_noAnswer_endsAtTheDeadline() {
        endpoint.silence();
        long start = System.nanoTime();

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> ec2.describeSubnets(List.of(), time.in(Duration.ofMillis(90))));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void attachNetworkInterface_secondCard_sendsTheNetworkCardIndex() {
        endpoint.ec2("AttachNetworkInterface", "<attachmentId>eni-attach-1</attachmentId>");

        assertThat(ec2.attachNetworkInterface("eni-1", "i-1", 2, 0, deadline)).isEqualTo("eni-attach-1");
        assertThat(endpoint.requests().get(0))
                .containsEntry("NetworkInterfaceId", "eni-1")
                .containsEntry("InstanceId", "i-1")
                .containsEntry("DeviceIndex", "2")
                .containsEntry("NetworkCardIndex", "0");
    }

    @Test
    void attachNetworkInterface_indexTaken_isNotRepeated() {
        endpoint.ec2Error(
                400, "InvalidParameterValue", "Instance 'i-1' already has an interface attached at device index '1'.");

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> ec2.attachNetworkInterface("eni-1", "i-1", 1, 0, deadline))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.INDEX_TAKEN));
        assertThat(endpoint.requests()).hasSize(1);
    }

    @Test
    void modifyNetworkInterfaceAttribute_eachCall_changesOneAttribute() {
        endpoint.ec2("ModifyNetworkInterfaceAttribute", "<return>true</return>")
                .ec2("ModifyNetworkInterfaceAttribute", "<return>true</return>");

        ec2.modifySourceDestCheck("eni-1", false, deadline);
        ec2.modifyDeleteOnTermination("eni-1", "eni-attach-1", true, deadline);

        assertThat(endpoint.requests().get(0))
                .containsEntry("SourceDestCheck.Value", "false")
                .doesNotContainKey("Attachment.AttachmentId");
        assertThat(endpoint.requests().get(1))
                .containsEntry("Attachment.AttachmentId", "eni-attach-1")
                .containsEntry("Attachment.DeleteOnTermination", "true")
                .doesNotContainKey("SourceDestCheck.Value");
    }

    @Test
    void detachAndDelete_interfaceGone_succeed() {
        endpoint.ec2Error(400, "InvalidAttachmentID.NotFound", "The attachment ID 'eni-attach-1' does not exist")
                .ec2Error(400, "InvalidNetworkInterfaceID.NotFound", "The networkInterface ID 'eni-1' does not exist");

        ec2.detachNetworkInterface("eni-attach-1", deadline);
        ec2.deleteNetworkInterface("eni-1", deadline);

        assertThat(endpoint.requests()).hasSize(2);
        assertThat(endpoint.requests().get(0)).doesNotContainKey("Force");
    }

    @Test
    void deleteNetworkInterface_stillInUse_isBusy() {
        endpoint.ec2Error(400, "InvalidParameterValue", "Network interface 'eni-1' is currently in use.");

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> ec2.deleteNetworkInterface("eni-1", deadline))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.BUSY));
    }

    @Test
    void reads_serverErrorAndBrokenConnection_areRepeated() {
        endpoint.ec2Error(500, "InternalError", "An internal error has occurred")
                .hangUp()
                .answer(502, "<html>Bad gateway</html>")
                .ec2("DescribeSubnets", "<subnetSet/>");

        assertThat(ec2.describeSubnets(List.of(), deadline)).isEmpty();
        assertThat(endpoint.requests()).hasSize(4);
    }

    @Test
    void anyCall_deadlinePassed_sendsNothing() {
        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> ec2.deleteNetworkInterface("eni-1", time.in(Duration.ZERO)))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
        assertThat(endpoint.requests()).isEmpty();
    }

    @Test
    void anyCall_connectionRefused_isUnavailable() {
        endpoint.close();

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> ec2.deleteNetworkInterface("eni-1", deadline))
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
                    assertThat(e.code()).isEqualTo("ConnectFailed");
                });
        assertThat(time.sleeps).as("repeated until the deadline").hasSizeGreaterThan(3);
    }

    @Test
    void anyCall_interruptedBefore_endsWithTheFlagSet() {
        endpoint.ec2("DescribeSubnets", "<subnetSet/>");
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> ec2.describeSubnets(List.of(), deadline))
                .satisfies(e -> assertThat(e.code()).isEqualTo("Interrupted"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(time.sleeps).isEmpty();
    }

    @Test
    void anyCall_interruptedInFlight_endsWithTheFlagSet() throws InterruptedException {
        endpoint.silence().silence().silence();
        AwsEc2Network impatient = AwsEc2Network.over(
                client,
                time.policyBuilder().attemptLimit(Duration.ofMillis(400)).build());
        Thread caller = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            while (endpoint.requests().isEmpty()) {
                Thread.onSpinWait();
            }
            caller.interrupt();
        });
        interrupter.start();

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> impatient.describeSubnets(List.of(), deadline))
                .satisfies(e -> assertThat(e.code()).isEqualTo("Interrupted"));
        interrupter.join();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(endpoint.requests()).hasSize(1);
    }

    @Test
    void client_afterCalls_keepsItsConfiguration() {
        AtomicInteger seen = new AtomicInteger();
        endpoint.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded.")
                .ec2("DescribeSubnets", "<subnetSet/>");
        try (Ec2Client configured = endpoint.ec2ClientBuilder()
                .overrideConfiguration(o -> o.addExecutionInterceptor(new ExecutionInterceptor() {
                    @Override
                    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                        seen.incrementAndGet();
                    }
                }))
                .build()) {
            AwsEc2Network.over(configured, time.policy()).describeSubnets(List.of(), deadline);

            assertThat(seen).as("its interceptor sees both attempts").hasValue(2);
            assertThat(configured
                            .serviceClientConfiguration()
                            .overrideConfiguration()
                            .retryStrategy()
                            .orElseThrow()
                            .maxAttempts())
                    .as("its own retries are as before")
                    .isGreaterThan(1);
        }
    }

    private static NewNetworkInterface request() {
        return new NewNetworkInterface(
                "subnet-1", null, List.of(), 0, List.of("sg-1"), "", Map.of("k", "v"), "token-1");
    }

    private static String created() {
        return "<networkInterface><networkInterfaceId>eni-1</networkInterfaceId><subnetId>subnet-1</subnetId>"
                + "<status>pending</status><privateIpAddress>10.0.4.4</privateIpAddress></networkInterface>";
    }
}
