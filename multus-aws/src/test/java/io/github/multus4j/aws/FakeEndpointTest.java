package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The adapter over the strict fake's HTTP endpoint says the same as the fake itself. */
class FakeEndpointTest {

    private final FakeEc2Network fake = FakeEc2Network.strict();
    private final Deadline deadline = Deadline.in(Duration.ofMinutes(1), fake.clock());
    private Ec2Endpoint endpoint;
    private Ec2Client client;
    private AwsEc2Network ec2;

    private FakeVpc vpc;
    private Subnet subnet;
    private Instance node;

    @BeforeEach
    void start() {
        endpoint = Ec2Endpoint.start(fake);
        client = Ec2Client.builder()
                .endpointOverride(endpoint.url())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        ec2 = AwsEc2Network.over(
                client,
                CallPolicy.builder().clock(fake.clock()).sleeper(fake.time()).build());
        vpc = fake.vpc("10.0.0.0/16");
        subnet = vpc.dualStackSubnet("10.0.4.0/24", "us-east-1a");
        node = vpc.launch("c6in.32xlarge", "us-east-1a", Map.of("multus-ng", "a=b"));
    }

    @AfterEach
    void stop() {
        client.close();
        endpoint.close();
    }

    @Test
    void reads_overHttp_areTheFakes() {
        vpc.ipv6OnlySubnet("us-east-1b");
        vpc.securityGroup("media");
        fake.reserve(subnet, "10.0.4.32/28");
        fake.occupy(subnet, "10.0.4.9");
        fake.occupyPrefix(subnet, "10.0.4.16/28");
        fake.occupyManaged(subnet, "10.0.4.10");
        fake.attachStranger(node.id(), 1, 1);
        List<Filter> ofVpc = List.of(Filter.of("vpc-id", vpc.id()));

        assertThat(ec2.describeInstance(node.id(), deadline)).isEqualTo(fake.describeInstance(node.id(), deadline));
        assertThat(ec2.describeSubnets(ofVpc, deadline))
                .hasSizeGreaterThan(1)
                .containsExactlyInAnyOrderElementsOf(fake.describeSubnets(ofVpc, deadline));
        assertThat(ec2.describeSecurityGroups(ofVpc, deadline))
                .hasSize(2)
                .containsExactlyInAnyOrderElementsOf(fake.describeSecurityGroups(ofVpc, deadline));
        assertThat(ec2.describeNetworkInterfaces(ofVpc, deadline))
                .hasSizeGreaterThan(4)
                .containsExactlyInAnyOrderElementsOf(fake.describeNetworkInterfaces(ofVpc, deadline));
        assertThat(ec2.getSubnetCidrReservations(subnet.id(), deadline))
                .hasSize(1)
                .containsExactlyInAnyOrderElementsOf(fake.getSubnetCidrReservations(subnet.id(), deadline))
                .extracting(CidrReservation::type)
                .containsExactly("explicit");
        assertThat(ec2.describeInstanceType("c6in.32xlarge", deadline))
                .isPresent()
                .isEqualTo(fake.describeInstanceType("c6in.32xlarge", deadline));
        assertThat(ec2.describeInstanceType("m5.unheard-of", deadline)).isEmpty();
        assertThat(ec2.describeInstance("i-00000000000000000", deadline)).isEmpty();
    }

    @Test
    void interface_lifeOverHttp_isTheFakes() {
        NetworkInterface eni = ec2.createNetworkInterface(request("10.0.4.4", "token-1"), deadline);
        assertThat(ec2.createNetworkInterface(request("10.0.4.4", "token-1"), deadline)
                        .id())
                .as("same token")
                .isEqualTo(eni.id());

        ec2.modifySourceDestCheck(eni.id(), false, deadline);
        String attachment = ec2.attachNetworkInterface(eni.id(), node.id(), 2, 1, deadline);
        ec2.modifyDeleteOnTermination(eni.id(), attachment, true, deadline);

        NetworkInterface seen = ec2.describeNetworkInterfaces(
                        List.of(Filter.of("network-interface-id", eni.id())), deadline)
                .get(0);
        assertThat(seen.ipv4Addresses()).containsExactly(IpAddress.parse("10.0.4.4"));
        assertThat(seen.ipv6Addresses()).hasSize(1);
        assertThat(seen.sourceDestCheck()).isFalse();
        assertThat(seen.tags()).isEqualTo(Map.of("k", "v"));
        assertThat(seen.attachment()).isNotNull().satisfies(at -> {
            assertThat(at.networkCardIndex() + "/" + at.deviceIndex()).isEqualTo("1/2");
            assertThat(at.deleteOnTermination()).isTrue();
        });

        ec2.detachNetworkInterface(attachment, deadline);
        fake.time().advance(Duration.ofMinutes(1));
        ec2.detachNetworkInterface(attachment, deadline());
        ec2.deleteNetworkInterface(eni.id(), deadline());
        ec2.deleteNetworkInterface(eni.id(), deadline());
        assertThat(fake.interfaces()).extracting(NetworkInterface::id).doesNotContain(eni.id());
    }

