package io.github.multus4j.testkit.contract;

import static io.github.multus4j.testkit.contract.ContractSite.absent;
import static io.github.multus4j.testkit.contract.ContractSite.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.Ec2Addresses.AddressList;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests of the contract about secondary IPv4 addresses and IPv4 prefixes. */
abstract class Ipv4AssignmentCases {

    abstract ContractSite site();

    abstract Ec2Addresses addresses();

    private AddressList assign(NetworkInterface to, IpAddress... list) {
        return assign(to, AddressList.of(list));
    }

    private AddressList assign(NetworkInterface to, AddressList list) {
        return addresses().assignPrivateIpAddresses(to.id(), list, false, site().deadline());
    }

    private AddressList take(NetworkInterface to, IpAddress... list) {
        return addresses().assignPrivateIpAddresses(to.id(), AddressList.of(list), true, site().deadline());
    }

    private void unassign(NetworkInterface from, AddressList list) {
        addresses().unassignPrivateIpAddresses(from.id(), list, site().deadline());
    }

    private List<IpAddress> secondary(NetworkInterface of) {
        return site().describe(of.id()).secondaryIpv4Addresses();
    }

    /** Primary addresses are named, so that EC2 chooses none of those that a test assigns. */
    private NetworkInterface create(String subnet, Cidr block, int offset) {
        return site().create(site().parameters(subnet).ipv4(block.first().plus(offset)));
    }

    @Test
    void assign_freeAddresses_areSecondaryOnes() {
        Cidr block = site().nextIpv4(24);
        NetworkInterface made = create(site().subnet(block), block, 10);
        IpAddress first = block.first().plus(100);

        AddressList answer = assign(made, first, first.plus(1));

        assertThat(answer.addresses()).contains(first, first.plus(1));
        assertThat(secondary(made)).containsExactlyInAnyOrder(first, first.plus(1));
        assertThat(site().describe(made.id()).ipv4Addresses())
                .startsWith(block.first().plus(10));
    }

    @Test
    void assign_anAddressItHas_isNoError() {
        Cidr block = site().nextIpv4(24);
        NetworkInterface made = create(site().subnet(block), block, 10);
        IpAddress address = block.first().plus(100);
        assign(made, address);

        assign(made, address);

        assertThat(secondary(made)).containsOnly(address);
    }

    @Test
    @Needs(Capability.ADDRESS_CONFLICTS)
    void assign_heldElsewhere_isRefusedWithAllAddresses() {
        Cidr block = site().nextIpv4(24);
        String subnet = site().subnet(block);
        NetworkInterface holder = create(subnet, block, 10);
        NetworkInterface other = create(subnet, block, 11);
        IpAddress held = block.first().plus(100);
        assign(holder, held, held.plus(1));

        Ec2Exception refusal = refusal(() -> assign(other, held.plus(2), held, held.plus(1)));

        assertThat(refusal.kind()).isEqualTo(Kind.ADDRESS_IN_USE);
        assertThat(refusal.action()).isEqualTo("AssignPrivateIpAddresses");
        assertThat(refusal.addresses()).containsExactlyInAnyOrder(held, held.plus(1));
        assertThat(secondary(other)).isEmpty();
        assertThat(secondary(holder)).hasSize(2);
    }

    @Test
    @Needs(Capability.ADDRESS_MOVES)
    void assign_withReassignment_movesTheAddress() {
        Cidr block = site().nextIpv4(24);
        String subnet = site().subnet(block);
        NetworkInterface holder = create(subnet, block, 10);
        NetworkInterface other = create(subnet, block, 11);
        IpAddress address = block.first().plus(100);
        assign(holder, address, address.plus(1));

        take(other, address);

        assertThat(secondary(other)).containsExactly(address);
        assertThat(secondary(holder)).containsExactly(address.plus(1));
    }

    @Test
    @Needs(Capability.ADDRESS_MOVES)
    void assign_withReassignment_neverTakesAPrimaryAddress() {
        Cidr block = site().nextIpv4(24);
        String subnet = site().subnet(block);
        create(subnet, block, 10);
        NetworkInterface other = create(subnet, block, 11);

        refusal(() -> take(other, block.first().plus(10)));

        assertThat(secondary(other)).isEmpty();
    }

    @Test
    @Needs(Capability.ADDRESS_RANGE)
    void assign_addressOutsideOfTheSubnet_isRefused() {
        Cidr block = site().nextIpv4(24);
        NetworkInterface made = create(site().subnet(block), block, 10);

        assertUnusable(made, block.last().plus(10));
    }

    @Test
    @Needs(Capability.RESERVED_ADDRESSES)
    void assign_reservedAddress_isRefused() {
        Cidr block = site().nextIpv4(24);
        NetworkInterface made = create(site().subnet(block), block, 10);

        assertUnusable(made, block.first().plus(3));
        assertUnusable(made, block.last());
    }

