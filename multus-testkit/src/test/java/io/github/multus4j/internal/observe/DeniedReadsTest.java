package io.github.multus4j.internal.observe;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.AddressAllocation;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A process without the permission for a precautionary read continues, and warns. */
class DeniedReadsTest {

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;

    private void deny(Action action) {
        ec2.faults().on(action).everyCall().failWith("UnauthorizedOperation");
    }

    private static List<String> warnings(Outcome outcome) {
        return ((Outcome.Attached) outcome).warnings();
    }

    @Test
    void reservationsDenied_lowestFree_warnsForEachSubnetAndGoesOn() {
        ec2.reserve(world.media, "10.0.6.0/28");
        deny(Action.GET_SUBNET_CIDR_RESERVATIONS);

        Outcome outcome = world.attach();

        assertThat(outcome).isAttached();
        assertThat(warnings(outcome))
                .hasSize(2)
                .allSatisfy(warning -> assertThat(warning).contains("ec2:GetSubnetCidrReservations is denied"));
    }

    @Test
    void reservationsDenied_fromReservation_isAFindingWithTheReason() {
        ec2.reserve(world.media, "10.0.6.16/28", "multus");
        deny(Action.GET_SUBNET_CIDR_RESERVATIONS);

        Outcome outcome = world.attach(world.spec().addressing(Addressing.fromReservation("multus")));

        assertThat(outcome.toString()).contains("ec2:GetSubnetCidrReservations", "allow the action", "'multus'");
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void reservationsDenied_chosenByEc2_isNoMatter() {
        deny(Action.GET_SUBNET_CIDR_RESERVATIONS);

        Outcome outcome = world.attach(world.spec().addressing(Addressing.chosenByEc2()));

        assertThat(outcome).isAttached();
        assertThat(warnings(outcome)).isEmpty();
    }

    @Test
    void reservationsDenied_nodeIsFinished_isNoMatter() {
        world.attach();
        deny(Action.GET_SUBNET_CIDR_RESERVATIONS);

        assertThat(world.attach()).isComplete();
    }

    @Test
    void reservationsDenied_customAllocation_failsUnlessItDoesWithout() {
        deny(Action.GET_SUBNET_CIDR_RESERVATIONS);

        Outcome mayNeedThem = world.attach(world.spec().addressing(Addressing.allocatedBy(new From100(true))));
        Outcome doesWithout = world.attach(world.spec().addressing(Addressing.allocatedBy(new From100(false))));

        assertThat(mayNeedThem.toString()).contains("from 100");
        assertThat(doesWithout).isAttached().hasAddresses("10.0.4.100", "10.0.6.100");
        assertThat(warnings(doesWithout)).hasSize(2);
    }

    @Test
    void reservationsDenied_nextRunIsAllowed_keepsOutOfTheReservation() {
        ec2.reserve(world.media, "10.0.6.0/28");
        ec2.faults().on(Action.GET_SUBNET_CIDR_RESERVATIONS).nextCalls(2).failWith("UnauthorizedOperation");

        world.attach(world.spec().addressing(Addressing.fromReservation("none")));

        assertThat(world.attach()).isAttached().hasAddresses("10.0.4.4", "10.0.6.16");
    }

    @Test
    void securityGroupsDenied_anyAddressing_warnsOnceAndLetsEc2Decide() {
        deny(Action.DESCRIBE_SECURITY_GROUPS);

        Outcome outcome = world.attach();

        assertThat(outcome).isAttached();
        assertThat(warnings(outcome)).singleElement().asString().contains("ec2:DescribeSecurityGroups is denied");
    }

    private record From100(boolean needsReservations) implements AddressAllocation {

        @Override
        public Optional<IpAddress> next(Cidr block, AddressSet used, List<CidrReservation> reservations) {
            return Optional.of(block.first().plus(100));
        }

        @Override
        public String toString() {
            return "from 100";
        }
    }
}
