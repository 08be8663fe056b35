package io.github.multus4j.internal.run;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.Multus;
import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.result.SweepScope;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeLifecycleActions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An executor that refuses or loses tasks, and a port with undeclared exceptions: the run fails in
 * time and leaves nothing behind.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BrokenExecutorTest {

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;
    private final AtomicInteger tasks = new AtomicInteger();

    /** Runs that many tasks on threads of their own, and then does something else. */
    private final class Breaking implements Executor {

        private final int good;
        private final Executor after;

        Breaking(int good, Executor after) {
            this.good = good;
            this.after = after;
        }

        @Override
        public void execute(Runnable task) {
            if (tasks.incrementAndGet() > good) {
                after.execute(task);
            } else {
                Thread thread = new Thread(task);
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private Multus multus(Ec2Network port, Executor executor) {
        return Multus.builder(port, ec2.autoScaling())
                .time(ec2.time(), ec2.time())
                .executor(executor)
                .build();
    }

    private Outcome attach(Executor executor) {
        return multus(ec2, executor).attach(world.node.id(), world.spec().build(), world.in(Duration.ofSeconds(1)));
    }

    private void assertNothingIsLeft(Outcome outcome) {
        if (outcome.isReady()) {
            assertThat(world.ours()).hasSize(2);
        } else {
            assertThat(outcome).leftNothingBehind();
            assertThat(((Outcome.Failed) outcome).cause().message()).contains(Breaking.class.getName());
            assertThat(world.ours()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void executor_refusesFromSomeTaskOn_isNamedAndNothingIsLeft(int good) {
        Outcome outcome = attach(new Breaking(good, task -> {
            throw new RejectedExecutionException("no room");
        }));

        assertNothingIsLeft(outcome);
        if (good == 0) {
            assertThat(outcome).isFailedBecause(Cause.Code.UNEXPECTED, "no room");
            assertThat(((Outcome.Failed) outcome).cause().exception()).isInstanceOf(RejectedExecutionException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void executor_losesTasksFromSomeOneOn_isNamedByTheDeadlineAndNothingIsLeft(int good) {
        Outcome outcome = attach(new Breaking(good, task -> {}));

        assertNothingIsLeft(outcome);
        if (good == 0) {
            assertThat(outcome).isFailedBecause(Cause.Code.DEADLINE, "has not begun a task");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 6, 7, 8})
    void executor_blocksFromSomeTaskOn_isInterruptedAndNamedAndNothingIsLeft(int good) {
        Outcome outcome = attach(new Breaking(good, task -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));

        assertNothingIsLeft(outcome);
        if (good == 0) {
            assertThat(outcome).isFailedBecause(Cause.Code.DEADLINE, "has not taken a task");
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void executor_refusesOneTaskOnly_isNamedAndNothingIsLeft() {
        Outcome outcome = attach(new Breaking(6, task -> {
            if (tasks.get() == 7) {
                throw new RejectedExecutionException("no room");
            }
            task.run();
        }));

        assertNothingIsLeft(outcome);
    }

    @Test
    void executor_throwsAnError_isNamed() {
        Outcome outcome = attach(new Breaking(0, task -> {
            throw new OutOfMemoryError("unable to create native thread");
        }));

        assertThat(outcome).isFailedBecause(Cause.Code.UNEXPECTED, "unable to create native thread");
    }

    @Test
    void executor_refuses_theHookIsCompleted() {
        FakeLifecycleActions autoScaling = ec2.autoScaling();
        LifecycleAction action = autoScaling.waiting("eks-workers", "multus-hook", world.node.id());

        Outcome outcome = multus(ec2, new Breaking(0, task -> {
                    throw new RejectedExecutionException("no room");
                }))
                .handle(
                        autoScaling.launchEvent(action),
                        world.spec().hooks("multus-hook").build(),
                        world.in(Duration.ofSeconds(10)));

        assertThat(outcome).isFailedBecause(Cause.Code.UNEXPECTED, "no room");
        assertThat(autoScaling.result(action)).contains(LifecycleAction.Result.ABANDON);
    }

    /** EC2 with an undeclared exception at that call. */
    private Ec2Network defectiveAt(int call) {
        AtomicInteger calls = new AtomicInteger();
        return (Ec2Network) Proxy.newProxyInstance(
                Ec2Network.class.getClassLoader(), new Class<?>[] {Ec2Network.class}, (proxy, method, arguments) -> {
                    if (calls.incrementAndGet() == call) {
                        throw new IllegalStateException("a defect in the port");
                    }
                    try {
                        return method.invoke(ec2, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void port_throwsAnythingAtOneCall_isAnOutcomeAndTheHookIsCompleted(int call) {
        FakeLifecycleActions autoScaling = ec2.autoScaling();
        LifecycleAction action = autoScaling.waiting("eks-workers", "multus-hook", world.node.id());

        Outcome outcome = multus(defectiveAt(call), Runnable::run)
                .handle(
                        autoScaling.launchEvent(action),
                        world.spec().hooks("multus-hook").build(),
                        world.in(Duration.ofMinutes(5)));

        assertThat(outcome)
                .isFailedBecause(Cause.Code.UNEXPECTED, "a defect in the port")
                .leftNothingBehind();
        assertThat(world.ours()).isEmpty();
        assertThat(autoScaling.result(action)).contains(LifecycleAction.Result.ABANDON);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void sweep_portThrowsAnythingInTheFirstScan_isAFailedCall(int call) {
        Multus multus = multus(defectiveAt(call), Runnable::run);

        assertThatThrownBy(() -> multus.sweep(
                        SweepScope.vpc(world.vpc.id()), world.spec().build()))
                .isInstanceOf(Ec2Exception.class)
                .hasMessageContaining("a defect in the port")
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(world.ours()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void plan_portThrowsAnything_isAFailedCall(int call) {
        Multus multus = multus(defectiveAt(call), Runnable::run);

        assertThatThrownBy(() -> multus.plan(world.node.id(), world.spec().build(), world.in(Duration.ofMinutes(5))))
                .isInstanceOf(Ec2Exception.class)
                .hasMessageContaining("a defect in the port")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    /** EC2 without a return from that call. */
    private Ec2Network hangingAt(String call) {
        return (Ec2Network) Proxy.newProxyInstance(
                Ec2Network.class.getClassLoader(), new Class<?>[] {Ec2Network.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals(call)) {
                        new CountDownLatch(1).await();
                    }
                    try {
                        return method.invoke(ec2, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"describeSubnets", "createNetworkInterface", "attachNetworkInterface"})
    void port_ignoresTheDeadline_endsAndNamesPossibleLeftovers(String call) {
        Outcome outcome = Multus.builder(hangingAt(call), ec2.autoScaling())
                .time(ec2.time(), ec2.time())
                .build()
                .attach(
                        world.node.id(),
                        world.spec().subnets(world.signalling.id()).build(),
                        world.in(Duration.ofSeconds(1)));

        assertThat(outcome).isFailedBecause(Cause.Code.DEADLINE, "has not ended by its deadline");
        assertThat(((Outcome.Failed) outcome).leftovers()).hasSize(call.equals("createNetworkInterface") ? 1 : 0);
        assertThat(world.ours()).isEmpty();
    }
}
