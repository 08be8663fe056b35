package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetryingEc2NetworkTest {

    private static final String ZONE = "us-east-1a";

    private final FakeEc2Network fake = FakeEc2Network.strict();
    private final FakeVpc vpc = fake.vpc("10.0.0.0/16");
    private final Subnet subnet = vpc.subnet("10.0.4.0/24", ZONE);
    private final Instance node = vpc.launch("m5.4xlarge", ZONE, Map.of());
    private final Ec2Network ec2 = over(fake, 7);
    private final Deadline minute = Deadline.in(Duration.ofMinutes(1), fake.time());

    private static Ec2Network over(FakeEc2Network fake, long seed) {
        return RetryingEc2Network.over(
                fake,
                CallPolicy.builder()
                        .clock(fake.time())
                        .sleeper(fake.time())
                        .random(new Random(seed))
                        .build());
    }

    private NewNetworkInterface request() {
        return new NewNetworkInterface(
                subnet.id(),
                IpAddress.parse("10.0.4.9"),
                List.of(),
                0,
                List.of(vpc.defaultSecurityGroup().id()),
                "",
                Map.of(),
                "token");
    }

    private Kind kindOf(Runnable call) {
        return catchThrowableOfType(Ec2Exception.class, call::run).kind();
    }

    private List<NetworkInterface> made() {
        return fake.interfaces().stream()
                .filter(i -> i.subnetId().equals(subnet.id()))
                .toList();
    }

    @Test
    void create_throttled_makesOneInterface() {
        fake.faults().on(Action.CREATE_NETWORK_INTERFACE).nextCalls(3).failWith("RequestLimitExceeded");

        NetworkInterface answer = ec2.createNetworkInterface(request(), minute);

        assertThat(made()).extracting(NetworkInterface::id).containsExactly(answer.id());
        assertThat(fake.journal().calls(Action.CREATE_NETWORK_INTERFACE)).hasSize(4);
    }

    @Test
    void create_emptyBucket_isRepeatedUntilATokenIsThere() {
        fake.behaviour().throttling(true);
        fake.drain(Action.CREATE_NETWORK_INTERFACE);

        ec2.createNetworkInterface(request(), minute);

        assertThat(made()).hasSize(1);
        assertThat(fake.journal().calls(Action.CREATE_NETWORK_INTERFACE)).hasSizeGreaterThan(1);
    }

    @Test
    void create_lostAnswer_isNotRepeated() {
        fake.faults().on(Action.CREATE_NETWORK_INTERFACE).loseResponse();

        assertThat(kindOf(() -> ec2.createNetworkInterface(request(), minute))).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(fake.journal().calls(Action.CREATE_NETWORK_INTERFACE)).hasSize(1);
        assertThat(made()).hasSize(1);
    }

    @Test
    void create_conflict_isNotRepeated() {
        fake.occupy(subnet, "10.0.4.9");

        assertThat(kindOf(() -> ec2.createNetworkInterface(request(), minute))).isEqualTo(Kind.ADDRESS_IN_USE);
        assertThat(fake.journal().calls(Action.CREATE_NETWORK_INTERFACE)).hasSize(1);
    }

    @Test
    void throttled_upToTheDeadline_endsBeforeIt() {
        fake.faults().on(Action.CREATE_NETWORK_INTERFACE).everyCall().failWith("RequestLimitExceeded");
        Deadline deadline = Deadline.in(Duration.ofSeconds(10), fake.time());

        assertThat(kindOf(() -> ec2.createNetworkInterface(request(), deadline)))
                .as("the last attempt's error, not that of a call after the deadline")
                .isEqualTo(Kind.THROTTLED);
        assertThat(fake.time().instant()).isBefore(deadline.at());
        assertThat(fake.journal().calls(Action.CREATE_NETWORK_INTERFACE))
                .hasSizeBetween(2, 20)
                .allMatch(call -> call.errorCode().equals("RequestLimitExceeded"));
    }

    @Test
    void deadlinePassed_makesNoCall() {
        Deadline passed = Deadline.in(Duration.ZERO, fake.time());

        assertThat(kindOf(() -> ec2.createNetworkInterface(request(), passed))).isEqualTo(Kind.UNAVAILABLE);
        assertThat(kindOf(() -> ec2.describeSubnets(List.of(), passed))).isEqualTo(Kind.UNAVAILABLE);
        assertThat(fake.journal().entries()).isEmpty();
    }

    @Test
    void jitter_sameSeed_isTheSame() {
        assertThat(timesOfAttempts(7)).isEqualTo(timesOfAttempts(7)).isNotEqualTo(timesOfAttempts(8));
    }

    private static List<Instant> timesOfAttempts(long seed) {
        FakeEc2Network fake = FakeEc2Network.strict();
        fake.faults().on(Action.DESCRIBE_SUBNETS).nextCalls(6).failWith("RequestLimitExceeded");
        over(fake, seed).describeSubnets(List.of(), Deadline.in(Duration.ofHours(1), fake.time()));
        return fake.journal().entries().stream().map(JournalEntry::time).toList();
    }

    private record Read(Action action, Consumer<Ec2Network> call) {
        @Override
        public String toString() {
            return action.toString();
        }
    }

    static Stream<Read> reads() {
        Deadline deadline = new Deadline(Instant.parse("2027-01-01T00:00:00Z"));
        return Stream.of(
                new Read(Action.DESCRIBE_INSTANCES, ec2 -> ec2.describeInstances(List.of(), deadline)),
                new Read(Action.DESCRIBE_INSTANCES, ec2 -> ec2.describeInstance("i-0", deadline)),
                new Read(Action.DESCRIBE_SUBNETS, ec2 -> ec2.describeSubnets(List.of(), deadline)),
                new Read(
                        Action.DESCRIBE_NETWORK_INTERFACES,
                        ec2 -> ec2.describeNetworkInterfaces(List.of(Filter.of("subnet-id", "s")), deadline)),
                new Read(Action.DESCRIBE_SECURITY_GROUPS, ec2 -> ec2.describeSecurityGroups(List.of(), deadline)),
                new Read(Action.DESCRIBE_INSTANCE_TYPES, ec2 -> ec2.describeInstanceType("m5.large", deadline)));
    }

    @ParameterizedTest
    @MethodSource("reads")
    void read_transientFailures_isRepeated(Read read) {
        fake.faults().on(read.action()).loseResponse();
        fake.faults().on(read.action()).call(2).failWith("RequestLimitExceeded");
        fake.faults().on(read.action()).call(3).failWith("InternalError");

        read.call().accept(ec2);

        assertThat(fake.journal().calls(read.action())).hasSize(4);
    }

    @Test
    void getSubnetCidrReservations_throttled_isRepeated() {
        fake.faults().on(Action.GET_SUBNET_CIDR_RESERVATIONS).loseResponse();
        fake.reserve(subnet, "10.0.4.16/28");

        assertThat(ec2.getSubnetCidrReservations(subnet.id(), minute)).hasSize(1);
    }

    @Test
    void changes_throttled_areRepeated() {
        Action[] changes = {
            Action.ATTACH_NETWORK_INTERFACE, Action.DETACH_NETWORK_INTERFACE, Action.DELETE_NETWORK_INTERFACE
        };
        for (Action change : changes) {
            fake.faults().on(change).failWith("RequestLimitExceeded");
        }
        fake.faults().on(Action.MODIFY_NETWORK_INTERFACE_ATTRIBUTE).call(1).failWith("RequestLimitExceeded");
        fake.faults().on(Action.MODIFY_NETWORK_INTERFACE_ATTRIBUTE).call(3).failWith("PriorRequestNotComplete");
        String id = ec2.createNetworkInterface(request(), minute).id();

        ec2.modifySourceDestCheck(id, false, minute);
        String attachment = ec2.attachNetworkInterface(id, node.id(), 1, 0, minute);
        ec2.modifyDeleteOnTermination(id, attachment, true, minute);
        assertThat(made().get(0).sourceDestCheck()).isFalse();
        assertThat(made().get(0).attachment()).satisfies(at -> {
            assertThat(at.id()).isEqualTo(attachment);
            assertThat(at.deleteOnTermination()).isTrue();
        });
        ec2.detachNetworkInterface(attachment, minute);
        ec2.deleteNetworkInterface(id, minute);
        assertThat(made()).isEmpty();
        assertThat(fake.journal().select(JournalEntry::isFailed)).hasSize(5);
    }

    @Test
    void changes_lostAnswers_areNotRepeated() {
        String id = ec2.createNetworkInterface(request(), minute).id();
        for (Action change : Action.values()) {
            if (change.isMutating()) {
                fake.faults().on(change).everyCall().loseResponse();
            }
        }

        assertThat(kindOf(() -> ec2.modifySourceDestCheck(id, false, minute))).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(kindOf(() -> ec2.attachNetworkInterface(id, node.id(), 1, 0, minute)))
                .isEqualTo(Kind.OUTCOME_UNKNOWN);
        String attachment = made().get(0).attachment().id();
        assertThat(kindOf(() -> ec2.modifyDeleteOnTermination(id, attachment, true, minute)))
                .isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(kindOf(() -> ec2.detachNetworkInterface(attachment, minute))).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(kindOf(() -> ec2.deleteNetworkInterface(id, minute))).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(fake.journal().mutatingCalls()).hasSize(6);
    }
}
