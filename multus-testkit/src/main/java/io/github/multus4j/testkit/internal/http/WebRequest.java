package io.github.multus4j.testkit.internal.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;

/** An HTTP request that has arrived as a whole. */
public final class WebRequest {

    /** EC2 takes no call that is longer. */
    public static final int BODY_LIMIT = 1 << 20;

    private final String method;
    private final URI uri;
    private final Headers headers;
    private final byte[] body;
    private final InetAddress localAddress;

    private WebRequest(String method, URI uri, Headers headers, byte[] body, InetAddress localAddress) {
        this.method = method;
        this.uri = uri;
        this.headers = headers;
        this.body = body;
        this.localAddress = localAddress;
    }

    /** Waits for the client to send it. A body that is too long is read only up to the limit. */
    static WebRequest read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
        return new WebRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders(),
                body,
                exchange.getLocalAddress().getAddress());
    }

    public String method() {
        return method;
    }

    public URI uri() {
        return uri;
    }

    public Headers headers() {
        return headers;
    }

    /** All values of a header. */
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    /** The value of a header, empty if the request has none. */
    public String header(String name) {
        String value = headers.getFirst(name);
        return value == null ? "" : value;
    }

    public byte[] body() {
        return body;
    }

    /** The address of this machine to which the client is connected. */
    InetAddress localAddress() {
        return localAddress;
    }
}
