package io.github.multus4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.Ec2Addresses.AddressList;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The port to the addresses on the fake: answers, errors, faults, journal, throttling. */
class FakeEc2AddressesTest {

    private static final IpAddress V4 = IpAddress.parse("10.0.4.100");
    private static final IpAddress V6 = IpAddress.parse("2600:1f18:1234:5604::100");
    private static final AddressList IPV4 = new AddressList(List.of(V4), List.of(Cidr.parse("10.0.4.32/28")));
    private static final AddressList IPV6 =
            new AddressList(List.of(V6), List.of(Cidr.parse("2600:1f18:1234:5604:1::/80")));

    private final FakeEc2Network fake = FakeEc2Network.strict();
    private final Ec2Addresses addresses = fake;
    private final Subnet subnet = fake.vpc("10.0.0.0/16", "2600:1f18:1234:5600::/56")
            .dualStackSubnet("10.0.4.0/24", "2600:1f18:1234:5604::/64", "us-east-1a");
    private final NetworkInterface one = fake.occupy(subnet, "10.0.4.8");
    private final NetworkInterface other = fake.occupy(subnet, "10.0.4.9");
    private final Deadline deadline = Deadline.in(Duration.ofHours(1), fake.time());

    private NetworkInterface now(NetworkInterface before) {
        return fake.interfaces().stream()
                .filter(i -> i.id().equals(before.id()))
                .findFirst()
                .orElseThrow();
    }

    private static Ec2Exception refusal(ThrowingCallable call) {
        return catchThrowableOfType(Ec2Exception.class, call);
    }

    @Test
    void assignAndUnassign_bothFamilies_areShownAndAnswered() {
        NetworkInterface before = now(one);
        assertThat(addresses.assignPrivateIpAddresses(one.id(), IPV4, false, deadline))
                .isEqualTo(IPV4);
        assertThat(addresses.assignIpv6Addresses(one.id(), IPV6, deadline)).isEqualTo(IPV6);

        NetworkInterface seen = now(one);
        assertThat(seen.ipv4Addresses()).startsWith(IpAddress.parse("10.0.4.8"));
        assertThat(seen.secondaryIpv4Addresses()).containsExactly(V4);
        assertThat(seen.ipv4Prefixes()).isEqualTo(IPV4.prefixes());
        assertThat(seen.ipv6Addresses()).containsExactly(V6);
        assertThat(seen.ipv6Prefixes()).isEqualTo(IPV6.prefixes());
        addresses.unassignPrivateIpAddresses(one.id(), IPV4, deadline);
        assertThat(addresses.unassignIpv6Addresses(one.id(), IPV6, deadline)).isEqualTo(IPV6);
        assertThat(now(one)).isEqualTo(before);
    }

    @Test
    void assign_again_answersNothingNew() {
        addresses.assignPrivateIpAddresses(one.id(), AddressList.of(V4), false, deadline);
        addresses.assignIpv6Addresses(one.id(), AddressList.of(V6), deadline);

        assertThat(addresses.assignPrivateIpAddresses(one.id(), AddressList.of(V4), false, deadline))
                .matches(AddressList::isEmpty);
        assertThat(addresses.assignIpv6Addresses(one.id(), AddressList.of(V6), deadline))
                .matches(AddressList::isEmpty);
    }

    @Test
    void assign_heldElsewhere_namesAllRefusedAddresses() {
        addresses.assignPrivateIpAddresses(one.id(), AddressList.of(V4, V4.plus(1)), false, deadline);

        Ec2Exception refusal = refusal(() -> addresses.assignPrivateIpAddresses(
                other.id(), AddressList.of(V4.plus(2), V4, V4.plus(1)), false, deadline));

        assertThat(refusal.kind()).isEqualTo(Kind.ADDRESS_IN_USE);
        assertThat(refusal.code()).isEqualTo("InvalidParameterValue");
        assertThat(refusal.addresses()).containsExactly(V4, V4.plus(1));
        assertThat(now(other).ipv4Addresses()).containsExactly(IpAddress.parse("10.0.4.9"));
    }

