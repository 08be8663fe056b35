package io.github.multus4j.testkit;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A {@link FakeEc2Network} behind HTTP, in the EC2 query protocol: any EC2 client in any language
 * can be pointed at it, with the environment variable {@code AWS_ENDPOINT_URL} or the client's own
 * setting, to build a world in it and to use it. EC2 Auto Scaling's actions around lifecycle hooks
 * are answered at the same address.
 *
 * <pre>{@code
 * try (Ec2Endpoint endpoint = Ec2Endpoint.start(ec2)) {
 *     Ec2Client client = Ec2Client.builder().endpointOverride(endpoint.url()). ... .build();
 * }
 * }</pre>
 *
 * <p><b>Strict.</b> A parameter that is missing, of the wrong type, or unknown is refused in EC2's
 * form. An action, a parameter or a filter that AWS documents and the fake does not model is
 * refused with the code {@code NotModelledByFake}, which is none of EC2's, so that none is silently
 * without effect and none is taken for invalid in EC2; only a parameter that has nothing to do with
 * the network (such as RunInstances' {@code UserData}) is taken and ignored. A call must be signed,
 * but the signature is not verified: any credentials will do.
 *
 * <p><b>Faults.</b> The client sees the faults of the fake's {@code faults()}: errors with
 * their HTTP status, and for a lost answer a connection that ends without one. The AWS clients
 * repeat a call then, so switch their retries off to see each fault.
 *
 * <p><b>Control</b>, for what AWS has no API for; no signature is needed:
 *
 * <ul>
 *   <li>{@code GET /_multus/journal}: the calls so far, one JSON object per line. A bounded journal
 *     that has dropped entries begins with a line {@code {"dropped": 12}}; {@link
 *     Journal#keepAtMost} bounds it, and the command line does so at 10,000 entries unless {@code
 *     --journal} says otherwise
 *   <li>{@code GET /_multus/events}: the lifecycle events so far, one JSON object per line in
 *     EventBridge's shape
 *   <li>{@code POST /_multus/reset}: forget all that was made, the journal, the events and the
 *     faults; time and behaviour stay
 * </ul>
 *
 * <p><b>Time.</b> A fake on {@link ManualTime} stands still however long a client polls. That is no
 * matter while nothing takes time, as at first; if {@code behaviour()} says that something does,
 * move the time by hand or give the fake the system's clock.
 *
 * <p>It listens on the loopback address unless told otherwise: any caller may change the
 * fake. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/ec2/latest/devguide/query-api.html">The EC2 Query
 *     API</a>
 */
public final class Ec2Endpoint implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads;

    private Ec2Endpoint(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Starts an endpoint on the loopback address, on a port that is free. */
    public static Ec2Endpoint start(FakeEc2Network ec2) {
        return start(ec2, 0);
    }

    /** Starts an endpoint on the loopback address, on that port; 0 is any that is free. */
    public static Ec2Endpoint start(FakeEc2Network ec2, int port) {
        return start(ec2, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * Starts an endpoint on any address of this machine.
     *
     * @throws UncheckedIOException if it cannot listen there
     */
    public static Ec2Endpoint start(FakeEc2Network ec2, InetSocketAddress address) {
        sendAnswersAtOnce();
        endHalfRequests();
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
        ExecutorService threads = Executors.newCachedThreadPool(Ec2Endpoint::daemon);
        server.setExecutor(threads);
        server.createContext("/", new QueryHandler(ec2.engine()));
        server.createContext("/_multus/", new ControlHandler(ec2.engine()));
        server.start();
        return new Ec2Endpoint(server, threads);
    }

    /** Where it is, such as {@code http://127.0.0.1:4577}: the value for {@code AWS_ENDPOINT_URL}. */
    public URI url() {
        return urlOf(server);
    }

    static URI urlOf(HttpServer server) {
        InetSocketAddress address = server.getAddress();
        InetAddress host = address.getAddress();
        // A client cannot connect to "any address"; it can to this machine's own.
        String name = (host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host).getHostAddress();
        return URI.create("http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + address.getPort());
    }

    /** Stops listening and ends all connections. The fake stays as it is. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /**
     * Runs an endpoint until the process is ended: {@code --port} and {@code --host} say where, {@code --region} the Region. Prints its address when it is ready.
     */
    public static void main(String... arguments) {
        System.exit(EndpointProgram.run(arguments, System.out, System.err));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "ec2-endpoint");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * The JDK's server writes head and body of an answer apart; without this, the operating system holds the body back until the client has
     * confirmed the head: 40 ms for each call. The server reads the property once, when the first one is made.
     */
    static void sendAnswersAtOnce() {
        setUnlessSet("sun.net.httpserver.nodelay", "true");
    }

    /**
     * A request without an end would hold its thread for good. The JDK reads both once, in seconds;
     * answers may be told to take long.
     */
    static void endHalfRequests() {
        setUnlessSet("sun.net.httpserver.maxReqTime", "30");
        setUnlessSet("sun.net.httpserver.maxRspTime", "600");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
