package io.github.multus4j.testkit.contract;

import static io.github.multus4j.testkit.contract.ContractSite.absent;
import static io.github.multus4j.testkit.contract.ContractSite.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.InstanceType.NetworkCard;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests of the contract about reading. */
abstract class ReadingCases {

    abstract ContractSite site();

    @Test
    void describeInstance_existing_hasTheFactsForDecisions() {
        String subnet = site().subnet();
        String id = site().instance(subnet, ContractSite.INSTANCE_TYPE, Map.of("node-group", "upf"));

        Instance instance = site().describeInstance(id);

        assertThat(instance.id()).isEqualTo(id);
        assertThat(instance.type()).isEqualTo(ContractSite.INSTANCE_TYPE);
        assertThat(instance.vpcId()).isEqualTo(site().vpc.id());
        assertThat(instance.zone()).isEqualTo(site().zone());
        assertThat(instance.state()).isEqualTo(Instance.State.RUNNING);
        assertThat(instance.tags()).containsEntry("node-group", "upf");
    }

    @Test
    void describeInstance_existing_showsItsPrimaryInterface() {
        String subnet = site().subnet();
        String id = site().instance(subnet);

        List<Attachment> attachments = site().describeInstance(id).attachments();

        assertThat(attachments).hasSize(1);
        Attachment primary = attachments.get(0);
        assertThat(primary.isPrimary()).isTrue();
        assertThat(primary.instanceId()).isEqualTo(id);
        assertThat(primary.status()).isEqualTo(Attachment.Status.ATTACHED);
        assertThat(site().describe(primary.networkInterfaceId()).isAttachedTo(id))
                .isTrue();
    }

    @Test
    @Needs(Capability.TERMINATION_RELEASES)
    void describeInstance_primaryInterface_goesWithTheInstance() {
        String id = site().instance(site().subnet());

        assertThat(site().describeInstance(id).attachments())
                .singleElement()
                .extracting(Attachment::deleteOnTermination)
                .isEqualTo(true);
    }

    @Test
    void describeInstance_unknown_isEmpty() {
        assertThat(site().ec2.describeInstance(absent("i"), site().deadline())).isEmpty();
    }

    @Test
    void describeInstances_byFilters_findsThoseThatMatchAll() {
        String subnet = site().subnet();
        String key = unique();
        String running = site().instance(subnet, ContractSite.INSTANCE_TYPE, Map.of(key, "upf"));
        String other = site().instance(subnet, ContractSite.INSTANCE_TYPE, Map.of(key, "smf"));
        site().instance(subnet);
        Filter inVpc = Filter.of("vpc-id", site().vpc.id());
        Filter isRunning = Filter.of("instance-state-name", "running");

        assertThat(instances(inVpc, isRunning, Filter.of("tag-key", key))).containsExactlyInAnyOrder(running, other);
        assertThat(instances(inVpc, isRunning, Filter.of("tag:" + key, "upf"))).containsExactly(running);
        assertThat(instances(inVpc, Filter.of("instance-state-name", "stopped"), Filter.of("tag-key", key)))
                .isEmpty();
        assertThat(instances(Filter.of("vpc-id", absent("vpc")), isRunning, Filter.of("tag-key", key)))
                .isEmpty();
    }

    @Test
    void describeInstances_terminated_isFoundByIdWithItsState() {
        String terminated = site().instance(site().subnet());
        site().world.terminateInstance(terminated);

        List<Instance> found = site().ec2
                .describeInstances(List.of(Filter.of("instance-id", terminated, absent("i"))), site().deadline());

        assertThat(found).singleElement().satisfies(instance -> {
            assertThat(instance.id()).isEqualTo(terminated);
            assertThat(instance.state()).isEqualTo(Instance.State.TERMINATED);
        });
    }

