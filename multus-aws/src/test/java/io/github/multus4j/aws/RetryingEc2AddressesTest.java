package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.Ec2Addresses.AddressList;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryingEc2AddressesTest {

    private static final AddressList IPV4 = AddressList.of(IpAddress.parse("10.0.4.9"));
    private static final AddressList IPV6 = AddressList.of(IpAddress.parse("2600:1f18:1234:5604::9"));

    private final FakeEc2Network fake = FakeEc2Network.strict();
    private final String eni = fake.occupy(
                    fake.vpc("10.0.0.0/16", "2600:1f18:1234:5600::/56")
                            .dualStackSubnet("10.0.4.0/24", "2600:1f18:1234:5604::/64", "us-east-1a"),
                    "10.0.4.8")
            .id();
    private final Ec2Addresses addresses = RetryingEc2Addresses.over(
            fake,
            CallPolicy.builder()
                    .clock(fake.time())
                    .sleeper(fake.time())
                    .random(new Random(7))
                    .build());
    private final Deadline minute = Deadline.in(Duration.ofMinutes(1), fake.time());

    private void call(Action action) {
        switch (action) {
            case ASSIGN_PRIVATE_IP_ADDRESSES -> addresses.assignPrivateIpAddresses(eni, IPV4, false, minute);
            case UNASSIGN_PRIVATE_IP_ADDRESSES -> addresses.unassignPrivateIpAddresses(eni, IPV4, minute);
            case ASSIGN_IPV6_ADDRESSES -> addresses.assignIpv6Addresses(eni, IPV6, minute);
            case UNASSIGN_IPV6_ADDRESSES -> addresses.unassignIpv6Addresses(eni, IPV6, minute);
            default -> throw new IllegalArgumentException(action.toString());
        }
    }

    /** The addresses are there for the calls that remove them. */
    private void prepare(Action action) {
        if (action == Action.UNASSIGN_PRIVATE_IP_ADDRESSES) {
            call(Action.ASSIGN_PRIVATE_IP_ADDRESSES);
        }
        if (action == Action.UNASSIGN_IPV6_ADDRESSES) {
            call(Action.ASSIGN_IPV6_ADDRESSES);
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "ASSIGN_PRIVATE_IP_ADDRESSES",
                "UNASSIGN_PRIVATE_IP_ADDRESSES",
                "ASSIGN_IPV6_ADDRESSES",
                "UNASSIGN_IPV6_ADDRESSES"
            })
    void change_throttled_isRepeated(Action action) {
        prepare(action);
        fake.faults().on(action).nextCalls(3).failWith("RequestLimitExceeded");

        call(action);

        assertThat(fake.journal().calls(action)).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "ASSIGN_PRIVATE_IP_ADDRESSES",
                "UNASSIGN_PRIVATE_IP_ADDRESSES",
                "ASSIGN_IPV6_ADDRESSES",
                "UNASSIGN_IPV6_ADDRESSES"
            })
    void change_lostAnswer_isNotRepeated(Action action) {
        prepare(action);
        fake.faults().on(action).loseResponse();

        Ec2Exception unknown = catchThrowableOfType(Ec2Exception.class, () -> call(action));

        assertThat(unknown.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(fake.journal().calls(action)).hasSize(1);
    }

    @Test
    void assign_emptyBucket_isRepeatedUntilATokenIsThere() {
        fake.behaviour().throttling(true);
        fake.drain(Action.ASSIGN_PRIVATE_IP_ADDRESSES);

        call(Action.ASSIGN_PRIVATE_IP_ADDRESSES);

        assertThat(fake.journal().calls(Action.ASSIGN_PRIVATE_IP_ADDRESSES)).hasSizeGreaterThan(1);
    }
}
