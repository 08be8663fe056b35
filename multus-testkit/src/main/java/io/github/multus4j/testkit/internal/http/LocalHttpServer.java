package io.github.multus4j.testkit.internal.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collection;

/**
 * The JDK's HTTP server for programs on this machine: it refuses web pages of other hosts, see
 * {@link AcceptedHosts}, and ends connections of clients that neither send nor read on, see
 * {@link ExchangeThreads}.
 */
public final class LocalHttpServer implements AutoCloseable {

    private final HttpServer server;
    private final ExchangeThreads threads;
    private final AcceptedHosts hosts;

    private LocalHttpServer(HttpServer server, ExchangeThreads threads, AcceptedHosts hosts) {
        this.server = server;
        this.threads = threads;
        this.hosts = hosts;
    }

    /**
     * Listens on that address.
     *
     * @param threads for its exchanges, closed with it
     * @param hostNames further names that clients may call it by
     * @throws UncheckedIOException if it cannot listen there
     */
    public static LocalHttpServer listen(
            ExchangeThreads threads, InetSocketAddress address, Collection<String> hostNames) {
        sendAnswersAtOnce();
        try {
            HttpServer server = HttpServer.create(address, 0);
            server.setExecutor(threads);
            return new LocalHttpServer(server, threads, new AcceptedHosts(address.getHostString(), hostNames));
        } catch (IOException e) {
            threads.close();
            throw new UncheckedIOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    /** Answers the requests below that path with the resource. */
    public LocalHttpServer serve(String path, WebResource resource) {
        server.createContext(path, exchange -> exchange(exchange, resource));
        return this;
    }

    public LocalHttpServer start() {
        server.start();
        return this;
    }

    private void exchange(HttpExchange exchange, WebResource resource) throws IOException {
        WebRequest request = WebRequest.read(exchange);
        threads.clientHasSent();
        WebReply reply =
                hosts.refusal(request).map(why -> resource.refusal(403, why)).orElseGet(() -> resource.answer(request));
        threads.clientReads();
        reply.send(exchange);
    }

    /** The URL that clients on this machine use, such as {@code http://127.0.0.1:4577}. */
    public URI url() {
        InetSocketAddress address = server.getAddress();
        InetAddress host = address.getAddress();
        // A client cannot connect to "any address"; it can to this machine's own.
        String name = (host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host).getHostAddress();
        return URI.create("http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + address.getPort());
    }

    /** Stops listening and ends all connections. */
    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    /**
     * The JDK's server writes head and body of an answer apart; without this, the operating system
     * holds the body back until the client has confirmed the head: 40 ms for each call. The server
     * has no other setting for it; it reads the property when the first one is made.
     */
    private static void sendAnswersAtOnce() {
        String property = "sun.net.httpserver.nodelay";
        if (System.getProperty(property) == null) {
            System.setProperty(property, "true");
        }
    }
}
