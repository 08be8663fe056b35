package io.github.multus4j.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Answers what AWS has no API for, see {@link Ec2Endpoint}: as JSON, one object per line. */
final class ControlHandler implements HttpHandler {

    private static final String JSON_LINES = "application/x-ndjson";

    private final Ec2Engine engine;

    ControlHandler(Ec2Engine engine) {
        this.engine = engine;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String asked =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        switch (asked) {
            case "GET /_multus/journal" -> send(exchange, 200, journal());
            case "GET /_multus/events" ->
                send(exchange, 200, engine.lifecycleHooks().events());
            case "POST /_multus/reset" -> {
                engine.reset();
                send(exchange, 200, List.of());
            }
            default ->
                send(
                        exchange,
                        404,
                        List.of(Map.of(
                                "error",
                                "There is no " + asked + ". There are: GET /_multus/journal, GET /_multus/events,"
                                        + " POST /_multus/reset.")));
        }
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

    private static void send(HttpExchange exchange, int status, List<Map<String, Object>> objects) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Map<String, Object> object : objects) {
            lines.append(Json.write(object)).append('\n');
        }
        HttpReply.send(exchange, status, JSON_LINES, lines.toString());
    }
}
