package io.github.multus4j.testkit.internal.call;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The calls about the routes of a route table. */
public final class RouteRequests {

    private RouteRequests() {}

    /** The destination of a call, in exactly one of these parameters. */
    public record Destination(
            @Nullable String cidrBlock, @Nullable String ipv6CidrBlock) {

        public static Destination of(String block) {
            return block.contains(":") ? new Destination(null, block) : new Destination(block, null);
        }
    }

    /** The target of a call, in exactly one of these parameters. */
    public record Target(
            @Nullable String gatewayId,
            @Nullable String networkInterfaceId,
            @Nullable String instanceId) {

        public static Target ofInterface(String id) {
            return new Target(null, id, null);
        }

        public static Target ofGateway(String id) {
            return new Target(id, null, null);
        }

        public List<String> given() {
            return Stream.of(gatewayId, networkInterfaceId, instanceId)
                    .flatMap(Stream::ofNullable)
                    .toList();
        }
    }

    public record CreateRoute(String routeTableId, Destination destination, Target target)
            implements Ec2Request<Boolean> {}

    public record ReplaceRoute(String routeTableId, Destination destination, Target target)
            implements Ec2Request<Boolean> {}

    public record DeleteRoute(String routeTableId, Destination destination) implements Ec2Request<Boolean> {}
}
