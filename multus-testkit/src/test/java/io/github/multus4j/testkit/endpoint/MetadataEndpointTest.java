package io.github.multus4j.testkit.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The metadata service, as an agent sees it. */
class MetadataEndpointTest {

    private static final String ZONE = "us-east-1a";
    private static final String MACS = "/latest/meta-data/network/interfaces/macs/";

    private final FakeEc2Network ec2 = FakeEc2Network.strict();
    private final FakeVpc vpc = ec2.vpc("10.0.0.0/16");
    private final Instance node = vpc.launch("m5.4xlarge", ZONE, Map.of("multus4j:SubnetIds", "subnet-1"));
    private final MetadataEndpoint metadata = MetadataEndpoint.start(ec2, node.id());
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        metadata.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(metadata.url() + path));
    }

    private HttpResponse<String> tokenFor(String ttl) throws Exception {
        return send(request("/latest/api/token")
                .header("X-aws-ec2-metadata-token-ttl-seconds", ttl)
                .PUT(BodyPublishers.noBody()));
    }

    private HttpResponse<String> get(String token, String path) throws Exception {
        return send(request(path).header("X-aws-ec2-metadata-token", token));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(tokenFor("60").body(), path);
    }

    @Test
    void withoutToken_isVersion1_andRefused() throws Exception {
        assertThat(send(request("/latest/meta-data/instance-id")).statusCode()).isEqualTo(401);
        assertThat(get("made-up", "/latest/meta-data/instance-id").statusCode()).isEqualTo(401);
    }

    @Test
    void token_withinItsTime_isValid() throws Exception {
        HttpResponse<String> token = tokenFor("60");
        assertThat(token.headers().firstValue("X-aws-ec2-metadata-token-ttl-seconds"))
                .hasValue("60");

        ec2.time().advance(Duration.ofSeconds(59));
        assertThat(get(token.body(), "/latest/meta-data/instance-id").body()).isEqualTo(node.id());
        ec2.time().advance(Duration.ofSeconds(1));
        assertThat(get(token.body(), "/latest/meta-data/instance-id").statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "21601", "six hours", "99999999999"})
    void token_forATimeThatIsNone_isRefused(String ttl) throws Exception {
        assertThat(tokenFor(ttl).statusCode()).isEqualTo(400);
    }

    @Test
    void token_withoutTime_orByAProxy_orByGet_isRefused() throws Exception {
        assertThat(send(request("/latest/api/token").PUT(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(request("/latest/api/token")
                                .header("X-aws-ec2-metadata-token-ttl-seconds", "60")
                                .header("X-Forwarded-For", "192.0.2.1")
                                .PUT(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("/latest/api/token").statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource({
        "instance-type, m5.4xlarge",
        "placement/availability-zone, us-east-1a",
        "placement/availability-zone-id, use1-az1",
        "placement/region, us-east-1",
        "iam/security-credentials/, multus-node"
    })
    void get_eachPath_isTheInstancesValue(String path, String value) throws Exception {
        assertThat(get("/latest/meta-data/" + path).body()).isEqualTo(value);
    }

    @Test
    void identityDocument_andCredentials_areJson() throws Exception {
        assertThat(get("/latest/dynamic/instance-identity/document").body())
                .contains("\"instanceId\":\"" + node.id() + "\"", "\"region\":\"us-east-1\"");
        assertThat(get("/latest/meta-data/iam/security-credentials/multus-node").body())
                .contains("\"Code\":\"Success\"", "\"Expiration\":\"2026-01-01T06:00:00Z\"", "\"Token\":\"");
    }

    @Test
    void credentials_withoutRole_areAbsent() throws Exception {
        metadata.withoutRole();

        assertThat(get("/latest/meta-data/iam/security-credentials/").statusCode())
                .isEqualTo(404);
        assertThat(get("/latest/meta-data/iam/info").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/latest/meta-data/nothing",
                "/latest/meta-data/instance-id/more",
                "/2008/meta-data/instance-id",
                "/latest/meta-data/tags/instance/"
            })
    void get_unknownPath_is404(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void folder_anyPath_listsItsEntries() throws Exception {
        assertThat(get("/latest/meta-data/").body().lines()).contains("instance-id", "network/", "placement/");
        assertThat(get("/latest").body().lines()).containsExactly("dynamic/", "meta-data/");
    }

    @Test
    void tags_switchedOn_areShown() throws Exception {
        metadata.showTags();

        assertThat(get("/latest/meta-data/tags/instance/").body()).isEqualTo("multus4j:SubnetIds");
        assertThat(get("/latest/meta-data/tags/instance/multus4j:SubnetIds").body())
                .isEqualTo("subnet-1");
    }

    @Test
    void interface_attachedThenDetached_appearsAndDisappears() throws Exception {
        ec2.behaviour().attachingTakes(Duration.ofSeconds(5));
        NetworkInterface stranger = ec2.attachStranger(node.id(), 1);
        String mac = MACS + stranger.macAddress();
        assertThat(get(mac + "/interface-id").statusCode()).isEqualTo(404);

        ec2.time().advance(Duration.ofSeconds(5));

        assertThat(get(mac + "/interface-id").body()).isEqualTo(stranger.id());
        assertThat(get(mac + "/device-number").body()).isEqualTo("1");
        assertThat(get(mac + "/subnet-id").body()).isEqualTo(stranger.subnetId());
        assertThat(get(mac + "/subnet-ipv4-cidr-block").body())
                .isEqualTo("100.64.0.0/20"); // The fake's nodes are there.
        assertThat(get(mac + "/vpc-id").body()).isEqualTo(stranger.vpcId());
        assertThat(get(mac + "/local-ipv4s").body())
                .isEqualTo(stranger.ipv4Addresses().get(0).toString());
        assertThat(get(mac + "/security-group-ids").body()).isEqualTo(String.join("\n", stranger.securityGroupIds()));
        assertThat(get(mac + "/ipv6s").statusCode()).isEqualTo(404);
        assertThat(get(mac + "/network-card").statusCode()).isEqualTo(404);
        assertThat(get(MACS).body().lines()).hasSize(2).contains(stranger.macAddress() + "/");

        ec2.terminate(node.id());
        ec2.time().advance(Duration.ofMinutes(5));
        assertThat(get(mac + "/interface-id").statusCode()).isEqualTo(404);
    }

    @Test
    void networkCard_typeWithSeveral_isShown() throws Exception {
        Instance big = vpc.launch("p4d.24xlarge", ZONE, Map.of());
        try (MetadataEndpoint its = MetadataEndpoint.start(ec2, big.id())) {
            NetworkInterface second = ec2.attachStranger(big.id(), 1, 1);
            ec2.time().advance(Duration.ofMinutes(1));
            String token = http.send(
                            HttpRequest.newBuilder(URI.create(its.url() + "/latest/api/token"))
                                    .header("X-aws-ec2-metadata-token-ttl-seconds", "60")
                                    .PUT(BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            HttpResponse<String> card = http.send(
                    HttpRequest.newBuilder(URI.create(its.url() + MACS + second.macAddress() + "/network-card"))
                            .header("X-aws-ec2-metadata-token", token)
                            .build(),
                    BodyHandlers.ofString());

            assertThat(card.body()).isEqualTo("1");
        }
    }

    @Test
    void request_withAForeignHost_isRefused_beforeItsToken() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), metadata.url().getPort())) {
            String request = """
                    PUT /latest/api/token HTTP/1.1
                    Host: evil.example
                    Content-Length: 0
                    X-aws-ec2-metadata-token-ttl-seconds: 60
                    Connection: close

                    """.replace("\n", "\r\n");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 403").contains("Host 'evil.example'");
        }
    }
}
