package io.github.multus4j.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread of a simulated process. Of all fibers of a simulation one runs at a time: the one with
 * the baton. It keeps the baton until it waits in {@link VirtualTime}.
 */
final class Fiber {

    final @Nullable FiberGroup group;

    /** The delivery that it works on; null if it works on none. */
    @Nullable
    Delivery delivery;

    /** The fibers that wait for its end. */
    final List<Fiber> waiters = new ArrayList<>();

    /** Counts its waits, so that a wake-up for an earlier wait does not end a later one. */
    long wait;

    /** Whether it has not begun and another fiber may do its work. */
    boolean canBeHelped;

    /** Runs if it is not to begin after all. */
    Runnable dontStart = () -> {};

    boolean ended;
    boolean interruptPending;

    private volatile boolean hasBaton;
    private volatile @Nullable Thread thread;

    Fiber(@Nullable FiberGroup group) {
        this.group = group;
    }

    /** The calling thread is this fiber from now on. */
    void begin() {
        thread = Thread.currentThread();
    }

    void giveBaton() {
        hasBaton = true;
        LockSupport.unpark(thread);
    }

    /** Blocks the calling thread, which is this fiber's, until it has the baton. */
    void awaitBaton() {
        boolean interrupted = false;
        while (!hasBaton) {
            LockSupport.park(this);
            // With the flag set, park would return at once.
            interrupted |= Thread.interrupted();
        }
        hasBaton = false;
        if (interrupted || interruptPending) {
            interruptPending = false;
            Thread.currentThread().interrupt();
        }
    }
}
