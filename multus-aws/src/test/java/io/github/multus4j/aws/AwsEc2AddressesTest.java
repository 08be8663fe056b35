package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.Ec2Addresses.AddressList;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The adapter's calls for addresses: requests, answers, retries, and exceptions. */
class AwsEc2AddressesTest extends CannedEc2 {

    private static final AddressList IPV4 = new AddressList(
            List.of(IpAddress.parse("10.0.4.9"), IpAddress.parse("10.0.4.10")), List.of(Cidr.parse("10.0.4.32/28")));
    private static final AddressList IPV6 =
            new AddressList(List.of(IpAddress.parse("2001:db8::9")), List.of(Cidr.parse("2001:db8:0:0:1::/80")));

    private Ec2Addresses addresses;

    @BeforeEach
    void makeAddresses() {
        addresses = AwsEc2Addresses.over(client, time.policy());
    }

    @Test
    void assignPrivateIpAddresses_addressesAndPrefixes_areOneCall() {
        endpoint.ec2("AssignPrivateIpAddresses", """
                <networkInterfaceId>eni-1</networkInterfaceId>
                <assignedPrivateIpAddressesSet><item><privateIpAddress>10.0.4.9</privateIpAddress></item><item>
                <privateIpAddress>10.0.4.10</privateIpAddress></item></assignedPrivateIpAddressesSet>
                <assignedIpv4PrefixSet><item><ipv4Prefix>10.0.4.32/28</ipv4Prefix></item></assignedIpv4PrefixSet>
                <return>true</return>""");

        assertThat(addresses.assignPrivateIpAddresses("eni-1", IPV4, true, deadline))
                .isEqualTo(IPV4);

        assertThat(endpoint.requests())
                .singleElement()
                .satisfies(request -> assertThat(request)
                        .containsEntry("NetworkInterfaceId", "eni-1")
                        .containsEntry("PrivateIpAddress.1", "10.0.4.9")
                        .containsEntry("PrivateIpAddress.2", "10.0.4.10")
                        .containsEntry("Ipv4Prefix.1", "10.0.4.32/28")
                        .containsEntry("AllowReassignment", "true"));
    }

    @Test
    void assignPrivateIpAddresses_absentParts_areNotSent() {
        endpoint.ec2("AssignPrivateIpAddresses", "<return>true</return>");

        AddressList assigned = addresses.assignPrivateIpAddresses(
                "eni-1", AddressList.of(Cidr.parse("10.0.4.32/28")), false, deadline);

        assertThat(assigned.isEmpty()).isTrue();
        assertThat(endpoint.requests().get(0).keySet())
                .containsExactlyInAnyOrder(
                        "Action", "Version", "NetworkInterfaceId", "Ipv4Prefix.1", "AllowReassignment");
        assertThat(endpoint.requests().get(0)).containsEntry("AllowReassignment", "false");
    }

    @Test
    void unassignPrivateIpAddresses_addressesAndPrefixes_areOneCall() {
        endpoint.ec2("UnassignPrivateIpAddresses", "<return>true</return>");

        addresses.unassignPrivateIpAddresses("eni-1", IPV4, deadline);

        assertThat(endpoint.requests().get(0))
                .containsEntry("NetworkInterfaceId", "eni-1")
                .containsEntry("PrivateIpAddress.2", "10.0.4.10")
                .containsEntry("Ipv4Prefix.1", "10.0.4.32/28");
    }

    @Test
    void assignIpv6Addresses_addressesAndPrefixes_areOneCall() {
        endpoint.ec2("AssignIpv6Addresses", """
                <networkInterfaceId>eni-1</networkInterfaceId>
                <assignedIpv6Addresses><item>2001:db8:0:0::9</item></assignedIpv6Addresses>
                <assignedIpv6PrefixSet><item>2001:db8:0:0:1::/80</item></assignedIpv6PrefixSet>""");

        assertThat(addresses.assignIpv6Addresses("eni-1", IPV6, deadline)).isEqualTo(IPV6);

        assertThat(endpoint.requests().get(0))
                .containsEntry("Ipv6Addresses.1", "2001:db8::9")
                .containsEntry("Ipv6Prefix.1", "2001:db8:0:0:1::/80")
                .doesNotContainKey("Ipv6AddressCount");
    }