    @Test
    void errors_ofEachCall_haveTheirKind() {
        addresses.assignIpv6Addresses(one.id(), AddressList.of(V6), deadline);
        AddressList none = new AddressList(List.of(), List.of());

        assertThat(refusal(() -> addresses.assignIpv6Addresses(other.id(), AddressList.of(V6), deadline))
                        .kind())
                .isEqualTo(Kind.ADDRESS_IN_USE);
        assertThat(refusal(() -> addresses.unassignPrivateIpAddresses(one.id(), IPV4, deadline))
                        .kind())
                .isEqualTo(Kind.ADDRESS_NOT_ASSIGNED);
        assertThat(refusal(() -> addresses.unassignIpv6Addresses(one.id(), IPV6, deadline))
                        .kind())
                .isEqualTo(Kind.ADDRESS_NOT_ASSIGNED);
        assertThat(refusal(() -> addresses.assignPrivateIpAddresses(
                                one.id(), AddressList.of(IpAddress.parse("10.0.5.9")), true, deadline))
                        .kind())
                .isEqualTo(Kind.ADDRESS_UNUSABLE);
        assertThat(refusal(() -> addresses.assignPrivateIpAddresses(one.id(), none, false, deadline))
                        .kind())
                .isEqualTo(Kind.INVALID);
        assertThat(refusal(() -> addresses.assignPrivateIpAddresses(one.id(), IPV6, false, deadline))
                        .kind())
                .isEqualTo(Kind.ADDRESS_UNUSABLE);
        assertThat(refusal(() -> addresses.assignIpv6Addresses("eni-0123456789abcdef0", IPV6, deadline))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void assign_managedInterface_isDenied() {
        NetworkInterface managed = fake.occupyManaged(subnet, "10.0.4.200");

        assertThat(refusal(() -> addresses.assignPrivateIpAddresses(managed.id(), IPV4, true, deadline))
                        .kind())
                .isEqualTo(Kind.DENIED);
    }

    @Test
    void lostResponse_tookEffect() {
        fake.faults().on(Action.ASSIGN_PRIVATE_IP_ADDRESSES).loseResponse();

        assertThat(refusal(() -> addresses.assignPrivateIpAddresses(one.id(), IPV4, false, deadline))
                        .kind())
                .isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(now(one).secondaryIpv4Addresses()).containsExactly(V4);
    }

    @Test
    void journal_ofAnAssignment_hasEc2sNames() {
        addresses.assignPrivateIpAddresses(one.id(), IPV4, true, deadline);

        assertThat(fake.journal().mutatingCalls()).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo(Action.ASSIGN_PRIVATE_IP_ADDRESSES);
            assertThat(entry.parameters())
                    .containsEntry("NetworkInterfaceId", one.id())
                    .containsEntry("PrivateIpAddresses", "[10.0.4.100]")
                    .containsEntry("Ipv4Prefixes", "[10.0.4.32/28]")
                    .containsEntry("AllowReassignment", "true");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "ASSIGN_PRIVATE_IP_ADDRESSES, 100",
        "UNASSIGN_PRIVATE_IP_ADDRESSES, 100",
        "ASSIGN_IPV6_ADDRESSES, 100",
        "UNASSIGN_IPV6_ADDRESSES, 50"
    })
    void throttling_eachCall_hasItsBucketOf5PerSecond(Action action, int tokens) {
        fake.behaviour().throttling(true);

        assertThat(callsUntilThrottled(action)).isEqualTo(tokens);
        fake.time().advance(Duration.ofSeconds(1));
        assertThat(callsUntilThrottled(action)).isEqualTo(5);
    }

    /** A refused call takes a token too. */
    private int callsUntilThrottled(Action action) {
        for (int calls = 0; ; calls++) {
            if (kind(action) == Kind.THROTTLED) {
                return calls;
            }
        }
    }

    private Kind kind(Action action) {
        AddressList none = new AddressList(List.of(), List.of());
        return refusal(() -> {
                    switch (action) {
                        case ASSIGN_PRIVATE_IP_ADDRESSES ->
                            addresses.assignPrivateIpAddresses(one.id(), none, false, deadline);
                        case UNASSIGN_PRIVATE_IP_ADDRESSES ->
                            addresses.unassignPrivateIpAddresses(one.id(), none, deadline);
                        case ASSIGN_IPV6_ADDRESSES -> addresses.assignIpv6Addresses(one.id(), none, deadline);
                        default -> addresses.unassignIpv6Addresses(one.id(), none, deadline);
                    }
                })
                .kind();
    }
}
