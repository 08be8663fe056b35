package io.github.multus4j.internal.policy;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Multus;
import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.AddressAllocation;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.nodegroup.SubnetSelection;
import io.github.multus4j.result.Finding;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.SweepReport;
import io.github.multus4j.result.SweepScope;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeLifecycleActions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A custom policy with a wrong result or an exception: a finding names it, nothing is made, and no
 * other node is harmed.
 */
class BadPolicyTest {

    private static final String HOOK = "multus-hook";

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;
    private final Multus multus = world.multus();

    /** An allocation with a name of its own. */
    private record Mine(Supplier<Optional<IpAddress>> address) implements AddressAllocation {

        static Mine answering(String address) {
            return new Mine(() -> Optional.of(IpAddress.parse(address)));
        }

        @Override
        public Optional<IpAddress> next(Cidr block, AddressSet used, List<CidrReservation> reservations) {
            return address.get();
        }

        @Override
        public String toString() {
            return "my allocation";
        }
    }

    private abstract static class MySelection implements SubnetSelection {

        @Override
        public List<Filter> filters() {
            return List.of(Filter.of("state", List.of("available")));
        }

        @Override
        public String toString() {
            return "my selection";
        }
    }

    private SubnetSelection selecting(Function<List<Subnet>, List<Subnet>> choice) {
        return new MySelection() {
            @Override
            public List<Subnet> select(Instance instance, List<Subnet> known) {
                return choice.apply(known);
            }
        };
    }

    private SecurityGroups pairing(Function<List<Subnet>, List<List<String>>> pairs) {
        return new SecurityGroups() {
            @Override
            public List<String> all() {
                return List.of(world.group);
            }

            @Override
            public List<List<String>> pair(List<Subnet> subnets) {
                return pairs.apply(subnets);
            }

            @Override
            public String toString() {
                return "my groups";
            }
        };
    }

    private Outcome attach(NodeGroupSpec.Builder spec) {
        return attach(world.node, spec);
    }

    private Outcome attach(Instance node, NodeGroupSpec.Builder spec) {
        return multus.attach(node.id(), spec.build(), world.in(Duration.ofMinutes(5)));
    }

    private NodeGroupSpec.Builder allocating(AddressAllocation allocation) {
        return world.spec().addressing(Addressing.allocatedBy(allocation));
    }

