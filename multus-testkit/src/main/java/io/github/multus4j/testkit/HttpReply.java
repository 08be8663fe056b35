package io.github.multus4j.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Sends text as the answer to a request, or nothing at all. */
final class HttpReply {

    private static final int NO_BODY = -1;

    private HttpReply() {}

    static void send(HttpExchange exchange, int status, String contentType, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, NO_BODY);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    /** Ends the connection without an answer: what a client sees when the answer was lost on its way. */
    static void lose(HttpExchange exchange) {
        exchange.close();
    }
}
