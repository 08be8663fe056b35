package io.github.multus4j.testkit.contract;

import static io.github.multus4j.testkit.contract.ContractSite.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.ReservedAddresses;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests of the contract about addresses. */
abstract class AddressingCases {

    abstract ContractSite site();

    @Test
    @Needs(Capability.ADDRESS_CONFLICTS)
    void create_addressInUse_isRefused() {
        Cidr block = site().nextIpv4(24);
        InterfaceParameters parameters =
                site().parameters(site().subnet(block)).ipv4(block.first().plus(10));
        site().create(parameters);

        Ec2Exception refusal = refusal(() -> site().create(parameters.again()));

        assertThat(refusal.kind()).isEqualTo(Kind.ADDRESS_IN_USE);
    }

    @Test
    @Needs(Capability.ADDRESS_CONFLICTS)
    void create_addressOfAnInstance_isRefused() {
        String subnet = site().subnet();
        String instance = site().instance(subnet);
        NetworkInterface primary = site().describe(
                        site().describeInstance(instance).attachments().get(0).networkInterfaceId());
        InterfaceParameters parameters =
                site().parameters(subnet).ipv4(primary.ipv4Addresses().get(0));

        assertThat(refusal(() -> site().create(parameters)).kind()).isEqualTo(Kind.ADDRESS_IN_USE);
    }

    @Test
    @Needs(Capability.ADDRESS_CONFLICTS)
    void create_ipv6AddressInUse_isRefused() {
        String subnet = dualStack();
        InterfaceParameters parameters =
                site().parameters(subnet).ipv6(site().ipv6().first().plus(10));
        site().create(parameters);

        assertThat(refusal(() -> site().create(parameters.again())).kind()).isEqualTo(Kind.ADDRESS_IN_USE);
    }

    @Test
    @Needs(Capability.ADDRESS_CONFLICTS)
    void create_sameAddressSideBySide_oneWins() throws InterruptedException {
        Cidr block = site().nextIpv4(24);
        String subnet = site().subnet(block);
        InterfaceParameters parameters =
                site().parameters(subnet).ipv4(block.first().plus(10));
        site().create(subnet); // So that the interfaces of the subnet are removed at the end.
        int racers = 8;
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(racers);
        try {
            List<Future<NetworkInterface>> results = new ArrayList<>();
            for (int i = 0; i < racers; i++) {
                results.add(threads.submit(() -> {
                    go.await();
                    return site().ec2.createNetworkInterface(parameters.again().request(), site().deadline());
                }));
            }
            go.countDown();
            List<Object> outcomes = new ArrayList<>();
            for (Future<NetworkInterface> result : results) {
                outcomes.add(outcome(result));
            }
            assertThat(outcomes).containsOnly("made", Kind.ADDRESS_IN_USE).containsOnlyOnce("made");
        } finally {
            threads.shutdownNow();
        }
    }

    private static Object outcome(Future<NetworkInterface> result) throws InterruptedException {
        try {
            result.get();
            return "made";
        } catch (ExecutionException e) {
            return e.getCause() instanceof Ec2Exception refusal ? refusal.kind() : String.valueOf(e.getCause());
        }
    }

    @Test
    void create_addressOfADeletedInterface_isFreeAgain() {
        Cidr block = site().nextIpv4(24);
        InterfaceParameters parameters =
                site().parameters(site().subnet(block)).ipv4(block.first().plus(10));
        site().ec2.deleteNetworkInterface(site().create(parameters).id(), site().deadline());

        assertThat(site().create(parameters.again()).ipv4Addresses())
                .containsExactly(block.first().plus(10));
    }

    @Test
    @Needs(Capability.RESERVED_ADDRESSES)
    void create_reservedAddress_isRefused() {
        Cidr block = site().nextIpv4(24);
        String subnet = site().subnet(block);
        for (int i = 0; i < 4; i++) {
            assertUnusable(subnet, block.first().plus(i));
        }
        assertUnusable(subnet, block.last());
    }

    @Test
    @Needs(Capability.ADDRESS_RANGE)
    void create_addressOutsideOfTheSubnet_isRefused() {
        Cidr block = site().nextIpv4(24);
        String subnet = site().subnet(block);

        assertUnusable(subnet, block.last().plus(10));
    }

    private void assertUnusable(String subnet, IpAddress address) {
        Ec2Exception refusal =
                refusal(() -> site().create(site().parameters(subnet).ipv4(address)));
        assertThat(refusal.kind()).as(address.toString()).isEqualTo(Kind.ADDRESS_UNUSABLE);
        assertThat(refusal.code()).isEqualTo("InvalidParameterValue");
    }

