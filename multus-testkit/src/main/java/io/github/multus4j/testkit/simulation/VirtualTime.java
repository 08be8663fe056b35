package io.github.multus4j.testkit.simulation;

import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.testkit.ManualTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The time of one simulation and its events, one after the other, in an order that depends only on
 * the requests. Real code runs in fibers; while all of them wait, the clock jumps to the next
 * event. A waiting fiber does the work of the clock: it runs due events until one ends its own wait
 * or another's.
 */
final class VirtualTime extends Clock implements Sleeper {

    private static final Instant START = ManualTime.START;
    private static final int MOST_STEPS = 500_000;

    /** An event at an instant, in nanoseconds since the start. */
    private static final class Due implements Comparable<Due> {

        final long at;
        final long order;
        final Runnable event;
        boolean cancelled;

        Due(long at, long order, Runnable event) {
            this.at = at;
            this.order = order;
            this.event = event;
        }

        @Override
        public int compareTo(Due other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    private final Executor threads;
    private final int mostSteps;
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private final IdentityHashMap<Object, Fiber> tasks = new IdentityHashMap<>();
    private final IdentityHashMap<Object, List<Fiber>> awaited = new IdentityHashMap<>(); // Tasks that have not begun.
    private final List<Fiber> alive = new ArrayList<>();
    private final Fiber root = new Fiber(null);
    private Fiber running = root;
    private @Nullable Fiber woken;
    private @Nullable Throwable broken;
    private long now;
    private long orders;
    private boolean aborted;
    private int steps;

    /**
     * @param threads gives fibers their threads; it must never make one wait for another
     */
    VirtualTime(Executor threads) {
        this(threads, MOST_STEPS);
    }

    /**
     * @param mostSteps the number of events after which the simulation counts as endless
     */
    VirtualTime(Executor threads, int mostSteps) {
        this.threads = threads;
        this.mostSteps = mostSteps;
    }

    // Events.

    /**
     * Plans an event after that time. It must not wait.
     *
     * @return cancels the event
     */
    Runnable in(Duration delay, Runnable event) {
        Due due = due(delay, event);
        return () -> due.cancelled = true;
    }

    private Due due(Duration delay, Runnable event) {
        Due due = new Due(now + Math.max(0, delay.toNanos()), orders++, event);
        queue.add(due);
        return due;
    }

    /**
     * Starts a fiber, which runs as soon as it has the baton. It inherits the delivery of the
     * running fiber.
     */
    Fiber start(@Nullable FiberGroup group, Runnable body) {
        Fiber fiber = new Fiber(group);
        fiber.delivery = running.delivery;
        fiber.dontStart = in(Duration.ZERO, () -> {
            fiber.canBeHelped = false;
            alive.add(fiber);
            woken = fiber;
            threads.execute(() -> {
                fiber.begin();
                fiber.awaitBaton();
                try {
                    checkGoesOn(fiber);
                    body.run();
                } catch (Crash e) {
                    // Its process has died, so its exception is dropped.
                } catch (RuntimeException | Error e) {
                    broken = broken == null ? e : broken;
                } finally {
                    Thread.interrupted();
                    end(fiber);
                }
            });
        });
        return fiber;
    }

    private void end(Fiber fiber) {
        fiber.ended = true;
        alive.remove(fiber);
        fiber.waiters.forEach(this::wakeNow);
        handOver(next());
    }

    /**
     * Runs tasks of a group side by side.
     *
     * @param helping whether a fiber that waits for a task runs it itself if it has not begun, as
     *     in a work-stealing pool; this saves a thread
     */
    Executor executor(@Nullable FiberGroup group, boolean helping) {
        return task -> {
            Fiber fiber = start(group, () -> {
                try {
                    task.run();
                } finally {
                    tasks.remove(task);
                }
            });
            List<Fiber> early = awaited.remove(task);
            if (early != null) {
                fiber.waiters.addAll(early);
            }
            fiber.canBeHelped = helping;
            tasks.put(task, fiber);
        };
    }

    /**
     * Runs all events until none is due. Called by the thread that made this, which is no fiber.
     *
     * @throws IllegalStateException if a fiber waits without an event that could wake it, or if the
     *     simulation is endless
     */
    void runAll() {
        root.begin();
        while (true) {
            Fiber next = next();
            if (next == root) {
                break;
            }
            handOver(next);
            root.awaitBaton();
            running = root;
        }
        if (broken == null && !alive.isEmpty()) {
            broken =
                    new IllegalStateException(alive.size() + " threads wait for what will never come, at " + instant());
        }
        abort();
        if (broken instanceof Error error) {
            throw error;
        }
        if (broken instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Ends the remaining fibers, so that no thread stays behind. */
    private void abort() {
        aborted = !alive.isEmpty();
        while (!alive.isEmpty()) {
            handOver(alive.get(0));
            root.awaitBaton();
            running = root;
        }
    }

    // Waiting. All of it is called by the running fiber.

    /** Returns when that time has passed, or it was woken. */
    private void pause(Duration duration) {
        Fiber self = running;
        long wait = ++self.wait;
        Due wake = due(duration, () -> wake(self, wait));
        letOthersRun(self);
        wake.cancelled = true;
    }

    private void letOthersRun(Fiber self) {
        Fiber next = next();
        if (next != self) {
            handOver(next);
            self.awaitBaton();
        } else if (self.interruptPending) {
            self.interruptPending = false;
            Thread.currentThread().interrupt();
        }
        running = self;
        checkGoesOn(self);
    }

    private void checkGoesOn(Fiber fiber) {
        if (aborted || (fiber.group != null && !fiber.group.alive)) {
            throw new Crash();
        }
    }

    private void wake(Fiber fiber, long wait) {
        if (fiber.wait == wait && !fiber.ended) {
            fiber.wait++;
            woken = fiber;
        }
    }

    /** Ends the fiber's present wait. */
    private void wakeNow(Fiber fiber) {
        long wait = fiber.wait;
        in(Duration.ZERO, () -> wake(fiber, wait));
    }

    /** Runs due events until one wakes a fiber; the root if no event is due any more. */
    private Fiber next() {
        while (broken == null) {
            Due due = queue.poll();
            if (due == null) {
                return root;
            }
            if (due.cancelled) {
                continue;
            }
            if (++steps > mostSteps) {
                broken = new IllegalStateException("it does not end: " + mostSteps + " steps, at " + instant());
                return root;
            }
            now = Math.max(now, due.at);
            try {
                due.event.run();
            } catch (RuntimeException | Error e) {
                broken = e;
                return root;
            }
            Fiber next = woken;
            if (next != null) {
                woken = null;
                return next;
            }
        }
        return root;
    }

    private void handOver(Fiber to) {
        running = to;
        to.giveBaton();
    }

    /** The delivery that the running fiber works on. */
    Delivery delivery() {
        return Objects.requireNonNull(running.delivery, "a call from a fiber that works on no delivery");
    }

    /** Waits for an answer, but not longer than that. */
    void await(PendingAnswer<?> answer, Duration atMost) {
        if (!answer.hasArrived()) {
            Fiber self = running;
            long wait = self.wait + 1;
            answer.onArrival(() -> wake(self, wait));
            pause(atMost);
        }
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        throwIfInterrupted();
        pause(duration);
        throwIfInterrupted();
    }

    @Override
    public boolean await(Future<?> something, Duration atMost) throws InterruptedException {
        throwIfInterrupted();
        if (!something.isDone()) {
            Object asTask = something;
            Fiber task = tasks.get(asTask);
            List<Fiber> waiters =
                    task == null ? awaited.computeIfAbsent(asTask, key -> new ArrayList<>()) : task.waiters;
            if (task != null && task.canBeHelped && something instanceof Runnable body) {
                task.dontStart.run();
                tasks.remove(asTask);
                body.run();
                return true;
            }
            waiters.add(running);
            pause(atMost);
            waiters.remove(running);
            throwIfInterrupted();
        }
        return something.isDone();
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted");
        }
    }

    /** Interrupts a fiber, which waits. */
    void interrupt(Fiber fiber) {
        if (!fiber.ended) {
            fiber.interruptPending = true;
            wakeNow(fiber);
        }
    }

    /** Ends all fibers of the group: each gets a {@link Crash} as soon as it runs again. */
    void crash(FiberGroup group) {
        group.alive = false;
        alive.stream().filter(fiber -> fiber.group == group).forEach(this::wakeNow);
        group.actionsAtCrash.forEach(action -> in(Duration.ZERO, action));
    }

    // The clock.

    /** Since the start. */
    Duration elapsed() {
        return Duration.ofNanos(now);
    }

    @Override
    public Instant instant() {
        return START.plusNanos(now);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("virtual time is UTC");
    }

    @Override
    public String toString() {
        return "VirtualTime[" + instant() + "]";
    }
}
