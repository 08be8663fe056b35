package io.github.multus4j.internal.observe;

import static io.github.multus4j.testkit.Action.ATTACH_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.CREATE_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.DESCRIBE_INSTANCES;
import static io.github.multus4j.testkit.Action.DESCRIBE_INSTANCE_TYPES;
import static io.github.multus4j.testkit.Action.DESCRIBE_NETWORK_INTERFACES;
import static io.github.multus4j.testkit.Action.DESCRIBE_SECURITY_GROUPS;
import static io.github.multus4j.testkit.Action.DESCRIBE_SUBNETS;
import static io.github.multus4j.testkit.Action.GET_SUBNET_CIDR_RESERVATIONS;
import static io.github.multus4j.testkit.Action.MODIFY_NETWORK_INTERFACE_ATTRIBUTE;
import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static io.github.multus4j.testkit.MultusAssertions.callsOf;
import static io.github.multus4j.testkit.MultusAssertions.mutatingCalls;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Multus;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.JournalEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The number of a run's calls. None of them asks for a known fact. */
class CallBudgetTest {

    private static final String ZONE = "us-east-1a";
    private static final int MOST_INTERFACES = 7; // Of the type, beside the primary one.
    private static final List<Action> LOOK = List.of(DESCRIBE_INSTANCES, DESCRIBE_SUBNETS, DESCRIBE_NETWORK_INTERFACES);

    private final FakeEc2Network ec2 = FakeEc2Network.strict();
    private final FakeVpc vpc = ec2.vpc("10.0.0.0/16");
    private final List<Subnet> subnets = IntStream.range(0, MOST_INTERFACES)
            .mapToObj(i -> vpc.subnet("10.0." + (4 + i) + ".0/24", ZONE))
            .toList();
    private final String group = vpc.securityGroup("multus").id();

    private Instance launch() {
        return vpc.launch("m5.4xlarge", ZONE, Map.of("multus-ng", "true"));
    }

    /** An instance with a handler that starts a while later. */
    private Instance launched() {
        Instance instance = launch();
        ec2.time().advance(Duration.ofSeconds(2));
        return instance;
    }

    private NodeGroupSpec.Builder spec(List<Subnet> chosen) {
        return NodeGroupSpec.builder()
                .trigger("multus-ng")
                .subnets(chosen.stream().map(Subnet::id).toArray(String[]::new))
                .securityGroups(SecurityGroups.shared(group))
                .hooks("multus-hook");
    }

    private NodeGroupSpec.Builder spec(int interfaces) {
        return spec(subnets.subList(0, interfaces));
    }

    private Multus process() {
        return Multus.builder(ec2, ec2.autoScaling())
                .time(ec2.time(), ec2.time())
                .executor(Runnable::run)
                .build();
    }

    private Outcome attach(Multus process, Instance node, NodeGroupSpec.Builder spec) {
        ec2.journal().clear();
        return process.attach(node.id(), spec.build());
    }

    private Deadline soon() {
        return Deadline.in(Duration.ofMinutes(5), ec2.time());
    }

    private List<Action> reads() {
        return ec2.journal().reads().stream().map(JournalEntry::action).toList();
    }

    private void assertMakesFourChangesForEachOf(int interfaces) {
        assertThat(ec2)
                .madeExactly(interfaces, callsOf(CREATE_NETWORK_INTERFACE))
                .madeExactly(interfaces, callsOf(ATTACH_NETWORK_INTERFACE))
                .madeExactly(
                        // The check, and deletion with the instance.
                        2 * interfaces, callsOf(MODIFY_NETWORK_INTERFACE_ATTRIBUTE))
                .madeExactly(4 * interfaces, mutatingCalls());
    }

    /** The instance, the subnets, the interfaces, the final read; and others. */
    private void assertReads(Action... others) {
        List<Action> all = new ArrayList<>(List.of(others));
        all.addAll(LOOK);
        all.add(DESCRIBE_NETWORK_INTERFACES);
        assertThat(reads()).containsExactlyInAnyOrderElementsOf(all);
    }

