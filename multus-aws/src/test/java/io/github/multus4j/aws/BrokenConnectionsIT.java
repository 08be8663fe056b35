package io.github.multus4j.aws;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Runs over real connections that are delayed, cut and reset, by Toxiproxy at
 * {@code -Dmultus.toxiproxy=HOST:PORT}, also after the request went through; then the same event
 * again over good ones. {@code -Dmultus.toxiproxy.histories=N} says how many,
 * {@code -Dmultus.toxiproxy.seed=N} where to begin: the history that a failure names is replayed by
 * its seed alone.
 *
 * <p>The seed determines the troubles, by number of call, and the settings of the runs. Threads and
 * sockets decide which calls meet the troubles.
 */
@EnabledIfSystemProperty(named = "multus.toxiproxy", matches = ".+:\\d+")
class BrokenConnectionsIT {

    private static final int HISTORIES = Integer.getInteger("multus.toxiproxy.histories", 84);
    private static final long FIRST_SEED =
            Long.getLong("multus.toxiproxy.seed", ThreadLocalRandom.current().nextInt());

    /** They mostly wait. */
    private static final int SIDE_BY_SIDE = 8;

    /**
     * The longest delay of a run's return after its deadline, on a machine that delays no thread:
     * the call timer looks every 50 ms, and the threads of eight histories share the same cores.
     */
    private static final Duration TOLERANCE = Duration.ofMillis(500);

    /** The threads that hand a run's end on: the timer, the call, the waiting thread. */
    private static final int THREADS_TO_RETURN = 3;

    /** About as many calls as a run makes when all is well. */
    private static final int CALLS = 16;

    private static final Set<String> CHANGES =
            Set.of("CreateNetworkInterface", "AttachNetworkInterface", "ModifyNetworkInterfaceAttribute");

    private static final List<Toxin> KINDS = List.of(Toxin.values());

    @Test
    void oneRun_badLines_keepsItsDeadlineAndTheNextRunFinishes() throws Exception {
        play(1);
    }

    @Test
    void twoRunsAtOnce_badLines_keepTheirDeadlinesAndTheNextRunFinishes() throws Exception {
        play(2);
    }

    private void play(int runs) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        List<Seen> seen = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        try {
            List<Future<Seen>> histories = IntStream.range(0, HISTORIES / 2)
                    .mapToObj(i -> threads.submit(() -> history(runs, FIRST_SEED + i)))
                    .toList();
            for (Future<Seen> history : histories) {
                try {
                    seen.add(history.get());
                } catch (ExecutionException e) {
                    failures.add(e.getCause());
                }
            }
        } finally {
            threads.shutdownNow();
        }
        System.out.println(summary(runs, seen));
        if (!failures.isEmpty()) {
            AssertionError all = new AssertionError(failures.size() + " of " + HISTORIES / 2 + " histories failed");
            failures.forEach(all::addSuppressed);
            throw all;
        }
        if (HISTORIES >= 60) {
            assertTroublesHit(seen);
        }
    }

    /**
     * The result of one history.
     *
     * @param troubles on the line, as text
     * @param broken the number of attempts without an answer, by action
     */
    private record Seen(String troubles, List<BadLineStage.Ended> runs, Map<String, Integer> broken) {}

    private static Seen history(int runs, long seed) {
        Random random = new Random(seed);
        Duration time = Duration.ofMillis(8_000 + random.nextInt(4_000));
        List<BadLine.Trouble> troubles = troubles(random, Math.floorMod(seed, KINDS.size()), runs * CALLS, time);
        String[] address = System.getProperty("multus.toxiproxy").split(":");
        ToxiproxyClient toxiproxy = new ToxiproxyClient(address[0], Integer.parseInt(address[1]));
        try (BadLineStage stage = new BadLineStage(toxiproxy, troubles, runs, random);
                SchedulingDelay delay = SchedulingDelay.measuring()) {
            try {
                List<BadLineStage.Ended> ended = stage.handleSideBySide(time);
                Map<String, Integer> broken = stage.broken();
                Duration latest = time.plus(TOLERANCE).plus(delay.longest().multipliedBy(THREADS_TO_RETURN));
                assertThat(ended).allSatisfy(run -> assertThat(run.took()).isLessThanOrEqualTo(latest));
                if (ended.stream().noneMatch(run -> run.outcome().isReady())) {
                    stage.assertWhatIsLeftIsNamed(ended);
                }
                stage.heal();
                stage.assertNextRunFinishes(ended);
                return new Seen(troubles.toString(), ended, broken);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "-Dmultus.toxiproxy.histories=2 -Dmultus.toxiproxy.seed=" + seed + ", " + runs + " at once, "
                                + troubles + ": " + e.getMessage() + "\nCalls:\n" + stage.journal(),
                        e);
            }
        }
    }

    /** One to three, the first one's kind is given. */
    private static List<BadLine.Trouble> troubles(Random random, int kind, int calls, Duration time) {
        List<BadLine.Trouble> troubles = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            int from = random.nextInt(calls);
            troubles.add(new BadLine.Trouble(
                    KINDS.get(i == 0 ? kind : random.nextInt(KINDS.size())),
                    random.nextInt(3) == 0 ? ToxicDirection.UPSTREAM : ToxicDirection.DOWNSTREAM,
                    random.nextDouble(),
                    from,
                    from + 1 + random.nextInt(calls),
                    Duration.ofMillis(100 + random.nextInt((int) time.toMillis()))));
        }
        return troubles;
    }

    /**
     * Calls were broken, also such that change something, and some runs lived through it and some
     * did not.
     */
    private static void assertTroublesHit(List<Seen> seen) {
        assertThat(seen).filteredOn(each -> !each.broken().isEmpty()).hasSizeGreaterThan(HISTORIES / 4);
        assertThat(seen)
                .filteredOn(each -> each.broken().keySet().stream().anyMatch(CHANGES::contains))
                .hasSizeGreaterThan(HISTORIES / 20);
        assertThat(seen.stream()
                        .flatMap(each -> each.runs().stream())
                        .map(run -> run.outcome().isReady()))
                .contains(true, false);
    }

    private static String summary(int runs, List<Seen> seen) {
        Map<String, Integer> broken = new TreeMap<>();
        seen.forEach(each -> each.broken().forEach((action, count) -> broken.merge(action, count, Integer::sum)));
        Map<String, Integer> outcomes = new TreeMap<>();
        seen.forEach(each -> outcomes.merge(
                each.runs().stream()
                        .map(run -> run.outcome().getClass().getSimpleName())
                        .sorted()
                        .collect(joining("+")),
                1,
                Integer::sum));
        return "multus.toxiproxy.seed=" + FIRST_SEED + ", " + runs + " at once: " + seen.size() + " histories ended "
                + outcomes + "; attempts without an answer: " + broken;
    }
}