    @Test
    @Needs(Capability.ADDRESS_CHOICE)
    void create_choiceLeftToEc2_givesEveryFreeAddressOnce() {
        Cidr block = site().nextIpv4(28);
        String subnet = site().subnet(block);

        List<IpAddress> chosen = IntStream.range(0, 11)
                .mapToObj(i -> site().create(subnet).ipv4Addresses().get(0))
                .toList();

        AddressSet reserved = ReservedAddresses.of(block);
        assertThat(chosen).doesNotHaveDuplicates().allMatch(block::contains).noneMatch(reserved::contains);
    }

    @Test
    @Needs(Capability.SUBNET_EXHAUSTION)
    void create_fullSubnet_isRefused() {
        String subnet = site().subnet(site().nextIpv4(28));
        for (int i = 0; i < 11; i++) {
            site().create(subnet);
        }

        Ec2Exception refusal = refusal(() -> site().create(subnet));

        assertThat(refusal.kind()).isEqualTo(Kind.SUBNET_FULL);
        assertThat(refusal.code()).isEqualTo("InsufficientFreeAddressesInSubnet");
    }

    @Test
    @Needs(Capability.RESERVATIONS_BIND)
    void create_choiceLeftToEc2_avoidsReservations() {
        Cidr block = site().nextIpv4(24);
        String subnet = site().subnet(block);
        Cidr reserved = Cidr.containing(block.first().plus(128), 25);
        site().world.createReservation(subnet, reserved, "explicit");

        for (int i = 0; i < 20; i++) {
            assertThat(site().create(subnet).ipv4Addresses()).noneMatch(reserved::contains);
        }
    }

    @Test
    void create_addressInAReservation_isGivenWhenAskedFor() {
        Cidr block = site().nextIpv4(24);
        String subnet = site().subnet(block);
        site().world.createReservation(subnet, Cidr.containing(block.first().plus(128), 25), "explicit");
        IpAddress address = block.first().plus(130);

        assertThat(site().create(site().parameters(subnet).ipv4(address)).ipv4Addresses())
                .containsExactly(address);
    }

    @Test
    @Needs(Capability.PREFIXES)
    void describe_delegatedPrefix_isShown() {
        Cidr block = site().nextIpv4(24);
        NetworkInterface made = site().create(site().subnet(block));
        Cidr prefix = Cidr.containing(block.first().plus(64), 28);
        site().world.assignPrefix(made.id(), prefix);

        NetworkInterface seen = site().describe(made.id());

        assertThat(seen.prefixes()).containsExactly(prefix);
        assertThat(seen.ipv4Addresses()).isEqualTo(made.ipv4Addresses());
    }

    @Test
    @Needs(Capability.PREFIXES)
    void create_addressInADelegatedPrefix_isRefused() {
        Cidr block = site().nextIpv4(24);
        String subnet = site().subnet(block);
        String holder = site().create(
                        site().parameters(subnet).ipv4(block.first().plus(10)))
                .id();
        site().world.assignPrefix(holder, Cidr.containing(block.first().plus(64), 28));

        InterfaceParameters parameters =
                site().parameters(subnet).ipv4(block.first().plus(70));

        assertThat(refusal(() -> site().create(parameters)).kind()).isEqualTo(Kind.ADDRESS_IN_USE);
    }

    @Test
    void create_ipv6Count_givesSoManyAddressesOfTheSubnet() {
        NetworkInterface made = site().create(site().parameters(dualStack()).ipv6Count(2));

        NetworkInterface seen = site().describe(made.id());

        assertThat(seen.ipv4Addresses()).hasSize(1);
        assertThat(seen.ipv6Addresses()).hasSize(2).doesNotHaveDuplicates().allMatch(site().ipv6()::contains);
    }

    @Test
    void create_ipv6Address_givesThatOne() {
        String subnet = dualStack();
        IpAddress address = site().ipv6().first().plus(0xA0);

        NetworkInterface made = site().create(site().parameters(subnet).ipv6(address));

        assertThat(site().describe(made.id()).ipv6Addresses()).containsExactly(address);
    }

    @Test
    @Needs(Capability.IPV6_ONLY_SUBNETS)
    void create_inAnIpv6OnlySubnet_hasNoIpv4Address() {
        site().nextIpv4(24);
        String subnet = site().subnet(site().zone(), null, site().ipv6(), Map.of());

        NetworkInterface made = site().create(site().parameters(subnet).ipv6Count(1));

        assertThat(made.ipv4Addresses()).isEmpty();
        assertThat(made.ipv6Addresses()).hasSize(1);
    }

    private String dualStack() {
        Cidr ipv4 = site().nextIpv4(24);
        return site().subnet(site().zone(), ipv4, site().ipv6(), Map.of());
    }
}
