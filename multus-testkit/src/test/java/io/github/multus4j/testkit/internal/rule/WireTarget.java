package io.github.multus4j.testkit.internal.rule;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import io.github.multus4j.testkit.internal.engine.EngineAccess;
import io.github.multus4j.testkit.internal.query.QueryProtocol;
import io.github.multus4j.testkit.internal.query.QueryRequest;
import io.github.multus4j.testkit.internal.query.WireAction;
import io.github.multus4j.testkit.internal.query.WireActions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server of the query protocol. */
public interface WireTarget {

    /** Makes a call. */
    WireAnswer call(QueryProtocol service, String action, Map<String, String> parameters);

    /** The fake, without a socket, so that a refusal can be traced to its rule. */
    static WireTarget of(FakeEc2Network fake) {
        Map<Action, WireAction> actions = WireActions.all();
        return (service, name, parameters) -> {
            WireAction action = actions.get(Action.of(name).orElseThrow());
            QueryRequest request = new QueryRequest(parameters);
            return answer(() -> {
                WireAction.Call<?> call = action.read(request);
                request.refuseUnread();
                WireAction.Answer answer = call.make(EngineAccess.of(fake));
                return service.answer(name, answer::writeTo, "id");
            });
        };
    }

    /** The answer of the fake's engine. */
    static WireAnswer answer(Supplier<String> call) {
        try {
            return new WireAnswer(200, "", null, call.get());
        } catch (Ec2Error e) {
            return new WireAnswer(e.httpStatus(), e.code(), e.rule(), e.text());
        }
    }

    /** A server that does not check the signature. */
    static WireTarget at(URI endpoint) {
        HttpClient client = HttpClient.newHttpClient();
        return (service, name, parameters) -> {
            String scope = service == QueryProtocol.EC2 ? "ec2" : "autoscaling";
            HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/"))
                    .timeout(Duration.ofSeconds(30))
                    .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                    .header("X-Amz-Date", "20260101T000000Z")
                    .header(
                            "Authorization",
                            "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/" + scope
                                    + "/aws4_request, SignedHeaders=host;x-amz-date, Signature=00")
                    .POST(HttpRequest.BodyPublishers.ofString(form(service, name, parameters)))
                    .build();
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                WireAnswer read = new WireAnswer(answer.statusCode(), "", null, answer.body());
                String code = read.texts("Code").stream().findFirst().orElse("");
                return new WireAnswer(answer.statusCode(), code, null, answer.body());
            } catch (IOException e) {
                throw new UncheckedIOException(name, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        };
    }

    private static String form(QueryProtocol service, String name, Map<String, String> parameters) {
        return Stream.concat(
                        Stream.of(Map.entry("Action", name), Map.entry("Version", service.version())),
                        parameters.entrySet().stream())
                .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