    @Test
    void describeInstances_moreValuesThanOneRequestTakes_findsAllOnce() {
        String subnet = site().subnet();
        List<String> made = List.of(site().instance(subnet), site().instance(subnet));
        List<String> ids = new ArrayList<>(made);
        IntStream.range(0, 400).forEach(i -> ids.add(1, absent("i")));

        assertThat(instances(Filter.of("instance-id", ids))).containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void describeSubnets_byId_hasItsPlaceAndBlock() {
        Cidr block = site().nextIpv4(24);
        String id = site().subnet(block);

        Subnet subnet = onlySubnet("subnet-id", id);

        assertThat(subnet.id()).isEqualTo(id);
        assertThat(subnet.vpcId()).isEqualTo(site().vpc.id());
        assertThat(subnet.zone()).isEqualTo(site().zone());
        assertThat(subnet.ipv4Cidr()).isEqualTo(block);
        assertThat(subnet.ipv6Cidrs()).isEmpty();
    }

    @Test
    @Needs(Capability.IPV6_ASSOCIATION_STATE)
    void describeSubnets_dualStack_hasBothBlocks() {
        Cidr ipv4 = site().nextIpv4(24);
        String id = site().subnet(site().zone(), ipv4, site().ipv6(), Map.of());

        assertThat(onlySubnet("subnet-id", id).cidrs()).containsExactly(ipv4, site().ipv6());
    }

    @Test
    @Needs(Capability.IPV6_ONLY_SUBNETS)
    void describeSubnets_ipv6Only_hasNoIpv4Block() {
        site().nextIpv4(24);
        String id = site().subnet(site().zone(), null, site().ipv6(), Map.of());

        assertThat(onlySubnet("subnet-id", id).hasIpv4()).isFalse();
    }

    @Test
    void describeSubnets_byTag_findsThoseThatHaveIt() {
        String name = unique();
        String tagged = site().subnet(site().zone(), site().nextIpv4(24), null, Map.of("multus", name));
        site().subnet();

        assertThat(onlySubnet("tag:multus", name).id()).isEqualTo(tagged);
        assertThat(onlySubnet("tag:multus", name).tags()).containsEntry("multus", name);
    }

    @Test
    void describeSubnets_byTagKey_findsThoseThatHaveIt() {
        String key = unique();
        String tagged = site().subnet(site().zone(), site().nextIpv4(24), null, Map.of(key, ""));
        site().subnet();

        assertThat(onlySubnet("tag-key", key).id()).isEqualTo(tagged);
    }

    @Test
    void describeSubnets_severalValues_findsAllThatExist() {
        String one = site().subnet();
        String other = site().subnet();

        List<Subnet> found = site().ec2
                .describeSubnets(List.of(Filter.of("subnet-id", one, other, absent("subnet"))), site().deadline());

        assertThat(found).extracting(Subnet::id).containsExactlyInAnyOrder(one, other);
    }

    @Test
    void describeSubnets_severalFilters_mustAllMatch() {
        String zone = site().world.zones().get(1);
        site().subnet();
        String there = site().subnet(zone, site().nextIpv4(24), null, Map.of());

        List<Subnet> found = site().ec2
                .describeSubnets(
                        List.of(Filter.of("vpc-id", site().vpc.id()), Filter.of("availability-zone", zone)),
                        site().deadline());

        assertThat(found).extracting(Subnet::id).containsExactly(there);
    }

    @Test
    void describeNetworkInterfaces_bySubnet_findsEveryOneOfIt() {
        String subnet = site().subnet();
        String other = site().subnet();
        Cidr block = onlySubnet("subnet-id", subnet).cidrs().get(0);
        List<String> made = IntStream.range(0, 12)
                .mapToObj(i -> site().create(
                                site().parameters(subnet).ipv4(block.first().plus(10L + i)))
                        .id())
                .toList();
        site().create(other);

        assertThat(site().interfaces("subnet-id", subnet))
                .extracting(NetworkInterface::id)
                .containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void describeNetworkInterfaces_bySubnetAndTag_findsOurs() {
        String subnet = site().subnet();
        String owner = unique();
        String ours = site().create(site().parameters(subnet).tags(Map.of("multus4j.github.io/instance", owner)))
                .id();
        site().create(subnet);

        List<NetworkInterface> found = site().ec2
                .describeNetworkInterfaces(
                        List.of(Filter.of("subnet-id", subnet), Filter.of("tag:multus4j.github.io/instance", owner)),
                        site().deadline());

        assertThat(found).extracting(NetworkInterface::id).containsExactly(ours);
    }

    @Test
    void describeNetworkInterfaces_byTagKeyStatusAndVpc_findsAvailableOnes() {
        String subnet = site().subnet();
        String key = unique();
        String loose = site().create(site().parameters(subnet).tags(Map.of(key, "i-1")))
                .id();
        NetworkInterface attached = site().create(site().parameters(subnet).tags(Map.of(key, "i-2")));
        site().attach(attached, site().instance(subnet), 1);
        site().create(subnet);
        Filter hasKey = Filter.of("tag-key", key);
        Filter isAvailable = Filter.of("status", "available");

        assertThat(interfaces(hasKey, isAvailable)).containsExactly(loose);
        assertThat(interfaces(
                        hasKey, isAvailable, Filter.of("vpc-id", site().vpc.id())))
                .containsExactly(loose);
        assertThat(interfaces(hasKey, isAvailable, Filter.of("vpc-id", absent("vpc"))))
                .isEmpty();
    }

    @Test
    void describeNetworkInterfaces_unknownId_isAbsent() {
        assertThat(site().find(absent("eni"))).isEmpty();
    }

    @Test
    void getSubnetCidrReservations_ofBothFamilies_showsAll() {
        Cidr ipv4 = site().nextIpv4(24);
        Cidr ipv6 = site().ipv6();
        String subnet = site().subnet(site().zone(), ipv4, ipv6, Map.of());
        Cidr explicit = Cidr.containing(ipv4.first().plus(16), 28);
        Cidr prefix = Cidr.containing(ipv6.first().plus(1L << 32), 124);
        site().world.createReservation(subnet, explicit, "explicit");
        site().world.createReservation(subnet, prefix, "prefix");

        List<CidrReservation> found = site().ec2.getSubnetCidrReservations(subnet, site().deadline());

        assertThat(found).extracting(CidrReservation::cidr).containsExactlyInAnyOrder(explicit, prefix);
        assertThat(found).extracting(CidrReservation::type).containsExactlyInAnyOrder("explicit", "prefix");
        assertThat(found).extracting(CidrReservation::subnetId).containsOnly(subnet);
    }

    @Test
    void getSubnetCidrReservations_none_isEmpty() {
        assertThat(site().ec2.getSubnetCidrReservations(site().subnet(), site().deadline()))
                .isEmpty();
    }

    @Test
    void describeSecurityGroups_byId_haveTheirVpc() {
        List<SecurityGroup> found = site().ec2
                .describeSecurityGroups(
                        List.of(Filter.of("group-id", site().groupId, absent("sg"))), site().deadline());

        assertThat(found)
                .containsExactly(new SecurityGroup(site().groupId, site().vpc.id(), "contract"));
    }

    @Test
    void describeInstanceType_known_hasItsLimits() {
        InstanceType type = site().ec2
                .describeInstanceType(ContractSite.INSTANCE_TYPE, site().deadline())
                .orElseThrow();

        assertThat(type)
                .isEqualTo(
                        new InstanceType(ContractSite.INSTANCE_TYPE, 3, List.of(new NetworkCard(0, 3)), 10, 10, true));
    }

    @Test
    void describeInstanceType_ofTwoNetworkCards_hasBoth() {
        InstanceType type = site().ec2
                .describeInstanceType(ContractSite.TWO_CARD_TYPE, site().deadline())
                .orElseThrow();

        assertThat(type.networkCards()).extracting(NetworkCard::index).containsExactlyInAnyOrder(0, 1);
        assertThat(type.maximumNetworkInterfaces())
                .isEqualTo(type.networkCards().stream()
                        .mapToInt(NetworkCard::maximumNetworkInterfaces)
                        .sum());
    }

    @Test
    void describeInstanceType_unknown_isEmpty() {
        assertThat(site().ec2.describeInstanceType("m5.gigantic", site().deadline()))
                .isEmpty();
    }

    @Test
    void anyRead_onAnInterruptedThread_keepsTheFlag() {
        String subnet = site().subnet();
        Thread.currentThread().interrupt();
        try {
            site().interfaces("subnet-id", subnet);
        } catch (Ec2Exception e) {
            assertThat(e.kind()).isNotEqualTo(Ec2Exception.Kind.INVALID);
        } finally {
            assertThat(Thread.interrupted()).as("the interrupt flag").isTrue();
        }
    }

    private List<String> instances(Filter... filters) {
        return site().ec2.describeInstances(List.of(filters), site().deadline()).stream()
                .map(Instance::id)
                .toList();
    }

    private List<String> interfaces(Filter... filters) {
        return site().ec2.describeNetworkInterfaces(List.of(filters), site().deadline()).stream()
                .map(NetworkInterface::id)
                .toList();
    }

    private Subnet onlySubnet(String filter, String value) {
        List<Subnet> found = site().ec2.describeSubnets(List.of(Filter.of(filter, value)), site().deadline());
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
