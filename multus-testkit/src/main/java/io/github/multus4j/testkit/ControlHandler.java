package io.github.multus4j.testkit;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Answers what AWS has no API for, see {@link Ec2Endpoint}: as JSON, one object per line. */
final class ControlHandler implements HttpHandler {

    private static final String JSON_LINES = "application/x-ndjson";

    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

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
            case "POST /_multus/reset" -> reset(exchange);
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

    /** Not for a web page that a developer's browser shows, by any name of this host. */
    private void reset(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String origin = headers.getFirst("Origin");
        String host = String.valueOf(headers.getFirst("Host"));
        if ((origin != null && !isLocal(origin.replaceFirst("^https?://", ""))) || !isLocal(host)) {
            send(
                    exchange,
                    403,
                    List.of(Map.of(
                            "error",
                            "POST /_multus/reset is refused to web pages of other hosts: use an address, localhost, or a name"
                                    + " without a dot.")));
            return;
        }
        engine.reset();
        send(exchange, 200, List.of());
    }

    /** An address, or a name that no name server of the Internet answers for. */
    private static boolean isLocal(String authority) {
        String name = authority.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        return name.startsWith("[")
                || ADDRESS.matcher(name).matches()
                || (!name.isEmpty() && !name.equals("null") && !name.contains("."))
                || name.endsWith(".localhost")
                || name.endsWith(".internal");
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
