package io.github.multus4j.testkit.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Threads for the exchanges of an HTTP server. A thread that waits for its client is interrupted
 * after a time-out, which closes the connection. With many such threads the oldest are interrupted
 * sooner, so that requests without an end hold few threads.
 *
 * <p>The JDK's own limits hold for all servers of a JVM, and cannot tell a slow client from a slow
 * answer.
 */
public final class ExchangeThreads implements Executor, AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** The number of clients that may take the whole time-out. */
    private static final int SLOW_CLIENTS = 64;

    private static final Duration TIMEOUT_OF_FURTHER_CLIENTS = Duration.ofSeconds(1);

    private final Duration timeout;
    private final ExecutorService threads;

    /**
     * The threads that wait for their client, with the start of their wait by
     * {@link System#nanoTime}.
     */
    private final Map<Thread, Long> waiting = new ConcurrentHashMap<>();

    /** @param name the name of the threads */
    public ExchangeThreads(String name) {
        this(name, TIMEOUT);
    }

    public ExchangeThreads(String name, Duration timeout) {
        this.timeout = timeout;
        this.threads = Executors.newCachedThreadPool(task -> daemon(name, task));
        threads.execute(this::watch);
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Runs an exchange, which begins with its client sending. */
    @Override
    public void execute(Runnable exchange) {
        threads.execute(() -> {
            clientReads();
            try {
                exchange.run();
            } finally {
                waiting.remove(Thread.currentThread());
                // For the next exchange of this thread.
                Thread.interrupted();
            }
        });
    }

    /**
     * The calling thread does not wait for its client any more.
     *
     * @throws IOException if it has waited too long
     */
    void clientHasSent() throws IOException {
        waiting.remove(Thread.currentThread());
        if (Thread.interrupted()) {
            throw new InterruptedIOException("the request took longer than " + timeout);
        }
    }

    /** The calling thread waits for its client from now on. */
    void clientReads() {
        waiting.put(Thread.currentThread(), System.nanoTime());
    }

    private void watch() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(200);
                interruptLate();
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void interruptLate() {
        long now = System.nanoTime();
        List<Map.Entry<Thread, Long>> oldestFirst = waiting.entrySet().stream()
                .map(Map.Entry::copyOf)
                .sorted(Comparator.comparingLong(entry -> entry.getValue() - now))
                .toList();
        int further = oldestFirst.size() - SLOW_CLIENTS;
        for (Map.Entry<Thread, Long> entry : oldestFirst) {
            Duration limit = further-- > 0 ? TIMEOUT_OF_FURTHER_CLIENTS : timeout;
            if (now - entry.getValue() > limit.toNanos()) {
                interrupt(entry.getKey(), entry.getValue());
            }
        }
    }

    /** Atomically, so that no thread is interrupted that has gone on. */
    private void interrupt(Thread thread, Long since) {
        waiting.computeIfPresent(thread, (key, latest) -> {
            if (!latest.equals(since)) {
                return latest;
            }
            thread.interrupt();
            return null;
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
