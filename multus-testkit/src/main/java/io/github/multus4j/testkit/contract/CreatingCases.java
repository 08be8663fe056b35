package io.github.multus4j.testkit.contract;

import static io.github.multus4j.testkit.contract.ContractSite.absent;
import static io.github.multus4j.testkit.contract.ContractSite.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests of the contract about making an interface. */
abstract class CreatingCases {

    private static final Map<String, String> TAGS =
            Map.of("node.k8s.amazonaws.com/no_manage", "true", "multus4j.github.io/owner", "a b=c,d&é");

    abstract ContractSite site();

    @Test
    void create_answers_withAllThatWasAskedFor() {
        Cidr block = site().nextIpv4(24);
        String subnet = site().subnet(block);
        IpAddress address = block.first().plus(10);

        NetworkInterface made =
                site().create(site().parameters(subnet).ipv4(address).tags(TAGS));

        assertThat(made.status()).isIn(NetworkInterface.Status.PENDING, NetworkInterface.Status.AVAILABLE);
        assertHasAll(made, subnet, address);
    }

    @Test
    void create_done_isSeenWithAllThatWasAskedFor() {
        Cidr block = site().nextIpv4(24);
        String subnet = site().subnet(block);
        IpAddress address = block.first().plus(10);
        NetworkInterface made =
                site().create(site().parameters(subnet).ipv4(address).tags(TAGS));

        NetworkInterface seen = site().describe(made.id());

        assertThat(seen.status()).isEqualTo(NetworkInterface.Status.AVAILABLE);
        assertThat(seen.macAddress()).isEqualTo(made.macAddress());
        assertHasAll(seen, subnet, address);
    }

    private void assertHasAll(NetworkInterface networkInterface, String subnet, IpAddress address) {
        assertThat(networkInterface.id()).startsWith("eni-");
        assertThat(networkInterface.subnetId()).isEqualTo(subnet);
        assertThat(networkInterface.vpcId()).isEqualTo(site().vpc.id());
        assertThat(networkInterface.zone()).isEqualTo(site().zone());
        assertThat(networkInterface.description()).isEqualTo(InterfaceParameters.DESCRIPTION);
        assertThat(networkInterface.sourceDestCheck()).isTrue();
        assertThat(networkInterface.securityGroupIds()).containsExactly(site().groupId);
        assertThat(networkInterface.ipv4Addresses()).containsExactly(address);
        assertThat(networkInterface.ipv6Addresses()).isEmpty();
        assertThat(networkInterface.prefixes()).isEmpty();
        assertThat(networkInterface.attachment()).isNull();
        assertThat(networkInterface.tags()).isEqualTo(TAGS);
    }

    @Test
    @Needs(Capability.VALID_MAC)
    void create_macAddress_isSixPairsOfDigitsAndUnicast() {
        String mac = site().create(site().subnet()).macAddress();

        assertThat(mac).matches("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
        assertThat(Integer.parseInt(mac.substring(0, 2), 16) & 1).isZero();
    }

    @Test
    void create_sameTokenTwiceInARow_neverFails() {
        InterfaceParameters parameters = site().parameters(site().subnet());
        site().create(parameters);

        assertThat(site().create(parameters).subnetId()).isEqualTo(parameters.subnetId());
    }

    @Test
    @Needs(Capability.CLIENT_TOKENS)
    void create_sameTokenSameParameters_isTheSameInterface() {
        InterfaceParameters parameters = site().parameters(site().subnet()).tags(TAGS);
        String first = site().create(parameters).id();

        assertThat(site().create(parameters).id()).isEqualTo(first);
        assertThat(site().interfaces("subnet-id", parameters.subnetId())).hasSize(1);
    }

    @Test
    @Needs(Capability.CLIENT_TOKENS)
    void create_sameTokenOtherParameters_isRefused() {
        InterfaceParameters parameters = site().parameters(site().subnet());
        site().create(parameters);

        Ec2Exception refusal = refusal(() -> site().create(parameters.tags(TAGS)));

        assertThat(refusal.kind()).isEqualTo(Kind.TOKEN_MISMATCH);
        assertThat(refusal.code()).isEqualTo("IdempotentParameterMismatch");
    }

    @Test
    void create_unknownSubnet_isRefused() {
        String unknown = absent("subnet");

        Ec2Exception refusal = refusal(() -> site().create(unknown));

        assertThat(refusal.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(refusal.code()).isEqualTo("InvalidSubnetID.NotFound");
        assertThat(refusal.action()).isEqualTo("CreateNetworkInterface");
        assertThat(refusal).hasMessageContaining(unknown);
    }

    @Test
    @Needs(Capability.SECURITY_GROUP_CHECKS)
    void create_unknownSecurityGroup_isRefused() {
        String unknown = absent("sg");
        InterfaceParameters parameters = site().parameters(site().subnet()).group(unknown);

        Ec2Exception refusal = refusal(() -> site().create(parameters));

        assertThat(refusal.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(refusal).hasMessageContaining(unknown);
    }

    @Test
    @Needs(Capability.SECURITY_GROUP_CHECKS)
    void create_securityGroupOfAnotherVpc_isRefused() {
        Ec2World.Vpc other = site().vpc(Cidr.parse("10.78.0.0/16"));
        String group = site().securityGroup(other.id(), "contract");
        InterfaceParameters parameters = site().parameters(site().subnet()).group(group);

        assertThat(refusal(() -> site().create(parameters)).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void create_refused_leavesNothing() {
        String subnet = site().subnet();

        refusal(() -> site().create(absent("subnet")));

        assertThat(site().interfaces("subnet-id", subnet)).isEmpty();
    }
}
