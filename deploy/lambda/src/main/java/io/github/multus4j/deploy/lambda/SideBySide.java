package io.github.multus4j.deploy.lambda;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Handles the messages of a batch in several threads: a node takes seconds, and one after the other
 * would take too long.
 */
final class SideBySide {

    /** Lambda's default size of a batch. */
    private static final int MAX_THREADS = 10;

    private SideBySide() {}

    /** The results, in the order of the items. */
    static <T, R> List<R> all(List<T> items, Function<T, R> handling) {
        if (items.size() <= 1) {
            return items.stream().map(handling).toList();
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(MAX_THREADS, items.size()), task -> {
            Thread thread = new Thread(task, "message");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<CompletableFuture<R>> all = items.stream()
                    .map(item -> CompletableFuture.supplyAsync(() -> handling.apply(item), threads))
                    .toList();
            return all.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }
}
