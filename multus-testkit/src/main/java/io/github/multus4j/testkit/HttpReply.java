package io.github.multus4j.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Sends text as the answer to a request, or nothing at all. */
final class HttpReply {

    private static final int NO_BODY = -1;

    /** The most of a request that is read for nothing; the connection of a longer one is reset. */
    private static final int MOST_LEFT_OVER = 64 << 20;

    private HttpReply() {}

    static void send(HttpExchange exchange, int status, String contentType, String text) throws IOException {
        readRest(exchange.getRequestBody());
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

    /**
     * A client that is still sending when the connection is closed sees a reset instead of the
     * answer.
     */
    private static void readRest(InputStream request) throws IOException {
        byte[] part = new byte[8192];
        int left = MOST_LEFT_OVER;
        int read = 0;
        while (read >= 0 && left > 0) {
            read = request.read(part);
            left -= read;
        }
    }

    /** Ends the connection without an answer: what a client sees when the answer was lost on its way. */
    static void lose(HttpExchange exchange) {
        exchange.close();
    }
}
