package io.github.multus4j.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Gives tokens, asks for them, and answers from a {@link MetadataTree} of that moment. */
final class MetadataHandler implements HttpHandler {

    private static final System.Logger LOG = System.getLogger(MetadataEndpoint.class.getName());

    private static final String TOKEN_PATH = "/latest/api/token";
    private static final String TOKEN = "X-aws-ec2-metadata-token";
    private static final String TOKEN_TTL = "X-aws-ec2-metadata-token-ttl-seconds";
    private static final int LONGEST_TTL = 21_600;

    private final Ec2Engine engine;
    private final @Nullable String instanceId;
    private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
    private volatile boolean tags;
    private volatile boolean role = true;

    /** @param instanceId null for the instance that was launched last */
    MetadataHandler(Ec2Engine engine, @Nullable String instanceId) {
        this.engine = engine;
        this.instanceId = instanceId;
    }

    void showTags() {
        tags = true;
    }

    void withoutRole() {
        role = false;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            answer(exchange);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a request met a fault of the fake", e);
            reply(exchange, 500, "Internal Server Error");
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        if (path.equals(TOKEN_PATH)) {
            if (method.equals("PUT")) {
                giveToken(exchange);
            } else {
                refuseMethod(exchange, "PUT");
            }
        } else if (!method.equals("GET") && !method.equals("HEAD")) {
            refuseMethod(exchange, "GET, HEAD");
        } else if (!isValid(exchange.getRequestHeaders().getFirst(TOKEN))) {
            reply(exchange, 401, "Unauthorized");
        } else {
            String found = tree().at(path);
            if (found == null) {
                reply(exchange, 404, "Not Found");
            } else {
                reply(exchange, 200, found);
            }
        }
    }

    private void giveToken(HttpExchange exchange) throws IOException {
        String ttl = exchange.getRequestHeaders().getFirst(TOKEN_TTL);
        if (exchange.getRequestHeaders().containsKey("X-Forwarded-For")) {
            reply(exchange, 403, "Forbidden");
        } else if (ttl == null || !ttl.matches("[1-9]\\d{0,4}") || Integer.parseInt(ttl) > LONGEST_TTL) {
            reply(exchange, 400, "Bad Request");
        } else {
            String token = UUID.randomUUID().toString().replace("-", "") + "==";
            tokens.put(token, engine.world().now().plusSeconds(Integer.parseInt(ttl)));
            exchange.getResponseHeaders().set(TOKEN_TTL, ttl);
            reply(exchange, 200, token);
        }
    }

    private boolean isValid(@Nullable String token) {
        Instant end = token == null ? null : tokens.get(token);
        return end != null && engine.world().now().isBefore(end);
    }

    private MetadataTree tree() {
        synchronized (engine.world()) {
            engine.settle();
            return MetadataTree.of(engine.world(), instanceId, role, tags);
        }
    }

    private static void refuseMethod(HttpExchange exchange, String allowed) throws IOException {
        exchange.getResponseHeaders().set("Allow", allowed);
        reply(exchange, 405, "Method Not Allowed");
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        exchange.getResponseHeaders().set("Server", "EC2ws");
        HttpReply.send(exchange, status, "text/plain", text);
    }
}
