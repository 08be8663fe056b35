package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.testkit.JournalEntry;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import io.github.multus4j.testkit.internal.engine.Ec2Engine;
import io.github.multus4j.testkit.internal.http.Json;
import io.github.multus4j.testkit.internal.http.WebReply;
import io.github.multus4j.testkit.internal.http.WebRequest;
import io.github.multus4j.testkit.internal.http.WebResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Answers requests without an AWS API, see {@link Ec2Endpoint}: as JSON, one object per line. */
public final class ControlHandler implements WebResource {

    private static final String JSON_LINES = "application/x-ndjson";

    private final Ec2Engine engine;

    public ControlHandler(Ec2Engine engine) {
        this.engine = engine;
    }

    @Override
    public WebReply answer(WebRequest request) {
        String asked = request.method() + " " + request.uri().getPath();
        return switch (asked) {
            case "GET /_multus/journal" -> reply(200, journal());
            case "GET /_multus/events" -> reply(200, events());
            case "POST /_multus/reset" -> reset();
            default ->
                refusal(
                        404,
                        "There is no " + asked + ". There are: GET /_multus/journal, GET /_multus/events,"
                                + " POST /_multus/reset.");
        };
    }

    @Override
    public WebReply refusal(int status, String why) {
        return reply(status, List.of(Map.of("error", why)));
    }

    private List<Map<String, Object>> events() {
        synchronized (engine.world()) {
            return List.copyOf(engine.world().autoScaling.events);
        }
    }

    private WebReply reset() {
        engine.reset();
        return reply(200, List.of());
    }

    private List<Map<String, Object>> journal() {
        long dropped = engine.journal().dropped();
        Stream<Map<String, Object>> before = dropped == 0 ? Stream.of() : Stream.of(Map.of("dropped", dropped));
        return Stream.concat(before, engine.journal().entries().stream().map(ControlHandler::entry))
                .toList();
    }

    private static Map<String, Object> entry(JournalEntry entry) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("sequence", entry.sequence());
        object.put("time", entry.time());
        object.put("action", entry.action());
        object.put("parameters", new TreeMap<>(entry.parameters()));
        object.put("errorCode", entry.errorCode());
        object.put("answer", entry.answer());
        return object;
    }

    private static WebReply reply(int status, List<Map<String, Object>> objects) {
        StringBuilder lines = new StringBuilder();
        for (Map<String, Object> object : objects) {
            lines.append(Json.write(object)).append('\n');
        }
        return WebReply.of(status, JSON_LINES, lines.toString());
    }
}
