package io.github.multus4j.testkit.internal.metadata;

import io.github.multus4j.testkit.internal.engine.Ec2Engine;
import io.github.multus4j.testkit.internal.http.WebReply;
import io.github.multus4j.testkit.internal.http.WebRequest;
import io.github.multus4j.testkit.internal.http.WebResource;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Gives tokens, checks them, and answers from a {@link MetadataTree} of that moment. */
public final class MetadataHandler implements WebResource {

    private static final System.Logger LOG = System.getLogger(MetadataHandler.class.getName());

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
    public MetadataHandler(Ec2Engine engine, @Nullable String instanceId) {
        this.engine = engine;
        this.instanceId = instanceId;
    }

    public void showTags() {
        tags = true;
    }

    public void withoutRole() {
        role = false;
    }

    @Override
    public WebReply answer(WebRequest request) {
        try {
            return found(request);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a request met a fault of the fake", e);
            return reply(500, "Internal Server Error");
        }
    }

    @Override
    public WebReply refusal(int status, String why) {
        return reply(status, why);
    }

    private WebReply found(WebRequest request) {
        String path = request.uri().getPath();
        if (path.equals(TOKEN_PATH)) {
            return request.method().equals("PUT") ? token(request) : methodRefused("PUT");
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return methodRefused("GET, HEAD");
        }
        if (!isValid(request.header(TOKEN))) {
            return reply(401, "Unauthorized");
        }
        String found = tree().at(path);
        return found == null ? reply(404, "Not Found") : reply(200, found);
    }

    private WebReply token(WebRequest request) {
        String ttl = request.header(TOKEN_TTL);
        if (request.headers().containsKey("X-Forwarded-For")) {
            return reply(403, "Forbidden");
        }
        if (!ttl.matches("[1-9]\\d{0,4}") || Integer.parseInt(ttl) > LONGEST_TTL) {
            return reply(400, "Bad Request");
        }
        String token = UUID.randomUUID().toString().replace("-", "") + "==";
        Instant now = engine.world().now();
        tokens.values().removeIf(end -> !now.isBefore(end));
        tokens.put(token, now.plusSeconds(Integer.parseInt(ttl)));
        return reply(200, token).with(TOKEN_TTL, ttl);
    }

    private boolean isValid(String token) {
        Instant end = tokens.get(token);
        return end != null && engine.world().now().isBefore(end);
    }

    private MetadataTree tree() {
        synchronized (engine.world()) {
            engine.settle();
            return MetadataTree.of(engine.world(), instanceId, role, tags);
        }
    }

    private static WebReply methodRefused(String allowed) {
        return reply(405, "Method Not Allowed").with("Allow", allowed);
    }

    private static WebReply reply(int status, String text) {
        return WebReply.of(status, "text/plain", text).with("Server", "EC2ws");
    }
}
