package io.github.multus4j.testkit;

import static io.github.multus4j.testkit.MultusAssertions.callsOf;
import static io.github.multus4j.testkit.MultusAssertions.failedCalls;
import static io.github.multus4j.testkit.MultusAssertions.mutatingCalls;
import static io.github.multus4j.testkit.MultusAssertions.reads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.internal.rule.CreateCall;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FakeEc2NetworkTest {

    private static final String ZONE = "us-east-1a";

    private final FakeEc2Network ec2 = FakeEc2Network.strict();
    private final FakeVpc vpc = ec2.vpc("10.0.0.0/16");
    private final Subnet subnet = vpc.dualStackSubnet("10.0.4.0/24", ZONE);
    private final Instance node = vpc.launch("m5.4xlarge", ZONE, Map.of("multus-ng", "true"));
    private final Deadline deadline = Deadline.in(Duration.ofMinutes(1), ec2.clock());

    private NewNetworkInterface request(String address, Map<String, String> tags) {
        return new NewNetworkInterface(
                subnet.id(),
                address == null ? null : IpAddress.parse(address),
                List.of(),
                0,
                List.of(vpc.defaultSecurityGroup().id()),
                "one",
                tags,
                "token-" + address + tags.hashCode());
    }

    private Map<String, String> ours(int slot) {
        return Map.of(
                "multus4j/instance-id", node.id(),
                "multus4j/slot", String.valueOf(slot),
                "node.k8s.amazonaws.com/no_manage", "true");
    }

    private NetworkInterface attachOurs(int slot) {
        NetworkInterface made = ec2.createNetworkInterface(request("10.0.4." + (3 + slot), ours(slot)), deadline);
        String attachmentId = ec2.attachNetworkInterface(made.id(), node.id(), slot, 0, deadline);
        ec2.modifyDeleteOnTermination(made.id(), attachmentId, true, deadline);
        return made;
    }

    private List<NetworkInterface> listed() {
        return ec2.describeNetworkInterfaces(List.of(Filter.of("subnet-id", subnet.id())), deadline);
    }

    @Test
    void port_wholeLifeOfAnInterface_isSeenAtEachStep() {
        NetworkInterface made = attachOurs(1);
        ec2.modifySourceDestCheck(made.id(), false, deadline);
        assertThat(made.status()).isEqualTo(NetworkInterface.Status.PENDING);

        NetworkInterface seen = listed().get(0);
        assertThat(seen.id()).isEqualTo(made.id());
        assertThat(seen.status()).isEqualTo(NetworkInterface.Status.IN_USE);
        assertThat(seen.sourceDestCheck()).isFalse();
        assertThat(seen.ipv4Addresses()).containsExactly(IpAddress.parse("10.0.4.4"));
        assertThat(seen.attachment())
                .extracting(Attachment::deleteOnTermination)
                .isEqualTo(true);
        assertThat(ec2.describeInstance(node.id(), deadline)).contains(ec2.instance(node.id()));
        MultusAssertions.assertThat(ec2)
                .holdsInvariants()
                .hasMultusInterfaces(node.id(), 1)
                .madeExactly(4, mutatingCalls())
                .madeAtMost(2, reads())
                .madeNo(failedCalls());

        String attachmentId = seen.attachment().id();
        ec2.detachNetworkInterface(attachmentId, deadline);
        ec2.detachNetworkInterface(attachmentId, deadline);
        ec2.deleteNetworkInterface(made.id(), deadline);
        ec2.deleteNetworkInterface(made.id(), deadline);

        assertThat(listed()).isEmpty();
        MultusAssertions.assertThat(ec2).holdsInvariants().madeExactly(2, failedCalls());
    }

    @Test
    void port_unknownIds_areAbsent() {
        assertThat(ec2.describeInstance("i-0123456789abcdef0", deadline)).isEmpty();
        assertThat(ec2.describeInstanceType("m5.gigantic", deadline)).isEmpty();
        assertThat(ec2.describeInstanceType("m5.4xlarge", deadline))
                .get()
                .extracting(type -> type.maximumNetworkInterfaces())
                .isEqualTo(8);
        assertThat(ec2.describeSubnets(List.of(Filter.of("subnet-id", "subnet-0")), deadline))
                .isEmpty();
        assertThat(ec2.describeSecurityGroups(List.of(Filter.of("vpc-id", vpc.id())), deadline))
                .hasSize(1);
    }

    @Test
    void port_refusals_areExceptionsWithEc2sMessages() {
        ec2.occupy(subnet, "10.0.4.4");

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> ec2.createNetworkInterface(request("10.0.4.4", Map.of()), deadline))
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(Kind.ADDRESS_IN_USE);
                    assertThat(e.code()).isEqualTo("InvalidIPAddress.InUse");
                    assertThat(e.action()).isEqualTo("CreateNetworkInterface");
                    assertThat(e).hasMessageContaining("Address 10.0.4.4 is in use");
                });
    }

    @Test
    void port_manyInterfaces_areReadToTheLastPage() {
        ec2.behaviour().emptyPages(true);
        Subnet large = vpc.subnet("10.0.16.0/20", ZONE);
        IntStream.range(0, 1001)
                .forEach(i -> ec2.engine().setUp(CreateCall.in(large).request()));

        assertThat(ec2.describeNetworkInterfaces(List.of(Filter.of("subnet-id", large.id())), deadline))
                .hasSize(1001);
        MultusAssertions.assertThat(ec2).madeExactly(4, callsOf(Action.DESCRIBE_NETWORK_INTERFACES));
    }

    @Test
    void world_madeTwice_isTheSameAndNotInTheJournal() {
        assertThat(ec2.journal().entries()).isEmpty();
        FakeEc2Network again = FakeEc2Network.strict();
        assertThat(again.vpc("10.0.0.0/16").id()).isEqualTo(vpc.id());
        assertThat(FakeEc2Network.strict(2).vpc("10.0.0.0/16").id()).isNotEqualTo(vpc.id());
    }

    @Test
    void journal_anyCalls_hasEachOne() {
        NetworkInterface made = attachOurs(1);

        JournalEntry attach =
                ec2.journal().calls(Action.ATTACH_NETWORK_INTERFACE).get(0);
        assertThat(attach.parameters())
                .containsEntry("NetworkInterfaceId", made.id())
                .containsEntry("DeviceIndex", "1");
        assertThat(attach.answer()).startsWith("eni-attach-");
        assertThat(attach.sequence()).isEqualTo(2);
        ec2.journal().clear();
        assertThat(ec2.journal().entries()).isEmpty();
    }

    @Test
    void fault_lostResponse_takesEffectAndItsOutcomeIsUnknown() {
        ec2.faults().on(Action.CREATE_NETWORK_INTERFACE).loseResponse();

        assertThat(catchThrowableOfType(
                                Ec2Exception.class,
                                () -> ec2.createNetworkInterface(request("10.0.4.4", ours(1)), deadline))
                        .kind())
                .isEqualTo(Kind.OUTCOME_UNKNOWN);
        String id = listed().get(0).id();
        assertThat(ec2.createNetworkInterface(request("10.0.4.4", ours(1)), deadline)
                        .id())
                .isEqualTo(id);
    }

    @Test
    void fault_chosenCall_failsWithoutEffect() {
        ec2.faults().on(Action.CREATE_NETWORK_INTERFACE).call(2).failWith("RequestLimitExceeded");
        ec2.faults().on(Action.DESCRIBE_NETWORK_INTERFACES).everyCall().failWith("UnauthorizedOperation");
        attachOurs(1);

        assertThat(catchThrowableOfType(Ec2Exception.class, () -> attachOurs(2)).kind())
                .isEqualTo(Kind.THROTTLED);
        assertThat(catchThrowableOfType(Ec2Exception.class, this::listed).kind())
                .isEqualTo(Kind.DENIED);
        ec2.faults().clear();
        attachOurs(2);
        assertThat(listed()).hasSize(2);
    }

    @Test
    void fault_serverErrorAfterEffect_isAnUnknownOutcome() {
        ec2.faults().on(Action.CREATE_NETWORK_INTERFACE).takeEffectAndFailWith("InternalError");

        assertThat(catchThrowableOfType(Ec2Exception.class, () -> attachOurs(1)).kind())
                .isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(listed()).hasSize(1);
    }

    @Test
    void fault_fasterCaller_takesTheAddress() {
        ec2.faults().on(Action.CREATE_NETWORK_INTERFACE).meanwhile(() -> ec2.occupy(subnet, "10.0.4.4"));

        assertThat(catchThrowableOfType(Ec2Exception.class, () -> attachOurs(1)).kind())
                .isEqualTo(Kind.ADDRESS_IN_USE);
    }

    @Test
    void fault_delayBeyondTheDeadline_isAnUnknownOutcome() {
        ec2.faults().on(Action.CREATE_NETWORK_INTERFACE).delay(Duration.ofMinutes(2));

        assertThat(catchThrowableOfType(Ec2Exception.class, () -> attachOurs(1)).kind())
                .isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(ec2.time().instant()).isEqualTo(ManualTime.START.plus(Duration.ofMinutes(2)));
        assertThatThrownBy(this::listed).hasMessageContaining("no time left");
    }

    @Test
    void interrupt_duringACall_endsItAndStaysSet() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(this::listed).isInstanceOf(Ec2Exception.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void visibility_newResources_areAbsentAtFirst() {
        ec2.behaviour().newThingsVisibleAfter(Duration.ofSeconds(3));
        NetworkInterface made = ec2.createNetworkInterface(request("10.0.4.4", ours(1)), deadline);
        Instance late = vpc.launch("m5.large", ZONE, Map.of());

        assertThat(listed()).isEmpty();
        assertThat(ec2.describeInstance(late.id(), deadline)).isEmpty();
        assertThat(catchThrowableOfType(
                                Ec2Exception.class,
                                () -> ec2.attachNetworkInterface(made.id(), node.id(), 1, 0, deadline))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(catchThrowableOfType(
                                Ec2Exception.class,
                                () -> ec2.createNetworkInterface(request("10.0.4.4", Map.of()), deadline))
                        .kind())
                .isEqualTo(Kind.ADDRESS_IN_USE);

        ec2.time().advance(Duration.ofSeconds(3));
        assertThat(listed()).hasSize(1);
        assertThat(ec2.describeInstance(late.id(), deadline)).isPresent();
    }

    @Test
    void pendingInstance_afterItsTime_isRunning() {
        Instance pending = vpc.launchPending("m5.large", ZONE, Map.of(), Duration.ofSeconds(20));
        assertThat(pending.state()).isEqualTo(Instance.State.PENDING);

        ec2.time().advance(Duration.ofSeconds(20));

        assertThat(ec2.instance(pending.id()).state()).isEqualTo(Instance.State.RUNNING);
    }

    @Test
    void launch_anyZone_usesNoAddressOfTheTestsSubnets() {
        assertThat(listed()).isEmpty();
        assertThat(ec2.interfaces())
                .allMatch(i -> i.ipv4Addresses().get(0).toString().startsWith("100.64."));
    }

    @Test
    void invariants_brokenOnes_areNamed() {
        ec2.createNetworkInterface(request("10.0.4.4", Map.of("multus4j/instance-id", node.id())), deadline);
        String stranger = ec2.occupy(subnet, "10.0.4.9").id();
        ec2.modifySourceDestCheck(stranger, false, deadline);

        assertThatThrownBy(() -> MultusAssertions.assertThat(ec2).holdsInvariants())
                .hasMessageContaining("lacks node.k8s.amazonaws.com/no_manage=true")
                .hasMessageContaining("lacks multus4j/slot")
                .hasMessageContaining("is left over: it is not attached")
                .hasMessageContaining(stranger + " is not ours, and was changed");
        assertThatThrownBy(() -> MultusAssertions.assertThat(ec2).madeAtMost(1, mutatingCalls()))
                .hasMessageContaining("Expected at most 1 mutating calls, but there were 2");
    }

    @Test
    void invariants_namedLeftover_isExplained() {
        NetworkInterface left = ec2.createNetworkInterface(request("10.0.4.4", ours(1)), deadline);

        MultusAssertions.assertThat(ec2).holdsInvariantsExcept(List.of(left.id()));
    }

    @Test
    void concurrentCallers_sameSubnetAndInstance_shareNoAddressOrIndex() {
        AtomicInteger won = new AtomicInteger();

        IntStream.range(0, 200).parallel().forEach(i -> {
            try {
                NetworkInterface made = ec2.createNetworkInterface(
                        request("10.0.4." + (4 + i % 20), Map.of("caller", "c" + i)), deadline);
                won.incrementAndGet();
                ec2.attachNetworkInterface(made.id(), node.id(), 1 + i % 7, 0, deadline);
            } catch (Ec2Exception e) {
                assertThat(e.kind()).isIn(Kind.ADDRESS_IN_USE, Kind.INDEX_TAKEN);
            }
        });

        assertThat(won).hasValue(20);
        assertThat(ec2.instance(node.id()).attachments())
                .hasSize(8)
                .extracting(Attachment::deviceIndex)
                .doesNotHaveDuplicates();
    }

    @Test
    void realTime_systemClock_isUsed() {
        FakeEc2Network real = FakeEc2Network.strict(Clock.systemUTC(), Sleeper.SYSTEM, "eu-west-1");

        assertThat(real.vpc("10.0.0.0/16").subnet("10.0.4.0/24", "eu-west-1b").zone())
                .isEqualTo("eu-west-1b");
        assertThatThrownBy(real::time).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void attachStranger_newResourcesInvisible_attaches() {
        FakeEc2Network ec2 = FakeEc2Network.strict();
        Instance node = ec2.vpc("10.0.0.0/16").launch("m5.large", "us-east-1a", Map.of());
        ec2.behaviour().newThingsVisibleAfter(Duration.ofSeconds(5));

        ec2.attachStranger(node.id(), 1);

        assertThat(ec2.instance(node.id()).attachments()).hasSize(2);
        assertThat(ec2.engine().world().behaviour.visibleAfter).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void callsTake_latencySet_halfPassesBeforeTheEffect() {
        ec2.behaviour().callsTake(action -> action.isMutating() ? Duration.ofSeconds(6) : Duration.ofSeconds(1));

        ec2.createNetworkInterface(request("10.0.4.20", Map.of()), deadline);

        assertThat(ec2.journal().entries().get(0).time()).isEqualTo(ManualTime.START.plusSeconds(3));
        assertThat(ec2.time().instant()).isEqualTo(ManualTime.START.plusSeconds(6));
    }
}