    private void assertUnusable(NetworkInterface to, IpAddress address) {
        Ec2Exception refusal = refusal(() -> take(to, address));
        assertThat(refusal.kind()).as(address.toString()).isEqualTo(Kind.ADDRESS_UNUSABLE);
        assertThat(secondary(to)).isEmpty();
    }

    @Test
    @Needs(Capability.ADDRESS_LIMITS)
    void assign_beyondTheTypesLimit_isRefusedAsAWhole() {
        Cidr block = site().nextIpv4(24);
        String subnet = site().subnet(block);
        NetworkInterface made = create(subnet, block, 10);
        site().attach(made, site().instance(subnet), 1);
        IpAddress first = block.first().plus(100);

        Ec2Exception refusal = refusal(() -> assign(made, range(first, 10)));

        assertThat(refusal.kind()).isEqualTo(Kind.LIMIT_REACHED);
        assertThat(secondary(made)).isEmpty();
        assign(made, range(first, 9));
        assertThat(secondary(made)).hasSize(9);
    }

    private static IpAddress[] range(IpAddress first, int count) {
        return IntStream.range(0, count).mapToObj(first::plus).toArray(IpAddress[]::new);
    }

    @Test
    void assign_addressInAReservation_isGiven() {
        Cidr block = site().nextIpv4(24);
        String subnet = site().subnet(block);
        site().world.createReservation(subnet, Cidr.containing(block.first().plus(128), 25), "explicit");
        NetworkInterface made = create(subnet, block, 10);

        assign(made, block.first().plus(130));

        assertThat(secondary(made)).containsExactly(block.first().plus(130));
    }

    @Test
    @Needs(Capability.PREFIXES)
    void assign_prefixAndAddress_areBothShown() {
        Cidr block = site().nextIpv4(24);
        NetworkInterface made = create(site().subnet(block), block, 10);
        Cidr prefix = Cidr.containing(block.first().plus(64), 28);
        AddressList both = new AddressList(List.of(block.first().plus(100)), List.of(prefix));

        AddressList answer = assign(made, both);

        assertThat(answer).isEqualTo(both);
        assertThat(site().describe(made.id()).ipv4Prefixes()).containsExactly(prefix);
        unassign(made, both);
        assertThat(site().describe(made.id()).ipv4Prefixes()).isEmpty();
        assertThat(secondary(made)).isEmpty();
    }

    @Test
    @Needs({Capability.PREFIXES, Capability.ADDRESS_CONFLICTS})
    void assign_prefixOverAnAddressInUse_isRefused() {
        Cidr block = site().nextIpv4(24);
        String subnet = site().subnet(block);
        create(subnet, block, 70);
        NetworkInterface made = create(subnet, block, 10);
        AddressList prefix = AddressList.of(Cidr.containing(block.first().plus(64), 28));

        assertThat(refusal(() -> assign(made, prefix)).kind()).isEqualTo(Kind.ADDRESS_IN_USE);
    }

    @Test
    void assign_unknownInterface_isRefused() {
        AddressList list = AddressList.of(site().nextIpv4(24).first().plus(100));

        Ec2Exception refusal =
                refusal(() -> addresses().assignPrivateIpAddresses(absent("eni"), list, true, site().deadline()));

        assertThat(refusal.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(refusal.code()).isEqualTo("InvalidNetworkInterfaceID.NotFound");
    }

    @Test
    void unassign_anAddress_leavesTheOthersAndMakesItFree() {
        Cidr block = site().nextIpv4(24);
        String subnet = site().subnet(block);
        NetworkInterface made = create(subnet, block, 10);
        IpAddress address = block.first().plus(100);
        assign(made, address, address.plus(1));

        unassign(made, AddressList.of(address));

        assertThat(secondary(made)).containsExactly(address.plus(1));
        NetworkInterface other = create(subnet, block, 11);
        assign(other, address);
        assertThat(secondary(other)).containsExactly(address);
    }

    @Test
    @Needs(Capability.UNASSIGN_CHECKS)
    void unassign_anAddressItLacks_isRefusedAsAWhole() {
        Cidr block = site().nextIpv4(24);
        NetworkInterface made = create(site().subnet(block), block, 10);
        IpAddress address = block.first().plus(100);
        assign(made, address);

        Ec2Exception refusal = refusal(() -> unassign(made, AddressList.of(address, address.plus(1))));

        assertThat(refusal.kind()).isEqualTo(Kind.ADDRESS_NOT_ASSIGNED);
        assertThat(secondary(made)).containsExactly(address);
    }

    @Test
    @Needs(Capability.UNASSIGN_CHECKS)
    void unassign_thePrimaryAddress_isRefused() {
        Cidr block = site().nextIpv4(24);
        NetworkInterface made = create(site().subnet(block), block, 10);

        refusal(() -> unassign(made, AddressList.of(block.first().plus(10))));

        assertThat(site().describe(made.id()).ipv4Addresses())
                .containsExactly(block.first().plus(10));
    }
}