    @Test
    void unassignIpv6Addresses_addressesAndPrefixes_areOneCall() {
        endpoint.ec2("UnassignIpv6Addresses", """
                <networkInterfaceId>eni-1</networkInterfaceId>
                <unassignedIpv6Addresses><item>2001:db8::9</item></unassignedIpv6Addresses>
                <unassignedIpv6PrefixSet><item>2001:db8:0:0:1::/80</item></unassignedIpv6PrefixSet>""");

        assertThat(addresses.unassignIpv6Addresses("eni-1", IPV6, deadline)).isEqualTo(IPV6);

        assertThat(endpoint.requests().get(0))
                .containsEntry("Ipv6Addresses.1", "2001:db8::9")
                .containsEntry("Ipv6Prefix.1", "2001:db8:0:0:1::/80");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "InvalidParameterValue | [10.0.4.9, 10.0.4.10] assigned, but move is not allowed. | ADDRESS_IN_USE | 2",
                "Resource.AlreadyAssigned | 10.0.4.9 is already assigned to a resource. | ADDRESS_IN_USE | 1",
                "InvalidParameterValue | secondary-addresses | ADDRESS_UNUSABLE | 0",
                "InvalidParameterValue | Some of the specified addresses are not assigned to interface eni-1"
                        + " | ADDRESS_NOT_ASSIGNED | 0",
                "PrivateIpAddressLimitExceeded | Number of private addresses will exceed limit. | LIMIT_REACHED | 0",
                "InsufficientFreeAddressesInSubnet | no | SUBNET_FULL | 0",
                "InsufficientCidrBlocks | no | SUBNET_FULL | 0",
                "InvalidNetworkInterfaceID.NotFound | no | NOT_FOUND | 0"
            })
    void anyCall_refused_hasTheKindAndTheAddresses(String code, String message, Kind kind, int named) {
        endpoint.ec2Error(400, code, message);

        Ec2Exception refusal = catchThrowableOfType(
                Ec2Exception.class, () -> addresses.assignPrivateIpAddresses("eni-1", IPV4, false, deadline));

        assertThat(refusal.kind()).isEqualTo(kind);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.addresses()).isEqualTo(IPV4.addresses().subList(0, named));
        assertThat(endpoint.requests()).hasSize(1);
    }

    @Test
    void assign_throttled_isRepeated() {
        endpoint.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded.")
                .ec2("AssignPrivateIpAddresses", "<return>true</return>");

        addresses.assignPrivateIpAddresses("eni-1", IPV4, true, deadline);

        assertThat(endpoint.requests()).hasSize(2);
    }

    @Test
    void changes_withoutAnAnswer_areSentOnceWithUnknownOutcome() {
        List<Runnable> calls = List.of(
                () -> addresses.assignPrivateIpAddresses("eni-1", IPV4, true, deadline),
                () -> addresses.unassignPrivateIpAddresses("eni-1", IPV4, deadline),
                () -> addresses.assignIpv6Addresses("eni-1", IPV6, deadline),
                () -> addresses.unassignIpv6Addresses("eni-1", IPV6, deadline));
        for (int i = 0; i < calls.size(); i++) {
            endpoint.hangUp();

            assertThat(catchThrowableOfType(Ec2Exception.class, calls.get(i)::run)
                            .kind())
                    .isEqualTo(Kind.OUTCOME_UNKNOWN);
            assertThat(endpoint.requests()).hasSize(i + 1);
        }
    }

    @Test
    void assign_answerThatMakesNoSense_leavesTheOutcomeUnknown() {
        endpoint.ec2("AssignIpv6Addresses", "<assignedIpv6Addresses><item>nonsense</item></assignedIpv6Addresses>");

        Ec2Exception unknown =
                catchThrowableOfType(Ec2Exception.class, () -> addresses.assignIpv6Addresses("eni-1", IPV6, deadline));

        assertThat(unknown.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(unknown.code()).isEqualTo("UnreadableAnswer");
    }
}
