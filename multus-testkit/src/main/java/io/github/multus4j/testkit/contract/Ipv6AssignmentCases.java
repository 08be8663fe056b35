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
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests of the contract about IPv6 addresses and IPv6 prefixes. */
abstract class Ipv6AssignmentCases {

    abstract ContractSite site();

    abstract Ec2Addresses addresses();

    private AddressList assign(NetworkInterface to, AddressList list) {
        return addresses().assignIpv6Addresses(to.id(), list, site().deadline());
    }

    private AddressList unassign(NetworkInterface from, AddressList list) {
        return addresses().unassignIpv6Addresses(from.id(), list, site().deadline());
    }

    private List<IpAddress> shown(NetworkInterface of) {
        return site().describe(of.id()).ipv6Addresses();
    }

    private String dualStack() {
        Cidr ipv4 = site().nextIpv4(24);
        return site().subnet(site().zone(), ipv4, site().ipv6(), Map.of());
    }

    private IpAddress address(int offset) {
        return site().ipv6().first().plus(offset);
    }

    @Test
    void assign_freeAddresses_areShownAndAnswered() {
        NetworkInterface made = site().create(dualStack());

        AddressList answer = assign(made, AddressList.of(address(0xA0), address(0xA1)));

        assertThat(answer.addresses()).containsExactlyInAnyOrder(address(0xA0), address(0xA1));
        assertThat(shown(made)).containsExactlyInAnyOrder(address(0xA0), address(0xA1));
    }

    @Test
    void assign_anAddressItHas_isNoError() {
        NetworkInterface made = site().create(dualStack());
        assign(made, AddressList.of(address(0xA0)));

        assign(made, AddressList.of(address(0xA0)));

        assertThat(shown(made)).containsOnly(address(0xA0));
    }

    @Test
    @Needs(Capability.ADDRESS_CONFLICTS)
    void assign_heldElsewhere_isRefusedUntilItIsUnassigned() {
        String subnet = dualStack();
        NetworkInterface holder = site().create(subnet);
        NetworkInterface other = site().create(subnet);
        AddressList list = AddressList.of(address(0xA0));
        assign(holder, list);

        assertThat(refusal(() -> assign(other, list)).kind()).isEqualTo(Kind.ADDRESS_IN_USE);
        assertThat(shown(holder)).containsExactly(address(0xA0));
        unassign(holder, list);
        assign(other, list);

        assertThat(shown(other)).containsExactly(address(0xA0));
        assertThat(shown(holder)).isEmpty();
    }

    @Test
    @Needs(Capability.ADDRESS_LIMITS)
    void assign_beyondTheTypesLimit_isRefused() {
        String subnet = dualStack();
        NetworkInterface made = site().create(subnet);
        site().attach(made, site().instance(subnet), 1);
        IpAddress[] eleven =
                IntStream.range(0xA0, 0xA0 + 11).mapToObj(this::address).toArray(IpAddress[]::new);

        assertThat(refusal(() -> assign(made, AddressList.of(eleven))).kind()).isEqualTo(Kind.LIMIT_REACHED);
    }

    @Test
    @Needs(Capability.PREFIXES)
    void assign_prefix_isShownUntilItIsUnassigned() {
        NetworkInterface made = site().create(dualStack());
        AddressList prefix =
                AddressList.of(Cidr.containing(site().ipv6().first().plus(BigInteger.ONE.shiftLeft(48)), 80));

        assertThat(assign(made, prefix)).isEqualTo(prefix);

        assertThat(site().describe(made.id()).ipv6Prefixes()).isEqualTo(prefix.prefixes());
        assertThat(unassign(made, prefix)).isEqualTo(prefix);
        assertThat(site().describe(made.id()).prefixes()).isEmpty();
    }

    @Test
    void assign_unknownInterface_isRefused() {
        dualStack();
        AddressList list = AddressList.of(address(0xA0));

        Ec2Exception refusal = refusal(() -> addresses().assignIpv6Addresses(absent("eni"), list, site().deadline()));

        assertThat(refusal.kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void unassign_anAddress_leavesTheOthers() {
        NetworkInterface made = site().create(dualStack());
        assign(made, AddressList.of(address(0xA0), address(0xA1)));

        assertThat(unassign(made, AddressList.of(address(0xA0))).addresses()).containsExactly(address(0xA0));

        assertThat(shown(made)).containsExactly(address(0xA1));
    }

    @Test
    @Needs(Capability.UNASSIGN_CHECKS)
    void unassign_anAddressItLacks_isRefusedAsAWhole() {
        NetworkInterface made = site().create(dualStack());
        assign(made, AddressList.of(address(0xA0)));

        Ec2Exception refusal = refusal(() -> unassign(made, AddressList.of(address(0xA0), address(0xA1))));

        assertThat(refusal.kind()).isEqualTo(Kind.ADDRESS_NOT_ASSIGNED);
        assertThat(shown(made)).containsExactly(address(0xA0));
    }
}
