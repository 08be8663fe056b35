package io.github.multus4j.testkit.endpoint;

import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.internal.engine.EngineAccess;
import io.github.multus4j.testkit.internal.http.ExchangeThreads;
import io.github.multus4j.testkit.internal.http.LocalHttpServer;
import io.github.multus4j.testkit.internal.metadata.MetadataHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The instance metadata service (IMDS) of one instance of a {@link FakeEc2Network}, over HTTP, for
 * an agent that asks for its identity. A client in any language is pointed at it by
 * {@code AWS_EC2_METADATA_SERVICE_ENDPOINT}, or by its own setting.
 *
 * <pre>{@code
 * try (Ec2Endpoint endpoint = Ec2Endpoint.start(ec2);
 *         MetadataEndpoint metadata = MetadataEndpoint.start(ec2, node.id())) {
 *     runAgent(endpoint.url(), metadata.url());
 * }
 * }</pre>
 *
 * <p><b>Only version 2.</b> {@code PUT /latest/api/token} with
 * {@code X-aws-ec2-metadata-token-ttl-seconds} (1 to 21600) gives a token. A request without a
 * valid token is answered with 401, as by an instance with the metadata option
 * {@code HttpTokens=required}. A token is refused (403) to a request that came by a proxy
 * ({@code X-Forwarded-For}).
 *
 * <p><b>Paths</b> below {@code /latest}: {@code meta-data/} with {@code ami-id},
 * {@code instance-id}, {@code instance-type}, {@code local-ipv4}, {@code mac}, {@code placement/},
 * {@code services/}, {@code iam/} (a role with invented credentials that are valid for six hours),
 * {@code network/interfaces/macs/MAC/} and, once {@link #showTags} has switched them on,
 * {@code tags/instance/KEY}; {@code dynamic/instance-identity/document}. A folder lists its
 * entries. An interface has a folder while it is attached. Every other path is answered with 404.
 *
 * <p>It listens on the loopback address, and refuses web pages of other hosts and slow clients as
 * {@link Ec2Endpoint} does. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html">Access
 *     instance metadata</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-categories.html">Instance
 *     metadata categories</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html">Tags
 *     in instance metadata</a>
 */
public final class MetadataEndpoint implements AutoCloseable {

    private final LocalHttpServer server;
    private final MetadataHandler handler;

    private MetadataEndpoint(LocalHttpServer server, MetadataHandler handler) {
        this.server = server;
        this.handler = handler;
    }

    /** Starts the metadata service of that instance, on a port that is free. */
    public static MetadataEndpoint start(FakeEc2Network ec2, String instanceId) {
        return start(ec2, instanceId, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), List.of());
    }

    /** @param instanceId null for the instance that was launched last */
    static MetadataEndpoint start(
            FakeEc2Network ec2, @Nullable String instanceId, InetSocketAddress address, Collection<String> hostNames) {
        MetadataHandler handler = new MetadataHandler(EngineAccess.of(ec2), instanceId);
        LocalHttpServer server = LocalHttpServer.listen(new ExchangeThreads("metadata-endpoint"), address, hostNames);
        return new MetadataEndpoint(server.serve("/", handler).start(), handler);
    }

    /**
     * Its address, such as {@code http://127.0.0.1:1338}: the value for
     * {@code AWS_EC2_METADATA_SERVICE_ENDPOINT}.
     */
    public URI url() {
        return server.url();
    }

    /**
     * Shows the instance's tags, as the metadata option {@code InstanceMetadataTags=enabled} does.
     * At first they are not shown.
     */
    public MetadataEndpoint showTags() {
        handler.showTags();
        return this;
    }

    /**
     * The instance has no instance profile, so that there are no credentials. At first it has one.
     */
    public MetadataEndpoint withoutRole() {
        handler.withoutRole();
        return this;
    }

    /** Stops listening and ends all connections. */
    @Override
    public void close() {
        server.close();
    }
}
