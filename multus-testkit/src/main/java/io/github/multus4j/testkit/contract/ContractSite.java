package io.github.multus4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.net.Cidr;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** The VPC of one test and everything in it; removes itself in the reverse order. */
final class ContractSite {

    /** Three interfaces, ten addresses each. */
    static final String INSTANCE_TYPE = "m5.large";

    /** Two network cards. */
    static final String TWO_CARD_TYPE = "c6in.32xlarge";

    private static final Cidr VPC = Cidr.parse("10.77.0.0/16");

    final Ec2Network ec2;
    final Ec2World world;
    final Ec2World.Vpc vpc;
    final String groupId;

    private final Supplier<Deadline> deadlines;
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private int subnets;

    ContractSite(Ec2Network ec2, Ec2World world, Supplier<Deadline> deadlines) {
        this.ec2 = ec2;
        this.world = world;
        this.deadlines = deadlines;
        this.vpc = vpc(VPC);
        this.groupId = securityGroup(vpc.id(), "contract");
    }

    Deadline deadline() {
        return deadlines.get();
    }

    String zone() {
        return world.zones().get(0);
    }

    Ec2World.Vpc vpc(Cidr ipv4) {
        Ec2World.Vpc made = world.createVpc(ipv4);
        undo.push(() -> world.deleteVpc(made.id()));
        return made;
    }

    String securityGroup(String vpcId, String name) {
        String made = world.createSecurityGroup(vpcId, name);
        undo.push(() -> world.deleteSecurityGroup(made));
        return made;
    }

    /** The next IPv4 block for a subnet: 10.77.n.0 with that length. */
    Cidr nextIpv4(int prefixLength) {
        subnets++;
        return Cidr.containing(VPC.first().plus(256L * subnets), prefixLength);
    }

    /** The IPv6 block with the number of the last IPv4 block. */
    Cidr ipv6() {
        return Cidr.containing(
                vpc.ipv6Cidr().first().plus(BigInteger.valueOf(subnets).shiftLeft(64)), 64);
    }

    String subnet(String zone, @Nullable Cidr ipv4, @Nullable Cidr ipv6, Map<String, String> tags) {
        String made = world.createSubnet(vpc.id(), zone, ipv4, ipv6, tags);
        undo.push(() -> world.deleteSubnet(made));
        return made;
    }

    /** An IPv4 subnet in the first zone. */
    String subnet(Cidr ipv4) {
        return subnet(zone(), ipv4, null, Map.of());
    }

    /** An IPv4 {@code /24} in the first zone. */
    String subnet() {
        return subnet(nextIpv4(24));
    }

    String instance(String subnetId, String type, Map<String, String> tags) {
        String made = world.runInstance(subnetId, groupId, type, tags);
        undo.push(() -> {
            world.terminateInstance(made);
            removeInterfaces(subnetId);
        });
        return made;
    }

    String instance(String subnetId) {
        return instance(subnetId, INSTANCE_TYPE, Map.of());
    }

    InterfaceParameters parameters(String subnetId) {
        return new InterfaceParameters(subnetId, groupId);
    }

    NetworkInterface create(InterfaceParameters parameters) {
        undo.push(() -> removeInterfaces(parameters.subnetId()));
        return ec2.createNetworkInterface(parameters.request(), deadline());
    }

    NetworkInterface create(String subnetId) {
        return create(parameters(subnetId));
    }

    /** Attaches at that index of card 0, and returns the attachment's id. */
    String attach(NetworkInterface networkInterface, String instanceId, int index) {
        return ec2.attachNetworkInterface(networkInterface.id(), instanceId, index, 0, deadline());
    }

    List<NetworkInterface> interfaces(String filter, String value) {
        return ec2.describeNetworkInterfaces(List.of(Filter.of(filter, value)), deadline());
    }

    Optional<NetworkInterface> find(String interfaceId) {
        List<NetworkInterface> found = interfaces("network-interface-id", interfaceId);
        assertThat(found).hasSizeLessThan(2);
        return found.stream().findFirst();
    }

    NetworkInterface describe(String interfaceId) {
        return find(interfaceId).orElseThrow(() -> new AssertionError("EC2 shows no " + interfaceId));
    }

    Instance describeInstance(String instanceId) {
        return ec2.describeInstance(instanceId, deadline())
                .orElseThrow(() -> new AssertionError("EC2 shows no " + instanceId));
    }

    /** The exception of the port that the call must end with. */
    static Ec2Exception refusal(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        if (thrown == null) {
            throw new AssertionError("it was not refused");
        }
        assertThat(thrown).isInstanceOf(Ec2Exception.class);
        return (Ec2Exception) thrown;
    }

    /** A unique name or token. */
    static String unique() {
        return UUID.randomUUID().toString();
    }

    /**
     * An id that was never assigned: an emulator may invent a resource for an unknown id, and keep
     * it.
     */
    static String absent(String prefix) {
        return prefix + "-0" + unique().replace("-", "").substring(0, 16);
    }

    /**
     * If a target does not release the interfaces of a terminated instance, they are detached here.
     */
    private void removeInterfaces(String subnetId) {
        for (NetworkInterface left : interfaces("subnet-id", subnetId)) {
            if (left.attachment() != null && left.attachment().isPrimary()) {
                continue;
            }
            if (left.attachment() != null) {
                ec2.detachNetworkInterface(left.attachment().id(), deadline());
            }
            ec2.deleteNetworkInterface(left.id(), deadline());
        }
    }

    /** Removes everything, and returns the failures. */
    List<RuntimeException> remove() {
        List<RuntimeException> failures = new ArrayList<>();
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        return failures;
    }
}
