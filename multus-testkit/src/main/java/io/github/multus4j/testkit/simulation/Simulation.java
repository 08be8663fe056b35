package io.github.multus4j.testkit.simulation;

import io.github.multus4j.nodegroup.OnFailure;
import io.github.multus4j.testkit.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plays a program that handles launch events in worlds with every kind of fault, and checks the
 * invariants: nothing leaked, nothing doubled, no node with half of its interfaces, no other
 * tenant's interface touched, every deadline kept. Time is virtual, and a history follows from its
 * name alone: a failure is reproducible, and its trace explains it.
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

    /** Plays a storm of launches, and reports its result. */
    public StormReport storm(Storm storm) {
        try (FiberThreads threads = new FiberThreads()) {
            return new SimulatedStorm(storm, threads).play(program);
        }
    }

    /**
     * Plays one history again.
     *
     * @param name the name in a {@link Verdict}: a seed, or {@code small …} for one with certain
     *     faults
     */
    public Verdict replay(String name) {
        try (FiberThreads threads = new FiberThreads()) {
            return SmallHistory.isName(name)
                    ? SmallHistory.named(name).play(program, threads).verdict()
                    : RandomHistory.play(Long.parseLong(name), program, threads);
        }
    }

    /**
     * Plays that many random histories, with the seeds from the first one on, on all processors.
     */
    public SearchReport search(long firstSeed, int count) {
        return random(firstSeed, count).run(false);
    }

    /**
     * As {@link #search}, until one is bad: the one with the lowest seed is the first in the
     * report.
     */
    public SearchReport searchUntilBad(long firstSeed, int atMost) {
        return random(firstSeed, atMost).run(true);
    }

    private Search random(long firstSeed, int count) {
        return new Search(
                count, i -> (threads, found) -> found.accept(RandomHistory.play(firstSeed + i, program, threads)));
    }

    /**
     * Plays every history of one node in which that many calls meet a fault: each fault at each
     * call, those of roll-backs and of the second delivery included; with two, each pair.
     *
     * @param interfaces the number of Multus interfaces of the node
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

    /** The histories with one more fault, at each call after the last fault. */
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
}
