package io.github.multus4j.testkit.endpoint;

import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.ManualTime;
import io.github.multus4j.testkit.internal.engine.EngineAccess;
import io.github.multus4j.testkit.internal.http.ExchangeThreads;
import io.github.multus4j.testkit.internal.http.LocalHttpServer;
import io.github.multus4j.testkit.internal.query.ControlHandler;
import io.github.multus4j.testkit.internal.query.QueryHandler;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;

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
 * without effect and none is taken for invalid in EC2; only a parameter without any effect on the
 * network (such as RunInstances' {@code UserData}) is accepted and ignored. A call must be signed,
 * but the signature is not verified: any credentials are accepted.
 *
 * <p><b>Faults.</b> The client sees the faults of the fake's {@code faults()}: errors with their
 * HTTP status, and for a lost answer a connection that ends without one. The AWS clients repeat a
 * call then, so switch their retries off to see each fault.
 *
 * <p><b>Control</b>, for requests without an AWS API; no signature is needed:
 *
 * <ul>
 *   <li>{@code GET /_multus/journal}: the calls so far, one JSON object per line. A bounded journal
 *     that has dropped entries begins with a line {@code {"dropped": 12}}; {@link
 *     io.github.multus4j.testkit.Journal#keepAtMost} bounds it, and the program does so at 10,000
 *     entries unless {@code --journal} says otherwise
 *   <li>{@code GET /_multus/events}: the lifecycle events so far, one JSON object per line in
 *   EventBridge's shape
 *   <li>{@code POST /_multus/reset}: forget all resources, the journal, the events and the faults;
 *   time and behaviour stay
 * </ul>
 *
 * <p><b>Time.</b> A fake on {@link ManualTime} stands still while a client polls. By default
 * nothing takes time, so this does not matter. If {@code behaviour()} sets a duration, move the
 * time by hand or give the fake the system's clock.
 *
 * <p><b>Access.</b> It listens on the loopback address by default: any caller may change the fake.
 * A web page in a browser may not: a request with an {@code Origin} of another host, or with a
 * {@code Host} that is not a name of this endpoint, is answered with 403. Names of it are loopback
 * names, its address, AWS's names of EC2 and EC2 Auto Scaling, names without a dot or below
 * {@code .internal}, and those given to {@link #start(FakeEc2Network, InetSocketAddress,
 * Collection)}.
 *
 * <p><b>Time-outs.</b> A connection ends if a request takes longer than 30 seconds to arrive, or
 * its answer longer to be taken; beyond 64 such clients, the oldest have one second. The time that
 * the fake takes for an answer does not count.
 *
 * <p>Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/ec2/latest/devguide/query-api.html">The EC2 Query
 *     API</a>
 */
public final class Ec2Endpoint implements AutoCloseable {

    private final LocalHttpServer server;

    private Ec2Endpoint(LocalHttpServer server) {
        this.server = server;
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
        return start(ec2, address, List.of());
    }

    /**
     * As {@link #start(FakeEc2Network, InetSocketAddress)}, for clients that know this machine by
     * other names.
     *
     * @param hostNames further names that a request may have as its {@code Host}, such as
     *     {@code ec2.test.example}
     * @throws UncheckedIOException if it cannot listen there
     */
    public static Ec2Endpoint start(FakeEc2Network ec2, InetSocketAddress address, Collection<String> hostNames) {
        return new Ec2Endpoint(LocalHttpServer.listen(new ExchangeThreads("ec2-endpoint"), address, hostNames)
                .serve("/", new QueryHandler(EngineAccess.of(ec2)))
                .serve("/_multus/", new ControlHandler(EngineAccess.of(ec2)))
                .start());
    }

    /**
     * Its address, such as {@code http://127.0.0.1:4577}: the value for {@code AWS_ENDPOINT_URL}.
     */
    public URI url() {
        return server.url();
    }

    /** Stops listening and ends all connections. The fake stays as it is. */
    @Override
    public void close() {
        server.close();
    }
}
