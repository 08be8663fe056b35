package io.github.multus4j.testkit.simulation;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Threads for fibers, as many as needed. Virtual ones where Java has them (21 and later): fibers
 * switch all the time, and on platform threads most of a simulation's time goes there.
 */
final class FiberThreads implements Executor, AutoCloseable {

    private final ExecutorService threads = virtualOrPooled();

    private static ExecutorService virtualOrPooled() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException e) {
            return Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "simulation");
                thread.setDaemon(true);
                return thread;
            });
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
