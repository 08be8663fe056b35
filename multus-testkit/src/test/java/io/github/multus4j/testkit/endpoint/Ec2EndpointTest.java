package io.github.multus4j.testkit.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.testkit.FakeEc2Network;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol for a client that does not know EC2. Other tests cover the actions. */
class Ec2EndpointTest {

    private static final String EC2 = "&Version=2016-11-15";
    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Ec2Endpoint endpoint;

    @BeforeAll
    static void start() {
        endpoint = Ec2Endpoint.start(FakeEc2Network.strict());
    }

    @AfterAll
    static void stop() {
        endpoint.close();
    }

    @Test
    void url_isOnTheLoopbackAddress() {
        assertThat(endpoint.url().toString()).matches("http://127\\.0\\.0\\.1:[0-9]+");
    }

    @Test
    void unknownAction_isRefused_asEc2Does() throws Exception {
        HttpResponse<String> response = get("Action=Nonsense" + EC2);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/xml;charset=UTF-8");
        assertThat(response.body())
                .matches("(?s).*<Response><Errors><Error><Code>InvalidAction</Code>"
                        + "<Message>The action Nonsense is not valid for this web service.</Message></Error></Errors>"
                        + "<RequestID>[0-9a-f-]{36}</RequestID></Response>");
    }

    @Test
    void unknownAction_ofAutoScaling_isRefused_inItsForm() throws Exception {
        HttpResponse<String> response = send(
                request("?Action=Nonsense&Version=2011-01-01", "autoscaling").GET());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .contains("<ErrorResponse xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/\">")
                .contains("<Type>Sender</Type><Code>InvalidAction</Code>")
                .contains("<RequestId>");
    }

