package io.github.multus4j.testkit.internal.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The answer to a request.
 *
 * @param headers its header fields
 * @param text its body
 */
public record WebReply(int status, Map<String, String> headers, String text) {

    /** No answer: the connection ends, as if the answer was lost on its way. */
    public static final WebReply LOST = new WebReply(0, Map.of(), "");

    private static final int NO_BODY = -1;

    /** The rest of a request is read up to this length; the connection of a longer one is reset. */
    private static final int MOST_LEFT_OVER = 64 << 20;

    public WebReply {
        headers = Map.copyOf(headers);
    }

    public static WebReply of(int status, String contentType, String text) {
        return new WebReply(status, Map.of("Content-Type", contentType), text);
    }

    /** The same answer with one more header field. */
    public WebReply with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new WebReply(status, more, text);
    }

    /** Sends it, and ends the exchange. */
    void send(HttpExchange exchange) throws IOException {
        if (status != LOST.status) {
            readRest(exchange.getRequestBody());
            headers.forEach(exchange.getResponseHeaders()::set);
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(status, NO_BODY);
            } else {
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
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
}
