package io.github.multus4j.internal.run;

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
import io.github.multus4j.result.AttachListener;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.PlannedInterface.Slot;
import io.github.multus4j.result.SweepReport;
import io.github.multus4j.result.SweepScope;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeLifecycleActions;
import io.github.multus4j.testkit.JournalEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Custom policies and listeners that do not return: the run ends in time, a message names them, and
 * other nodes go on. The fake's time stands still while such code hangs, so a run waits in real
 * time.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HangingCodeTest {

    private static final Duration SHORT = Duration.ofSeconds(1);

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    /** Waits until it is released. */
    private void hang() {
        reached.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw new IllegalStateException(e);
        }
    }

    /** The method of a policy that does not return. */
    enum Question {
        FILTERS,
        SELECT,
        MISSING,
        PAIR,
        NEXT,
        TEXT
    }

    private final class Policies implements SubnetSelection, SecurityGroups, AddressAllocation {

        private final Question hanging;

        Policies(Question hanging) {
            this.hanging = hanging;
        }

        private void come(Question question) {
            if (question == hanging) {
                hang();
            }
        }

        NodeGroupSpec.Builder spec() {
            return world.spec().subnets(this).securityGroups(this).addressing(Addressing.allocatedBy(this));
        }

        @Override
        public List<Filter> filters() {
            come(Question.FILTERS);
            return List.of(Filter.of("subnet-id", List.of(world.signalling.id(), world.media.id())));
        }

        @Override
        public List<Subnet> select(Instance instance, List<Subnet> known) {
            come(Question.SELECT);
            return SubnetSelection.ids(List.of(world.signalling.id(), world.media.id()))
                    .select(instance, known);
        }

        @Override
        public List<String> missing(List<Subnet> known) {
            come(Question.MISSING);
            return List.of();
        }

        @Override
        public List<String> all() {
            return List.of(world.group);
        }

        @Override
        public List<List<String>> pair(List<Subnet> subnets) {
            come(Question.PAIR);
            return subnets.stream().map(subnet -> List.of(world.group)).toList();
        }

        @Override
        public Optional<IpAddress> next(Cidr block, AddressSet used, List<CidrReservation> reservations) {
            come(Question.NEXT);
            return AddressAllocation.lowestFree().next(block, used, reservations);
        }

        @Override
        public String toString() {
            come(Question.TEXT);
            return "my policy";
        }
    }

    private static List<String> warnings(Outcome outcome) {
        return ((Outcome.Attached) outcome).warnings();
    }

    @ParameterizedTest
    @EnumSource(Question.class)
    void policy_hangs_failsTheNodeInTimeAndIsNamedAndInterrupted(Question hanging) throws InterruptedException {
        Outcome outcome = world.multus()
                .attach(world.node.id(), new Policies(hanging).spec().build(), world.in(SHORT));

        assertThat(outcome)
                .isFailedBecause(Cause.Code.FINDINGS, Policies.class.getName())
                .leftNothingBehind();
        assertThat(((Outcome.Failed) outcome).cause().message())
                .contains("gave no answer within 750 ms", "HangingCodeTest.hang(");
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
        interrupted.await();
    }

    @Test
    void policy_hangsInARunOfOneThread_failsTheNodeInTime() {
        Outcome outcome = world.multus()
                .attach(world.node.id(), new Policies(Question.NEXT).spec().build(), world.in(SHORT));

        assertThat(outcome).isFailedBecause(Cause.Code.FINDINGS, "my policy");
    }

    @Test
    void policy_hangs_itsPlanIsBlocked() {
        Plan plan = world.multus()
                .plan(world.node.id(), new Policies(Question.SELECT).spec().build(), world.in(SHORT));

        assertThat(plan).isInstanceOf(Plan.Blocked.class).asString().contains("my policy", "no answer");
    }

    @Test
    void policy_hangsForOneNode_othersOfTheProcessGoOnMeanwhile() throws Exception {
        Multus process = world.multus();
        Instance other = world.launch();
        NodeGroupSpec slow = new Policies(Question.NEXT).spec().build();
        CompletableFuture<Outcome> first = CompletableFuture.supplyAsync(
                () -> process.attach(world.node.id(), slow, world.in(Duration.ofMinutes(5))));
        reached.await();

        Outcome second = process.attach(other.id(), world.spec().build(), world.in(Duration.ofMinutes(5)));
        released.countDown();

        assertThat(second).isAttached();
        assertThat(first.get()).isAttached();
        assertThat(ec2.journal().select(JournalEntry::isFailed)).isEmpty();
    }

    @Test
    void policy_hangs_itsHookIsAbandoned() {
        FakeLifecycleActions autoScaling = ec2.autoScaling();
        LifecycleAction action = autoScaling.waiting("eks-workers", "multus-hook", world.node.id());
        NodeGroupSpec spec =
                new Policies(Question.PAIR).spec().hooks("multus-hook").build();

        Outcome outcome = world.multus().handle(autoScaling.launchEvent(action), spec, world.in(SHORT.plusSeconds(3)));

        assertThat(outcome).isFailedBecause(Cause.Code.FINDINGS, "my policy");
        assertThat(autoScaling.result(action)).contains(LifecycleAction.Result.ABANDON);
    }

    @Test
    void sweep_policyHangsForOneNode_reportsItAndMendsTheOthers() {
        Instance other = world.launch();
        SubnetSelection picky = new SubnetSelection() {
            @Override
            public List<Filter> filters() {
                return List.of(Filter.of("subnet-id", world.signalling.id()));
            }

            @Override
            public List<Subnet> select(Instance instance, List<Subnet> known) {
                if (instance.id().equals(world.node.id())) {
                    hang();
                }
                return known;
            }
        };

        SweepReport report = world.multus()
                .sweep(
                        SweepScope.vpc(world.vpc.id()).looksApart(Duration.ofMillis(10)),
                        world.spec().subnets(picky).build(),
                        SweepReport.Mode.MEND,
                        world.in(SHORT.multipliedBy(2)));

        assertThat(report.nodes(SweepReport.Fate.BLOCKED))
                .singleElement()
                .asString()
                .contains(world.node.id(), "gave no answer");
        assertThat(report.nodes(SweepReport.Fate.DONE))
                .extracting(SweepReport.UnreadyNode::instanceId)
                .containsExactly(other.id());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listener_hangs_isNamedInAWarningAndNotCalledAgain(boolean oneThread) {
        AtomicInteger heard = new AtomicInteger();
        AttachListener hanging = new AttachListener() {
            @Override
            public void created(Slot slot, String networkInterfaceId) {
                heard.incrementAndGet();
                hang();
            }

            @Override
            public void ended(Outcome outcome, Duration took) {
                heard.incrementAndGet();
            }
        };
        Multus multus = oneThread ? world.multus(hanging) : world.multusInThreads(hanging);

        Outcome outcome = multus.attach(world.node.id(), world.spec().build(), world.in(SHORT));

        assertThat(outcome).isAttached();
        assertThat(warnings(outcome))
                .singleElement()
                .asString()
                .contains(hanging.getClass().getName(), "1000 ms");
        assertThat(heard.get()).isLessThanOrEqualTo(2); // Both interfaces at once, and not the end.
    }

    @Test
    void listener_hangsAtTheEnd_isNamedInAWarning() {
        AttachListener hanging = new AttachListener() {
            @Override
            public void ended(Outcome outcome, Duration took) {
                hang();
            }
        };

        Outcome outcome =
                world.multus(hanging).attach(world.node.id(), world.spec().build(), world.in(SHORT));

        assertThat(outcome).isAttached();
        assertThat(warnings(outcome)).singleElement().asString().contains("did not return");
    }

    @Test
    void listener_throws_isNamedInAWarning() {
        AttachListener broken = new AttachListener() {
            @Override
            public void planned(String instanceId, Plan plan) {
                throw new AssertionError("a defect");
            }
        };
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> thrown.add(e));
        try {
            Outcome outcome =
                    world.multus(broken).attach(world.node.id(), world.spec().build(), world.in(SHORT));

            assertThat(outcome).isAttached();
            assertThat(warnings(outcome))
                    .singleElement()
                    .asString()
                    .contains(broken.getClass().getName(), "threw");
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(null);
        }
        assertThat(thrown).singleElement().isInstanceOf(AssertionError.class);
    }
}
