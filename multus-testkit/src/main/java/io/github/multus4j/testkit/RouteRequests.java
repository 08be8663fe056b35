package io.github.multus4j.testkit;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The calls about the routes of a route table. */
final class RouteRequests {

    private RouteRequests() {}

    /** By which of its parameters a call names a destination; it names one. */
    record Destination(@Nullable String cidrBlock, @Nullable String ipv6CidrBlock) {

        static Destination of(String block) {
            return block.contains(":") ? new Destination(null, block) : new Destination(block, null);
        }
    }

    /** By which of its parameters a call names a target; it names one. */
    record Target(
            @Nullable String gatewayId,
            @Nullable String networkInterfaceId,
            @Nullable String instanceId) {

        static Target ofInterface(String id) {
            return new Target(null, id, null);
        }

        static Target ofGateway(String id) {
            return new Target(id, null, null);
        }

        List<String> given() {
            return Stream.of(gatewayId, networkInterfaceId, instanceId)
                    .flatMap(Stream::ofNullable)
                    .toList();
        }
    }

    record CreateRoute(String routeTableId, Destination destination, Target target) implements Ec2Request<Boolean> {}

    record ReplaceRoute(String routeTableId, Destination destination, Target target) implements Ec2Request<Boolean> {}

    record DeleteRoute(String routeTableId, Destination destination) implements Ec2Request<Boolean> {}
}
