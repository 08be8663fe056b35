package io.github.multus4j.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.Ec2ClientBuilder;

/**
 * Gives prepared answers over HTTP, in order, and records the requests: for answers that a whole
 * fake would not give.
 */
final class CannedEndpoint implements AutoCloseable {

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    CannedEndpoint() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    CannedEndpoint answer(int status, String body) {
        return answer(status, body, Map.of());
    }

    CannedEndpoint answer(int status, String body, Map<String, String> headers) {
        return add(exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    /** An EC2 answer: the elements inside of the response's root. */
    CannedEndpoint ec2(String action, String elements) {
        return answer(
                200,
                "<" + action + "Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r-1</requestId>"
                        + elements + "</" + action + "Response>");
    }

    CannedEndpoint ec2Error(int status, String code, String message) {
        return answer(
                status,
                "<Response><Errors><Error><Code>" + code + "</Code><Message>" + message
                        + "</Message></Error></Errors><RequestID>r-2</RequestID></Response>");
    }

    CannedEndpoint autoScaling(String action) {
        return answer(
                200,
                "<" + action + "Response xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/\"><" + action
                        + "Result/><ResponseMetadata><RequestId>r-3</RequestId></ResponseMetadata></" + action
                        + "Response>");
    }

    CannedEndpoint autoScalingError(int status, String code, String message) {
        return answer(
                status,
                "<ErrorResponse xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/\"><Error><Type>Sender</Type><Code>"
                        + code + "</Code><Message>" + message
                        + "</Message></Error><RequestId>r-4</RequestId></ErrorResponse>");
    }

    /** Takes the request and closes the connection without an answer. */
    CannedEndpoint hangUp() {
        return add(exchange -> {
            throw new IOException("closed on purpose");
        });
    }

    /** Takes the request and says nothing. */
    CannedEndpoint silence() {
        return add(exchange -> {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Removes unused answers, so that the next test's calls do not get them. */
    void forgetAnswers() {
        synchronized (answers) {
            answers.clear();
        }
    }

    /** The parameters of all requests so far. */
    List<Map<String, String>> requests() {
        return requests;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** A client as a user makes it: with the SDK's default retries. */
    Ec2Client ec2Client() {
        return ec2ClientBuilder().build();
    }

    Ec2ClientBuilder ec2ClientBuilder() {
        return Ec2Client.builder()
                .endpointOverride(url())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder());
    }

    AutoScalingClient autoScalingClient() {
        return AutoScalingClient.builder()
                .endpointOverride(url())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private CannedEndpoint add(Answer answer) {
        synchronized (answers) {
            answers.add(answer);
        }
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String query = exchange.getRequestURI().getRawQuery();
            String form = query == null ? body : body.isEmpty() ? query : query + "&" + body;
            Map<String, String> parameters = new LinkedHashMap<>();
            for (String pair : form.split("&")) {
                String[] parts = pair.split("=", 2);
                parameters.put(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
            }
            requests.add(parameters);
            Answer answer;
            synchronized (answers) {
                answer = answers.poll();
            }
            if (answer == null) {
                exchange.sendResponseHeaders(418, -1);
            } else {
                answer.to(exchange);
            }
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
