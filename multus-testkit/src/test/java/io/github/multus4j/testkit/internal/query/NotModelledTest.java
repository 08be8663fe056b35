package io.github.multus4j.testkit.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.JournalEntry;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import io.github.multus4j.testkit.internal.call.DocumentedApi;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Names that AWS documents and the fake does not model; and the bounds of a long-running endpoint.
 */
class NotModelledTest {

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
    void documentedFilters_areModelledOrSaidNotToBe() throws Exception {
        List<String[]> filters = documented()
                .filter(line -> line.startsWith("filter "))
                .map(line -> line.split(" ", 3))
                .toList();

        assertThat(filters).hasSizeGreaterThan(300);
        for (String[] filter : filters) {
            String answer = filtered(filter[1], filter[2]);
            boolean clear = answer.contains("Response xmlns=")
                    || answer.contains("<Code>NotModelledByFake</Code><Message>This fake does not model the filter '"
                            + filter[2] + "' of " + filter[1])
                    || answer.contains("<Code>InvalidSubnetID.NotFound</Code>");
            assertThat(clear).as("%s %s: %s", filter[1], filter[2], answer).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("filteredActions")
    void invalidFilter_isRefused_inTheWordsOfEc2(String action) throws Exception {
        assertThat(post("Action=" + action + "&Filter.1.Name=nonsense&Filter.1.Value.1=x"))
                .contains("<Code>InvalidParameterValue</Code><Message>The filter 'nonsense' is invalid</Message>");
    }

    static Stream<String> filteredActions() {
        return Stream.of(
                "DescribeInstances",
                "DescribeInstanceTypes",
                "DescribeSecurityGroups",
                "DescribeNetworkInterfaces",
                "DescribeSubnets",
                "DescribeVpcs",
                "DescribeImages",
                "DescribeTags",
                "DescribeAvailabilityZones",
                "DescribeSecurityGroupVpcAssociations");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Action=DescribeVolumes                          | the action DescribeVolumes",
                "Action=CreateVpc&Ipv4IpamPoolId=x&CidrBlock=10.0.0.0/16 | the parameter Ipv4IpamPoolId of CreateVpc",
                "Action=CreateNetworkInterface&SubnetId=subnet-0123456789abcdef0&ConnectionTrackingSpecification.UdpTimeout=1"
                        + " | the parameter ConnectionTrackingSpecification.UdpTimeout of CreateNetworkInterface",
            })
    void documentedNames_areSaidNotToBeModelled(String call, String noun) throws Exception {
        assertThat(post(call))
                .contains("<Code>NotModelledByFake</Code><Message>This fake does not model " + noun + ". ");
    }

    @Test
    void requestOfTenMegabytes_isAnswered() throws Exception {
        assertThat(post("Action=DescribeVpcs&A=" + "x".repeat(10 << 20))).contains("InvalidHttpRequest");
    }

    @Test
    void boundedJournal_dropsTheOldest_andSaysHowMany() throws Exception {
        ec2.journal().keepAtMost(3);
        for (int i = 0; i < 5; i++) {
            post("Action=DescribeVpcs");
        }

        assertThat(ec2.journal().entries()).extracting(JournalEntry::sequence).containsExactly(3L, 4L, 5L);
        assertThat(ec2.journal().dropped()).isEqualTo(2);
        assertThat(send(HttpRequest.newBuilder(URI.create(endpoint.url() + "/_multus/journal"))))
                .startsWith("{\"dropped\":2}\n")
                .hasLineCount(4);
    }

    private String filtered(String action, String filter) throws Exception {
        String subnet = action.startsWith("Get") ? "&SubnetId=subnet-0123456789abcdef0" : "";
        return post("Action=" + action + subnet + "&Filter.1.Name=" + filter + "&Filter.1.Value.1=x");
    }

    private String post(String form) throws Exception {
        return send(HttpRequest.newBuilder(endpoint.url())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/ec2/aws4_request,"
                                + " SignedHeaders=host, Signature=00")
                .POST(BodyPublishers.ofString(form + "&Version=2016-11-15")));
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString()).body();
    }

    private static Stream<String> documented() throws IOException {
        try (InputStream in = Objects.requireNonNull(DocumentedApi.class.getResourceAsStream("documented-api.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
        }
    }
}