    /** The type, the groups, and the reservations of so many subnets. */
    private static Action[] factsOf(int subnets) {
        List<Action> facts = new ArrayList<>(Collections.nCopies(subnets, GET_SUBNET_CIDR_RESERVATIONS));
        facts.add(DESCRIBE_INSTANCE_TYPES);
        facts.add(DESCRIBE_SECURITY_GROUPS);
        return facts.toArray(Action[]::new);
    }

    private void assertAsksNothingTwice() {
        assertThat(ec2.journal().reads())
                .extracting(read -> read.action() + " " + read.parameters())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void reads_stableFacts_areCachedByTheProcess(int n) {
        Multus process = process();

        assertThat(attach(process, launched(), spec(n))).isAttached();
        assertMakesFourChangesForEachOf(n);
        assertReads(factsOf(n));
        assertAsksNothingTwice();

        assertThat(attach(process, launched(), spec(n))).isAttached();
        assertMakesFourChangesForEachOf(n);
        assertReads();
        assertAsksNothingTwice();

        ec2.time().advance(Duration.ofMinutes(5));
        assertThat(attach(process, launched(), spec(n))).isAttached();
        assertReads(factsOf(n));
    }

    @Test
    void reads_anyRun_areFilteredAndPaged() {
        attach(process(), launched(), spec(7));

        assertThat(ec2.journal().reads())
                .filteredOn(read -> read.action() != GET_SUBNET_CIDR_RESERVATIONS)
                .allSatisfy(read -> assertThat(read.parameters()).containsKeys("Filters", "MaxResults"));
    }

    @Test
    void addresses_chosenByEc2_needNoReservations() {
        assertThat(attach(process(), launched(), spec(3).addressing(Addressing.chosenByEc2())))
                .isAttached();

        assertMakesFourChangesForEachOf(3);
        assertReads(factsOf(0));
    }

    @Test
    void addresses_ofReservations_needTheUsualCalls() {
        subnets.forEach(
                subnet -> ec2.reserve(subnet, subnet.cidrs().get(0).first().plus(128) + "/25", "multus"));

        assertThat(attach(process(), launched(), spec(3).addressing(Addressing.fromReservation("multus"))))
                .isAttached();

        assertMakesFourChangesForEachOf(3);
        assertReads(factsOf(3));
    }

    @Test
    void addresses_bothFamilies_needTheUsualCalls() {
        List<Subnet> both = List.of(
                vpc.dualStackSubnet("10.0.20.0/24", ZONE),
                vpc.ipv6OnlySubnet(ZONE),
                vpc.dualStackSubnet("10.0.21.0/24", ZONE));

        assertThat(attach(process(), launched(), spec(both))).isAttached();

        assertMakesFourChangesForEachOf(3);
        assertReads(factsOf(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void conflict_ofAnAddress_needsOneMoreReadAndOneMoreCreate(int rounds) {
        for (int i = 0; i < rounds; i++) {
            String address = "10.0.4." + (4 + i);
            ec2.faults().on(CREATE_NETWORK_INTERFACE).call(1 + i).meanwhile(() -> ec2.occupy(subnets.get(0), address));
        }

        assertThat(attach(process(), launched(), spec(1))).isAttached().hasAddresses("10.0.4." + (4 + rounds));

        assertThat(ec2).madeExactly(4 + rounds, mutatingCalls());
        assertReads(and(
                factsOf(1),
                Collections.nCopies(rounds, DESCRIBE_NETWORK_INTERFACES).toArray(Action[]::new)));
    }

    /**
     * The address may belong to a node that launches together with this one and was not visible
     * yet.
     */
    @Test
    void conflict_notInTheListing_readsTheInstancesToo() {
        ec2.faults().on(CREATE_NETWORK_INTERFACE).failWith("InvalidIPAddress.InUse");

        assertThat(attach(process(), launched(), spec(1))).isAttached().hasAddresses("10.0.4.5");

        assertThat(ec2).madeExactly(4 + 1, mutatingCalls());
        assertReads(and(factsOf(1), DESCRIBE_NETWORK_INTERFACES, DESCRIBE_INSTANCES));
    }

    @Test
    void attach_instanceNotForUs_makesOneRead() {
        Instance other = vpc.launch("m5.4xlarge", ZONE, Map.of());

        assertThat(attach(process(), other, spec(7))).isSkippedBecause("multus-ng");

        assertThat(ec2.journal().mutatingCalls()).isEmpty();
        assertThat(reads()).containsExactlyInAnyOrder(DESCRIBE_SUBNETS, DESCRIBE_INSTANCES, DESCRIBE_INSTANCES);
        assertAsksNothingTwice();
    }

    @Test
    void attach_finishedNode_makesReadsOnly() {
        Multus process = process();
        Instance node = launched();
        attach(process, node, spec(7));

        assertThat(attach(process, node, spec(7))).isComplete();
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
        assertThat(reads()).containsExactlyInAnyOrderElementsOf(LOOK);

        assertThat(attach(process(), node, spec(7))).isComplete();
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
        assertThat(reads()).hasSize(LOOK.size() + factsOf(7).length);
        assertAsksNothingTwice();
    }

    @Test
    void attach_oneStepMissing_makesOneChange() {
        Instance node = launched();
        attach(process(), node, spec(3));
        NetworkInterface one = ec2.interfaces().stream()
                .filter(i -> i.subnetId().equals(subnets.get(1).id()))
                .findFirst()
                .orElseThrow();
        ec2.modifySourceDestCheck(one.id(), true, soon());

        assertThat(attach(process(), node, spec(3))).isAttached();
        assertThat(ec2.journal().mutatingCalls())
                .singleElement()
                .satisfies(call -> assertThat(call.parameters()).containsEntry("NetworkInterfaceId", one.id()));
        assertReads(factsOf(3));
    }

    @Test
    void handle_launchEvent_needsOneMoreCallForTheHook() {
        LifecycleAction action =
                ec2.autoScaling().waiting("nodes", "multus-hook", launched().id());

        assertThat(process().handle(ec2.autoScaling().launchEvent(action), spec(2).build(), soon()))
                .isAttached();

        assertThat(ec2).madeExactly(4 * 2 + 1, mutatingCalls());
        assertReads(factsOf(2));
    }

    @Test
    void attach_nodesThatLaunchTogether_readsTheOrderOnceMore() {
        launch();
        // The handler starts at once, so the other node may not be visible yet.
        Instance node = launch();

        assertThat(attach(process(), node, spec(2))).isAttached();

        assertMakesFourChangesForEachOf(2);
        assertReads(and(factsOf(2), DESCRIBE_INSTANCES));
    }

    @Test
    void attach_movingTurn_readsTheOrderAtMostThreeTimesMore() {
        for (int i = 0; i < 5; i++) {
            ec2.behaviour().newThingsVisibleAfter(Duration.ofSeconds(12L * i));
            IntStream.range(0, 40).forEach(each -> launch());
        }
        ec2.behaviour().newThingsVisibleAfter(Duration.ZERO);
        ec2.time().advance(Duration.ofMillis(1));
        Instance node = launched();

        assertThat(attach(process(), node, spec(2))).isAttached();

        assertMakesFourChangesForEachOf(2);
        assertReads(and(factsOf(2), DESCRIBE_INSTANCES, DESCRIBE_INSTANCES, DESCRIBE_INSTANCES));
    }

    /**
     * The node may be complete already: the run checks this before it waits, and again afterwards.
     */
    @Test
    void attach_otherInterfacesAtTheNode_readsTheSubnetsOnceMoreToo() {
        launch();
        Instance node = launch();
        ec2.attachStranger(node.id(), 1);
        ec2.attachStranger(node.id(), 2);

        assertThat(attach(process(), node, spec(2))).isAttached().hasDeviceIndexes(3, 4);

        assertMakesFourChangesForEachOf(2);
        assertReads(and(factsOf(2), DESCRIBE_INSTANCES, DESCRIBE_NETWORK_INTERFACES));
    }

    private static Action[] and(Action[] some, Action... others) {
        return Stream.concat(Stream.of(some), Stream.of(others)).toArray(Action[]::new);
    }
}
