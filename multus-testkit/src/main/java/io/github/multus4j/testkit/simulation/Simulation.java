package io.github.multus4j.testkit.simulation;

import io.github.multus4j.nodegroup.OnFailure;
import io.github.multus4j.testkit.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plays a program that handles launch events in worlds where everything goes wrong that can, and checks what must always hold: nothing leaked,
 * nothing doubled, no node with half of its interfaces, nothing of others touched, every deadline kept. Time is virtual, and a history is
 * settled by its name alone: what failed once fails again, and its trace says what happened.
 *
 * <pre>{@code
 * Simulation simulation = Simulation.of((process, spec) -> {
 *     Multus multus = Multus.builder(process.ec2(), process.autoScaling())
 *             .time(process.clock(), process.sleeper())
 *             .executor(process.executor())
 *             .build();
 *     return (event, deadline) -> multus.handle(event, spec, deadline);
 * });
 * assertThat(simulation.search(1, 10_000).bad()).isEmpty();
 * }</pre>
 *
 * <p>Thread-safe, if the program may be started by several threads.
 */
public final class Simulation {

    private final EventHandler.Program program;

    private Simulation(EventHandler.Program program) {
        this.program = program;
    }

    /** Simulates that program. */
    public static Simulation of(EventHandler.Program program) {
        return new Simulation(program);
    }

    /**
     * Plays one history again.
     *
     * @param name as a {@link Verdict} gives it: a seed, or {@code small …} for one with certain faults
     */
    public Verdict replay(String name) {
        try (FiberThreads threads = new FiberThreads()) {
            return SmallHistory.isName(name)
                    ? SmallHistory.named(name).play(program, threads).verdict()
                    : RandomHistory.play(Long.parseLong(name), program, threads);
        }
    }

    /** Plays that many random histories, with the seeds from the first one on, on all processors. */
    public SearchReport search(long firstSeed, int count) {
        return random(firstSeed, count).run(false);
    }

    /** As {@link #search}, until one is bad: the one with the lowest seed is the first in the report. */
    public SearchReport searchUntilBad(long firstSeed, int atMost) {
        return random(firstSeed, atMost).run(true);
    }

    private Search random(long firstSeed, int count) {
        return new Search(
                count, i -> (threads, found) -> found.accept(RandomHistory.play(firstSeed + i, program, threads)));
    }

    /**
     * Plays every history of one node in which that many calls meet a fault: each fault at each call, those of roll-backs and of the second
     * delivery included; with two, each pair.
     *
     * @param interfaces how many Multus interfaces the node is to have
     * @param faults 1 or 2
     */
    public SearchReport everyFault(int interfaces, int faults, OnFailure onFailure, boolean chosenByEc2) {
        SmallHistory base = new SmallHistory(interfaces, onFailure, chosenByEc2, Map.of());
        List<SmallHistory> firsts = new ArrayList<>();
        try (FiberThreads threads = new FiberThreads()) {
            addFollowers(base, base.play(program, threads).calls(), firsts);
        }
        return new Search(firsts.size(), i -> (threads, found) -> {
                    SmallHistory first = firsts.get((int) i);
                    SmallHistory.Played played = first.play(program, threads);
                    found.accept(played.verdict());
                    if (faults == 2) {
                        List<SmallHistory> seconds = new ArrayList<>();
                        addFollowers(first, played.calls(), seconds);
                        seconds.forEach(second ->
                                found.accept(second.play(program, threads).verdict()));
                    }
                })
                .run(false);
    }

    /** The histories with one fault more, at each call after the last fault. */
    private static void addFollowers(SmallHistory history, Map<Integer, Action> calls, List<SmallHistory> to) {
        int last = history.faults().keySet().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        new TreeMap<>(calls).tailMap(last, false).forEach((number, action) -> {
            for (Fate fate : Fate.values()) {
                if (fate != Fate.ANSWERED && (action.isMutating() || fate.mattersForReads())) {
                    to.add(history.with(number, fate));
                }
            }
        });
    }

    /** Threads for fibers: as many as are needed, used again and again. */
    private static final class Threads implements java.util.concurrent.Executor, AutoCloseable {

        private final ExecutorService pool = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "simulation");
            thread.setDaemon(true);
            return thread;
        });

        @Override
        public void execute(Runnable task) {
            pool.execute(task);
        }

        @Override
        public void close() {
            pool.shutdown();
        }
    }

    private interface Share {

        void play(Threads threads, Consumer<Verdict> found);
    }

    /** A search in so many shares, on all processors. */
    private record Search(long shares, LongFunction<Share> share) {

        SearchReport run() {
            long start = System.nanoTime();
            AtomicLong next = new AtomicLong();
            AtomicLong histories = new AtomicLong();
            AtomicLong calls = new AtomicLong();
            AtomicLong badCount = new AtomicLong();
            List<Verdict> bad = new ArrayList<>();
            Consumer<Verdict> found = verdict -> {
                histories.incrementAndGet();
                calls.addAndGet(verdict.calls());
                if (!verdict.isGood()) {
                    badCount.incrementAndGet();
                    synchronized (bad) {
                        if (bad.size() < MOST_KEPT) {
                            bad.add(verdict);
                        }
                    }
                }
            };
            Callable<Boolean> worker = () -> {
                try (Threads threads = new Threads()) {
                    for (long i = next.getAndIncrement(); i < shares; i = next.getAndIncrement()) {
                        share.apply(i).play(threads, found);
                    }
                }
                return true;
            };
            onAllProcessors(worker);
            double seconds = (System.nanoTime() - start) / 1e9;
            return new SearchReport(histories.get(), calls.get(), bad, badCount.get(), seconds);
        }

        private static void onAllProcessors(Callable<Boolean> worker) {
            ExecutorService workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
            try {
                List<Future<Boolean>> running = new ArrayList<>();
                for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                    running.add(workers.submit(worker));
                }
                for (Future<Boolean> each : running) {
                    each.get();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("a search broke off", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("a search was interrupted", e);
            } finally {
                workers.shutdownNow();
            }
        }
    }
}