    @Test
    void actionOfTheOtherService_isUnknown() throws Exception {
        assertThat(get("Action=CompleteLifecycleAction" + EC2).body()).contains("InvalidAction");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Version=2016-11-15                                | MissingAction         | parameter Action",
                "Action=DescribeVpcs                               | MissingParameter      | parameter Version",
                "Action=DescribeVpcs&Version=2001-01-01            | NoSuchVersion         | 2001-01-01",
                "Action=CreateSubnet&Version=2016-11-15            | MissingParameter      | parameter VpcId",
                "Action=DescribeVpcs&Version=2016-11-15&VpcIds.1=x | UnknownParameter      | The parameter VpcIds.1",
                "Action=DescribeVpcs&Version=2016-11-15&VpcId=x    | UnknownParameter      | The parameter VpcId ",
                "Action=DescribeVpcs&Version=2016-11-15&MaxResults=many | InvalidParameterValue | Value (many)",
                "Action=DescribeVpcs&Version=2016-11-15&Filter.1.Name=vpc-id | MissingParameter | Filter.1.Value",
                "Action=DescribeVpcs&Version=2016-11-15&A=1&A=2    | MalformedQueryString  | A is given more than once",
                "Action=DescribeVpcs&Version=2016-11-15&A=%00      | InvalidParameterValue | not valid",
                "Action=DescribeVpcs&Version=2016-11-15&A=%FF      | InvalidParameterValue | not valid",
                "Action=CreateVpc&Version=2016-11-15&TagSpecification.1.ResourceType=subnet | InvalidParameterValue | 'subnet'"
            })
    void malformedCalls_areRefused(String query, String code, String message) throws Exception {
        HttpResponse<String> response = get(query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("<Code>" + code + "</Code>").contains(message);
    }

    @Test
    void malformedPercentEncoding_inABody_isRefused() throws Exception {
        HttpResponse<String> response = post("Action=DescribeVpcs&Version=2016-11-15&VpcId.1=%zz");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("<Code>MalformedQueryString</Code>");
    }

    @Test
    void dryRun_isRefusedWithItsOwnStatus() throws Exception {
        HttpResponse<String> response = get("Action=DescribeVpcs&DryRun=true" + EC2);

        assertThat(response.statusCode()).isEqualTo(412);
        assertThat(response.body()).contains("<Code>DryRunOperation</Code>");
    }

    @Test
    void unsigned_isRefused_asEachServiceDoes() throws Exception {
        HttpResponse<String> ec2 = send(HttpRequest.newBuilder(uri("?Action=DescribeVpcs&Version=2016-11-15")));
        HttpResponse<String> autoScaling =
                send(HttpRequest.newBuilder(uri("?Action=DescribeAutoScalingInstances&Version=2011-01-01")));

        assertThat(ec2.statusCode()).isEqualTo(400);
        assertThat(ec2.body()).contains("The request must contain the parameter AWSAccessKeyId");
        assertThat(autoScaling.statusCode()).isEqualTo(403);
        assertThat(autoScaling.body()).contains("<Code>MissingAuthenticationToken</Code>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer x",
                "AWS4-HMAC-SHA256 Credential=AKID",
                "AWS4-HMAC-SHA256 Credential=a/b/c/s3/aws4_request"
            })
    void credentialsThatAreNone_orForAnotherService_areRefused(String authorization) throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(uri("?Action=DescribeVpcs&Version=2016-11-15"))
                .header("Authorization", authorization));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).contains("<Code>AuthFailure</Code>");
    }

    @Test
    void presigned_isSigned() throws Exception {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(uri("?Action=Nonsense&Version=2016-11-15&X-Amz-Credential="
                        + "AKID%2F20260101%2Fus-east-1%2Fec2%2Faws4_request&X-Amz-Signature=00")));

        assertThat(response.body()).contains("InvalidAction");
    }

    @Test
    void form_inAPost_isTheSameAsAQuery() throws Exception {
        assertThat(post("Action=Nonsense&Version=2016-11-15").body()).contains("The action Nonsense");
    }

    @Test
    void form_inChunks_isRead() throws Exception {
        byte[] form = "Action=Nonsense&Version=2016-11-15".getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> response = send(request("", "ec2")
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(form))));

        assertThat(response.body()).contains("The action Nonsense");
    }

    @Test
    void form_compressed_isRead_andNonsenseIsNot() throws Exception {
        byte[] form = "Action=Nonsense&Version=2016-11-15".getBytes(StandardCharsets.UTF_8);

        assertThat(post(gzip(form), "gzip").body()).contains("The action Nonsense");
        assertThat(post(form, "gzip").statusCode()).isEqualTo(400);
        assertThat(post(gzip(new byte[2 << 20]), "gzip").statusCode()).isEqualTo(413);
        assertThat(post(form, "br").statusCode()).isEqualTo(415);
    }

    @Test
    void bodyOfAnotherType_orTooLong_isRefused() throws Exception {
        HttpResponse<String> json = send(
                request("", "ec2").header("Content-Type", "application/json").POST(BodyPublishers.ofString("{}")));
        HttpResponse<String> tooLong = post("Action=" + "x".repeat(1 << 20));

        assertThat(json.statusCode()).isEqualTo(400);
        assertThat(json.body()).contains("<Code>InvalidHttpRequest</Code>").contains("application/json");
        assertThat(tooLong.statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "HEAD", "OPTIONS"})
    void otherMethods_areNotAllowed(String method) throws Exception {
        HttpResponse<String> response = send(request("", "ec2").method(method, BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"elsewhere", "_multus/elsewhere"})
    void otherPaths_areNotThere(String path) throws Exception {
        assertThat(send(request(path, "ec2").GET()).statusCode()).isEqualTo(404);
    }

    @Test
    void close_endsConnections_andFreesThePort() throws Exception {
        Ec2Endpoint first = Ec2Endpoint.start(FakeEc2Network.strict());
        int port = first.url().getPort();
        first.close();

        try (Ec2Endpoint second = Ec2Endpoint.start(FakeEc2Network.strict(), port)) {
            assertThat(second.url()).isEqualTo(first.url());
        }
    }

    private static HttpResponse<String> get(String query) throws IOException, InterruptedException {
        return send(request("?" + query, "ec2").GET());
    }

    private static HttpResponse<String> post(String form) throws IOException, InterruptedException {
        return send(request("", "ec2").header("Content-Type", FORM).POST(BodyPublishers.ofString(form)));
    }

    private static HttpResponse<String> post(byte[] body, String encoding) throws IOException, InterruptedException {
        return send(request("", "ec2")
                .header("Content-Type", FORM)
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static HttpRequest.Builder request(String pathAndQuery, String service) {
        return HttpRequest.newBuilder(uri(pathAndQuery))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/" + service
                                + "/aws4_request, SignedHeaders=host, Signature=00");
    }

    private static URI uri(String pathAndQuery) {
        return URI.create(endpoint.url() + "/" + pathAndQuery);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(body);
        }
        return compressed.toByteArray();
    }
}
