package io.github.multus4j.testkit.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Many histories, in so many shares, on all processors.
 *
 * @param share the histories of the share of that number, from 0 on
 */
record Search(long shares, LongFunction<Share> share) {

    private static final int MOST_KEPT = 20;

    /** A part of the search. */
    interface Share {

        void play(FiberThreads threads, Consumer<Verdict> found);
    }

    /** Plays all of it, or, with {@code untilBad}, begins no further share after a bad history. */
    SearchReport run(boolean untilBad) {
        return new Running(untilBad).run();
    }

    private final class Running {

        private final boolean untilBad;
        private final AtomicLong next = new AtomicLong();
        private final AtomicLong histories = new AtomicLong();
        private final AtomicLong calls = new AtomicLong();
        private final AtomicLong badCount = new AtomicLong();
        private final AtomicBoolean enough = new AtomicBoolean();
        private final List<Verdict> bad = new ArrayList<>();

        Running(boolean untilBad) {
            this.untilBad = untilBad;
        }

        SearchReport run() {
            long start = System.nanoTime();
            int processors = Runtime.getRuntime().availableProcessors();
            try (FiberThreads threads = new FiberThreads()) {
                List<FutureTask<?>> workers = new ArrayList<>();
                for (int i = 0; i < processors; i++) {
                    FutureTask<?> worker = new FutureTask<>(() -> work(threads), null);
                    workers.add(worker);
                    threads.execute(worker);
                }
                for (FutureTask<?> each : workers) {
                    each.get();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("a search broke off", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("a search was interrupted", e);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            // Ordered by seed, so that the first is the same at each run, independent of the
            // threads' speed.
            bad.sort(Comparator.comparingInt((Verdict verdict) -> verdict.name().length())
                    .thenComparing(Verdict::name));
            return new SearchReport(histories.get(), calls.get(), bad, badCount.get(), seconds);
        }

        private void work(FiberThreads threads) {
            while (!enough.get()) {
                long i = next.getAndIncrement();
                if (i >= shares) {
                    return;
                }
                share.apply(i).play(threads, this::found);
            }
        }

        private void found(Verdict verdict) {
            histories.incrementAndGet();
            calls.addAndGet(verdict.calls());
            if (verdict.isGood()) {
                return;
            }
            badCount.incrementAndGet();
            enough.set(untilBad);
            synchronized (bad) {
                if (bad.size() < MOST_KEPT) {
                    bad.add(verdict);
                }
            }
        }
    }
}