    /** The failure for a policy: nothing is left, and no call was made for it. */
    private void assertRefused(Outcome outcome, String... message) {
        assertThat(outcome).isFailedBecause(Cause.Code.FINDINGS, message[0]).leftNothingBehind();
        assertThat(((Outcome.Failed) outcome).cause().message()).contains(message);
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.9.9.9", "10.0.4.0", "10.0.4.3", "10.0.4.255", "2001:db8::4", "10.0.4.20"})
    void allocation_answersWithAnAddressThatCannotBeTaken_isRefusedWithoutACall(String address) {
        ec2.occupy(world.signalling, "10.0.4.20");
        ec2.journal().clear();

        assertRefused(attach(allocating(Mine.answering(address))), "my allocation", address, "10.0.4.0/24");
    }

    @Test
    void allocation_answersTheSameToAll_isRefusedForTheSecondOfTwoNodesThatLaunchTogether() {
        AddressAllocation sameForAll =
                (block, used, reservations) -> Optional.of(block.first().plus(4));
        Instance second = world.launch();

        assertThat(attach(allocating(sameForAll))).isAttached();
        ec2.journal().clear();

        assertRefused(attach(second, allocating(sameForAll)), "10.0.4.4", "in use", BadPolicyTest.class.getName());
    }

    @Test
    void allocation_answersNull_isRefused() {
        assertRefused(attach(allocating(new Mine(() -> null))), "my allocation", "null");
    }

    @Test
    void allocation_throws_isNamedWithTheException() {
        RuntimeException defect = new IllegalStateException("no lease");

        Outcome outcome = attach(allocating(new Mine(() -> {
            throw defect;
        })));

        assertRefused(outcome, "my allocation", "no lease");
        assertThat(((Outcome.Failed) outcome).cause().exception()).isSameAs(defect);
    }

    @Test
    void allocation_throwsAnError_isNamedWithTheError() {
        Outcome outcome = attach(allocating(new Mine(() -> {
            throw new NoClassDefFoundError("com/example/Lease");
        })));

        assertRefused(outcome, "my allocation", "com/example/Lease");
        assertThat(((Outcome.Failed) outcome).cause().exception()).hasCauseInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void allocation_repeatsARefusedAddress_endsWithAFindingAndRollsBack() {
        AddressAllocation fixed = new Mine(() -> Optional.of(IpAddress.parse("10.0.4.9")));
        ec2.faults().on(Action.CREATE_NETWORK_INTERFACE).meanwhile(() -> ec2.occupy(world.signalling, "10.0.4.9"));

        Outcome outcome = attach(allocating(fixed).subnets(world.signalling.id()));

        assertThat(outcome)
                .isFailedBecause(Cause.Code.FINDINGS, "10.0.4.9: it is in use")
                .leftNothingBehind();
        assertThat(ec2.journal().calls(Action.CREATE_NETWORK_INTERFACE)).hasSize(1);
    }

    @Test
    void allocation_toStringThrows_isNamedByItsClass() {
        AddressAllocation nameless = new AddressAllocation() {
            @Override
            public Optional<IpAddress> next(Cidr block, AddressSet used, List<CidrReservation> reservations) {
                return Optional.of(IpAddress.parse("192.0.2.1"));
            }

            @Override
            public String toString() {
                throw new IllegalStateException("no name");
            }
        };

        assertRefused(attach(allocating(nameless)), nameless.getClass().getName(), "192.0.2.1");
    }

    @Test
    void allocation_bad_harmsNoOtherNodeOfTheProcess() {
        Instance other = world.launch();

        assertRefused(attach(allocating(Mine.answering("10.9.9.9"))), "my allocation");

        assertThat(attach(other, world.spec())).isAttached();
    }

    @Test
    void allocation_good_isUsed() {
        AddressAllocation highest =
                (block, used, reservations) -> Stream.iterate(block.last().plus(-1), address -> address.plus(-1))
                        .filter(address -> !used.contains(address))
                        .findFirst();

        assertThat(attach(allocating(highest))).isAttached().hasAddresses("10.0.4.254", "10.0.6.254");
    }

    static Stream<Arguments> wrongSelections() {
        return Stream.of(
                wrongSelection("null", known -> null),
                wrongSelection("without null", known -> Arrays.asList(known.get(0), null)),
                wrongSelection(
                        "none of the subnets",
                        known -> List.of(new Subnet(
                                "subnet-0123456789abcdef0",
                                known.get(0).vpcId(),
                                OneZone.ZONE,
                                null,
                                List.of(),
                                Map.of()))),
                wrongSelection("us-east-1b", known -> known),
                wrongSelection("twice", known -> List.of(inZone(known), inZone(known))),
                wrongSelection("a defect", known -> {
                    throw new IllegalStateException("a defect");
                }),
                wrongSelection("StackOverflowError", known -> {
                    throw new StackOverflowError();
                }),
                wrongSelection("a list's defect", known -> new ArrayList<>(known) {
                    @Override
                    public java.util.Iterator<Subnet> iterator() {
                        throw new IllegalStateException("a list's defect");
                    }
                }));
    }

    private static Arguments wrongSelection(String message, Function<List<Subnet>, List<Subnet>> choice) {
        return Arguments.of(message, choice);
    }

    private static Subnet inZone(List<Subnet> known) {
        return known.stream()
                .filter(subnet -> subnet.zone().equals(OneZone.ZONE))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("wrongSelections")
    void selection_answersWronglyOrThrows_isRefused(String message, Function<List<Subnet>, List<Subnet>> choice) {
        assertRefused(attach(world.spec().subnets(selecting(choice))), "my selection", message);
    }

    @Test
    void selection_withAnotherBlockForASubnet_isReadFromEc2() {
        SubnetSelection forged = selecting(known -> List.of(new Subnet(
                inZone(known).id(),
                inZone(known).vpcId(),
                OneZone.ZONE,
                Cidr.parse("192.0.2.0/24"),
                List.of(),
                Map.of())));

        assertThat(attach(world.spec().subnets(forged))).isAttached();
    }

    @Test
    void selection_filtersThrow_isRefusedAndSoIsItsPlan() {
        SubnetSelection broken = new MySelection() {
            @Override
            public List<Filter> filters() {
                throw new IllegalStateException("no filters");
            }

            @Override
            public List<Subnet> select(Instance instance, List<Subnet> known) {
                return known;
            }
        };

        assertRefused(attach(world.spec().subnets(broken)), "my selection", "no filters");
        Plan plan = multus.plan(world.node.id(), world.spec().subnets(broken).build());
        assertThat(((Plan.Blocked) plan).findings())
                .extracting(Finding::code)
                .containsExactly(Finding.Code.POLICY_FAILED);
    }

    static Stream<Arguments> wrongGroups() {
        return Stream.of(
                wrongGroups("null", subnets -> null),
                wrongGroups("without null", subnets -> Arrays.asList(null, null)),
                wrongGroups(
                        "without null",
                        subnets -> subnets.stream()
                                .map(subnet -> Arrays.asList((String) null))
                                .toList()),
                wrongGroups("at least one", subnets -> List.of(List.of(), List.of())),
                wrongGroups("for 0", subnets -> List.of()),
                wrongGroups("a defect", subnets -> {
                    throw new IllegalStateException("a defect");
                }));
    }

    private static Arguments wrongGroups(String message, Function<List<Subnet>, List<List<String>>> pairs) {
        return Arguments.of(message, pairs);
    }

    @ParameterizedTest
    @MethodSource("wrongGroups")
    void groups_answerWronglyOrThrow_areRefused(String message, Function<List<Subnet>, List<List<String>>> pairs) {
        assertRefused(attach(world.spec().securityGroups(pairing(pairs))), "my groups", message);
    }

    @Test
    void launch_withABadPolicy_abandonsItsHook() {
        FakeLifecycleActions autoScaling = ec2.autoScaling();
        LifecycleAction action = autoScaling.waiting("eks-workers", HOOK, world.node.id());

        Outcome outcome = multus.handle(
                autoScaling.launchEvent(action),
                world.spec()
                        .hooks(HOOK)
                        .securityGroups(pairing(subnets -> null))
                        .build(),
                world.in(Duration.ofMinutes(5)));

        assertThat(outcome).isFailedBecause(Cause.Code.FINDINGS, "my groups");
        assertThat(autoScaling.result(action)).contains(LifecycleAction.Result.ABANDON);
    }

    private SweepReport sweep(NodeGroupSpec.Builder spec) {
        return multus.sweep(
                SweepScope.vpc(world.vpc.id()), spec.build(), SweepReport.Mode.MEND, world.in(Duration.ofMinutes(10)));
    }

    @Test
    void sweep_selectionThrowsForOneNode_reportsItAndMendsTheOthers() {
        Instance other = world.launch();
        SubnetSelection picky = new MySelection() {
            @Override
            public List<Subnet> select(Instance instance, List<Subnet> known) {
                if (instance.id().equals(world.node.id())) {
                    throw new IllegalStateException("unknown node");
                }
                return List.of(world.signalling);
            }
        };

        SweepReport report = sweep(world.spec().subnets(picky));

        assertThat(report.nodes(SweepReport.Fate.BLOCKED)).singleElement().satisfies(node -> {
            assertThat(node.instanceId()).isEqualTo(world.node.id());
            assertThat(node.toString()).contains("my selection", "unknown node");
        });
        assertThat(report.nodes(SweepReport.Fate.DONE))
                .extracting(SweepReport.UnreadyNode::instanceId)
                .containsExactly(other.id());
    }

    @Test
    void sweep_filtersThrow_reportsEachNode() {
        SubnetSelection broken = new MySelection() {
            @Override
            public List<Filter> filters() {
                throw new IllegalStateException("no filters");
            }

            @Override
            public List<Subnet> select(Instance instance, List<Subnet> known) {
                return known;
            }
        };

        assertThat(sweep(world.spec().subnets(broken)).nodes(SweepReport.Fate.BLOCKED))
                .singleElement()
                .asString()
                .contains("no filters");
    }

    @Test
    void sweep_allocationAnswersWrongly_reportsTheNode() {
        assertThat(sweep(allocating(Mine.answering("10.9.9.9"))).nodes(SweepReport.Fate.BLOCKED))
                .singleElement()
                .asString()
                .contains("my allocation", "10.9.9.9");
    }
}
