package io.github.multus4j.deploy.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * A faulty metadata service: it answers without a token, and gives or refuses tokens as configured.
 */
final class OtherMetadata implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, String> facts;
    private final IntUnaryOperator tokenStatus;
    private final List<String> askedWithoutToken = Collections.synchronizedList(new ArrayList<>());
    private int tokens;

    /**
     * @param tokenStatus the HTTP status of the n-th answer to a request for a token, from 1 on
     */
    OtherMetadata(String instanceId, IntUnaryOperator tokenStatus) {
        this.tokenStatus = tokenStatus;
        this.facts = Map.of(
                "/latest/meta-data/instance-id", instanceId,
                "/latest/meta-data/placement/region", "us-east-1",
                "/latest/meta-data/iam/security-credentials/", "node");
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The requests without a token, as in version 1. */
    List<String> askedWithoutToken() {
        return List.copyOf(askedWithoutToken);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (exchange.getRequestMethod().equals("PUT")) {
                exchange.getResponseHeaders().set("X-aws-ec2-metadata-token-ttl-seconds", "60");
                send(exchange, tokenStatus.applyAsInt(++tokens), "token");
                return;
            }
            if (exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token") == null) {
                askedWithoutToken.add(path);
            }
            String fact = facts.get(path);
            send(exchange, fact == null ? 404 : 200, fact == null ? "" : fact);
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
