package io.github.multus4j.deploy.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Forwards calls to an endpoint and records their names as they went over the wire. */
final class WireTap implements AutoCloseable {

    /** Headers that the JDK's client sets itself. */
    private static final Set<String> HOP = Set.of("host", "connection", "content-length", "expect", "upgrade");

    private final URI target;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    private final AtomicInteger keeping = new AtomicInteger();

    private WireTap(URI target) {
        this.target = target;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::pass);
        server.start();
    }

    static WireTap on(URI target) {
        return new WireTap(target);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The names of the calls since the last time, in the order of their arrival. */
    List<String> drain() {
        synchronized (calls) {
            List<String> all = List.copyOf(calls);
            calls.clear();
            return all;
        }
    }

    /** How many calls have not asked for their connection to be closed. */
    int keepingConnections() {
        return keeping.get();
    }

    /** Calls that only look. */
    static boolean isRead(String call) {
        return call.startsWith("Describe") || call.startsWith("Get");
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!"close".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Connection"))) {
                keeping.incrementAndGet();
            }
            calls.add(call(new String(body, StandardCharsets.UTF_8)));
            HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers()
                    .firstValue("content-type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("content-type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The action's name, and for an action with several attributes the attribute. */
    private static String call(String form) {
        List<String> parameters = Arrays.stream(form.split("&"))
                .map(parameter -> URLDecoder.decode(parameter, StandardCharsets.UTF_8))
                .toList();
        String action = parameters.stream()
                .filter(parameter -> parameter.startsWith("Action="))
                .map(parameter -> parameter.substring("Action=".length()))
                .findFirst()
                .orElse("not a query");
        return action
                + Stream.of("SourceDestCheck", "DeleteOnTermination")
                        .filter(name -> parameters.stream().anyMatch(parameter -> parameter.contains(name)))
                        .map(name -> " " + name)
                        .collect(Collectors.joining());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