    @Test
    void refusals_overHttp_haveTheFakesKind() {
        fake.occupy(subnet, "10.0.4.9");
        NetworkInterface spare = fake.createNetworkInterface(request("10.0.4.20", "spare"), deadline);
        NetworkInterface used = fake.attachStranger(node.id(), 1);

        same(Kind.ADDRESS_IN_USE, it -> it.createNetworkInterface(request("10.0.4.9", "a"), deadline));
        same(Kind.ADDRESS_UNUSABLE, it -> it.createNetworkInterface(request("10.0.4.1", "b"), deadline));
        same(Kind.ADDRESS_UNUSABLE, it -> it.createNetworkInterface(request("10.0.9.9", "c"), deadline));
        same(Kind.TOKEN_MISMATCH, it -> it.createNetworkInterface(request("10.0.4.21", "spare"), deadline));
        same(Kind.INDEX_TAKEN, it -> it.attachNetworkInterface(spare.id(), node.id(), 1, 0, deadline));
        same(Kind.NOT_FOUND, it -> it.attachNetworkInterface(spare.id(), "i-00000000000000000", 1, 0, deadline));
        same(Kind.BUSY, it -> it.attachNetworkInterface(used.id(), node.id(), 3, 0, deadline));
        same(Kind.BUSY, it -> it.deleteNetworkInterface(used.id(), deadline));
        same(
                Kind.DENIED,
                it -> it.detachNetworkInterface(node.attachments().get(0).id(), deadline));
        same(Kind.INVALID, it -> it.describeSubnets(List.of(Filter.of("no-such-filter", "x")), deadline));
    }

    @Test
    void lostAnswer_ofACreation_isAnUnknownOutcomeAndTheSameTokenFindsTheInterface() {
        fake.faults().on(Action.CREATE_NETWORK_INTERFACE).loseResponse();

        Ec2Exception lost = catchThrowableOfType(
                Ec2Exception.class, () -> ec2.createNetworkInterface(request("10.0.4.4", "token-1"), deadline));
        assertThat(lost.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        int made = fake.interfaces().size();

        ec2.createNetworkInterface(request("10.0.4.4", "token-1"), deadline);
        assertThat(fake.interfaces()).hasSize(made);
        assertThat(fake.journal().calls(Action.CREATE_NETWORK_INTERFACE)).hasSize(2);
    }

    private void same(Kind kind, Consumer<Ec2Network> call) {
        Ec2Exception direct = catchThrowableOfType(Ec2Exception.class, () -> call.accept(fake));
        Ec2Exception overTheWire = catchThrowableOfType(Ec2Exception.class, () -> call.accept(ec2));

        assertThat(direct.kind()).as("%s", direct).isEqualTo(kind);
        assertThat(overTheWire.kind()).as("%s", overTheWire).isEqualTo(kind);
        assertThat(overTheWire.code()).isEqualTo(direct.code());
    }

    private Deadline deadline() {
        return Deadline.in(Duration.ofMinutes(1), fake.clock());
    }

    private NewNetworkInterface request(String address, String token) {
        return new NewNetworkInterface(
                subnet.id(),
                IpAddress.parse(address),
                List.of(),
                1,
                List.of(vpc.defaultSecurityGroup().id()),
                "multus",
                Map.of("k", "v"),
                token);
    }
}
