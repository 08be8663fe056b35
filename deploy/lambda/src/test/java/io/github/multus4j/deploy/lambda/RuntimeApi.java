package io.github.multus4j.deploy.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.multus4j.aws.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Lambda as a function's process sees it: hands out events, takes answers and errors.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda runtime
 *     API</a>
 */
final class RuntimeApi implements AutoCloseable {

    private static final String ROOT = "/2018-06-01/runtime";
    private static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:multus";
    private static final Duration INVOCATION = Duration.ofMinutes(1);

    /**
     * The reply of the process.
     *
     * @param kind {@code response}, {@code error}, or {@code init/error}
     * @param body its text
     */
    record Reply(String kind, String body) {}

    /** An event, and the time that the function has for it. */
    private record Invocation(String event, Duration time) {}

    private final HttpServer server;
    private final CountDownLatch restored = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Invocation> invocations = new LinkedBlockingQueue<>();
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();

    RuntimeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext(ROOT + "/invocation/next", this::next);
        server.createContext(ROOT + "/invocation/request-1/", this::take);
        server.createContext(ROOT + "/init/error", this::take);
        server.createContext(ROOT + "/restore/next", this::restore);
        server.createContext("/credentials", RuntimeApi::credentials);
        server.start();
    }

    /** The value for {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Invokes the function, which has a minute. */
    void send(String event) {
        send(event, INVOCATION);
    }

    /** Invokes the function, which has that much time. */
    void send(String event, Duration time) {
        invocations.add(new Invocation(event, time));
    }

    /** The reply, within the time of the invocation. */
    Reply reply() throws InterruptedException {
        Reply reply = replies.poll(INVOCATION.toMillis(), TimeUnit.MILLISECONDS);
        if (reply == null) {
            throw new AssertionError("the function did not answer in time");
        }
        return reply;
    }

    /** Waits for an event without a time-out, as Lambda does. */
    private void next(HttpExchange exchange) throws IOException {
        try (exchange) {
            Invocation invocation = invocations.take();
            byte[] event = invocation.event().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", "request-1");
            exchange.getResponseHeaders().set("Lambda-Runtime-Invoked-Function-Arn", ARN);
            exchange.getResponseHeaders()
                    .set(
                            "Lambda-Runtime-Deadline-Ms",
                            Long.toString(System.currentTimeMillis()
                                    + invocation.time().toMillis()));
            exchange.sendResponseHeaders(200, event.length);
            exchange.getResponseBody().write(event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The test is over.
        }
    }

    /** SnapStart: Lambda answers when the snapshot has been restored, here at once. */
    private void restore(HttpExchange exchange) throws IOException {
        try (exchange) {
            restored.countDown();
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** Whether the process has asked to be restored from its snapshot. */
    boolean wasRestored() {
        return restored.getCount() == 0;
    }

    /**
     * Lambda's replacement for the role's keys in the environment, which would be out of date in a
     * snapshot.
     */
    private static void credentials(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] keys = Json.write(Map.of(
                            "AccessKeyId", "restored",
                            "SecretAccessKey", "test",
                            "Token", "test",
                            "Expiration",
                                    Instant.now().plus(Duration.ofHours(1)).toString()))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            String kind = path.endsWith("/init/error") ? "init/error" : path.substring(path.lastIndexOf('/') + 1);
            exchange.sendResponseHeaders(202, -1);
            replies.add(new Reply(kind, body));
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
