package io.github.multus4j.internal.run;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** A task for the executor, which also knows whether the executor has begun it. */
class Task<T> extends FutureTask<T> {

    private volatile boolean begun;

    Task(Callable<T> callable) {
        super(callable);
    }

    @Override
    public void run() {
        begun = true;
        super.run();
    }

    final boolean hasBegun() {
        return begun;
    }

    /** Ends it with that failure, unless it has ended. */
    final void fail(RuntimeException failure) {
        setException(failure);
    }
}
