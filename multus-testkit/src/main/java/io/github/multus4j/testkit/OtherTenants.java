package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AttachNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.CreateNetworkInterface;
import io.github.multus4j.testkit.internal.engine.Ec2Engine;
import io.github.multus4j.testkit.internal.resource.AddressSpace;
import io.github.multus4j.testkit.internal.state.Behaviour;
import io.github.multus4j.testkit.internal.state.StoredInstance;
import io.github.multus4j.testkit.internal.state.StoredInterface;
import io.github.multus4j.testkit.internal.state.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Actions of other tenants in a test's world, and the state for a test's assertions; none of it is
 * in the journal.
 */
final class OtherTenants {

    private static final String DESCRIPTION = "somebody else's";

    private final Ec2Engine engine;

    OtherTenants(Ec2Engine engine) {
        this.engine = engine;
    }

    NetworkInterface occupy(Subnet subnet, String address) {
        return engine.setUp(withAddress(subnet.id(), address)).networkInterface();
    }

    NetworkInterface occupyPrefix(Subnet subnet, String prefix) {
        boolean ipv4 = Cidr.parse(prefix).isIpv4();
        List<String> ipv4Prefixes = ipv4 ? List.of(prefix) : List.of();
        List<String> ipv6Prefixes = ipv4 ? List.of() : List.of(prefix);
        return engine.setUp(request(subnet.id(), aside(subnet.id()), ipv4Prefixes, List.of(), ipv6Prefixes))
                .networkInterface();
    }

    NetworkInterface occupyManaged(Subnet subnet, String address) {
        World world = engine.world();
        synchronized (world) {
            engine.settle();
            StoredInterface made = engine.makeManaged(withAddress(subnet.id(), address));
            engine.settle();
            return made.networkInterface();
        }
    }

    NetworkInterface attach(String instanceId, int deviceIndex, int networkCardIndex) {
        World world = engine.world();
        synchronized (world) {
            Instance instance = instance(instanceId);
            String subnetId = world.interfacesOf(instance.id()).get(0).subnet.id;
            NetworkInterface made = visibleAtOnce(request(subnetId, aside(subnetId), List.of(), List.of(), List.of()));
            engine.setUp(new AttachNetworkInterface(made.id(), instanceId, deviceIndex, networkCardIndex));
            return world.interfaces.get(made.id()).networkInterface();
        }
    }

    /** Other tenants' interfaces are visible at once. */
    private NetworkInterface visibleAtOnce(CreateNetworkInterface request) {
        Behaviour behaviour = engine.world().behaviour;
        Duration visibleAfter = behaviour.visibleAfter;
        behaviour.visibleAfter = Duration.ZERO;
        try {
            return engine.setUp(request).networkInterface();
        } finally {
            behaviour.visibleAfter = visibleAfter;
        }
    }

    List<NetworkInterface> interfaces() {
        synchronized (engine.world()) {
            engine.settle();
            return engine.world().interfaces.all().stream()
                    .map(StoredInterface::networkInterface)
                    .toList();
        }
    }

    Instance instance(String instanceId) {
        synchronized (engine.world()) {
            engine.settle();
            StoredInstance instance = engine.world().instances.find(instanceId);
            if (instance == null) {
                throw new IllegalArgumentException("no instance " + instanceId);
            }
            return engine.world().item(instance).instance();
        }
    }

    private CreateNetworkInterface withAddress(String subnetId, String address) {
        return IpAddress.parse(address).isIpv4()
                ? request(subnetId, address, List.of(), List.of(), List.of())
                : request(subnetId, aside(subnetId), List.of(), List.of(address), List.of());
    }

    /** An IPv4 address at the far end of the subnet, away from the addresses of a test. */
    private @Nullable String aside(String subnetId) {
        synchronized (engine.world()) {
            IpAddress address =
                    new AddressSpace(engine.world(), engine.world().subnets.get(subnetId)).highestFree();
            return address == null ? null : address.toString();
        }
    }

    private static CreateNetworkInterface request(
            String subnetId,
            @Nullable String ipv4Address,
            List<String> ipv4Prefixes,
            List<String> ipv6Addresses,
            List<String> ipv6Prefixes) {
        return new CreateNetworkInterface(
                subnetId,
                ipv4Address,
                List.of(),
                null,
                ipv4Prefixes,
                null,
                ipv6Addresses,
                null,
                ipv6Prefixes,
                null,
                List.of(),
                DESCRIPTION,
                "interface",
                Map.of(),
                null);
    }
}
