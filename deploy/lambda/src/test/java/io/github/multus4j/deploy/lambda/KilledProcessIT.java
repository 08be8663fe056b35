package io.github.multus4j.deploy.lambda;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program in a process of its own, killed by SIGKILL at a random moment; then the same event
 * again. {@code -Dmultus.kills=200} sets the number of kills, {@code -Dmultus.kills.seed=N} the
 * first seed. A failure names its history's seed; this seed and one kill replay it.
 *
 * <p>The second delivery goes to the handler in this process, as Lambda would do it. It shares only
 * EC2 with the dead process, and does not cost the start of a second process.
 */
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "multus.kills", matches = "[1-9]\\d*")
class KilledProcessIT {

    private static final int KILLS = Integer.getInteger("multus.kills", 1);
    private static final long FIRST_SEED =
            Long.getLong("multus.kills.seed", ThreadLocalRandom.current().nextInt());

    /**
     * More than there are cores: a second delivery after a roll-back mostly waits, for ten seconds.
     */
    private static final int SIDE_BY_SIDE = 6;

    private static final int KILLED = 128 + 9;

    /** The time of each call. */
    private static final Duration CALL = Duration.ofMillis(12);

    private static @TempDir Path folder;
    private static Program program;

    @BeforeAll
    static void learn() throws Exception {
        program = new Program(Path.of(System.getProperty("multus.lambda.jar")), folder);
        try (FakeStage stage = new FakeStage()) {
            program.learn(stage, stage.launchEvent(stage.waiting(stage.node())));
        }
    }

    @Test
    void secondDelivery_killedAtARandomCall_finishesTheNode() throws Exception {
        killAndRepeat(Trouble.NONE, KILLS);
    }

    @Test
    void secondDelivery_killedDuringTheRollBack_finishesTheNode() throws Exception {
        killAndRepeat(new Trouble(Set.of(1, 2)), (KILLS + 7) / 8);
    }

    @Test
    void secondDelivery_killedWhileTheRollBackDetaches_finishesTheNode() throws Exception {
        killAndRepeat(new Trouble(Set.of(2)), (KILLS + 7) / 8);
    }

    /**
     * The reason why the first delivery fails. The moment of the kill is counted from there.
     *
     * @param deniedAttachments the numbers of the attach calls that EC2 refuses, from 1
     */
    private record Trouble(Set<Integer> deniedAttachments) {

        static final Trouble NONE = new Trouble(Set.of());

        void prepare(Faults faults, KillSwitch kill) {
            for (Action action : Action.values()) {
                faults.on(action).everyCall().delay(CALL);
            }
            for (int call : deniedAttachments) {
                faults.on(Action.ATTACH_NETWORK_INTERFACE).call(call).meanwhile(kill::arm);
                faults.on(Action.ATTACH_NETWORK_INTERFACE).call(call).failWith("UnauthorizedOperation");
            }
            if (deniedAttachments.isEmpty()) {
                kill.arm();
            }
        }
    }

    /**
     * The observations of one history.
     *
     * @param died whether the process was killed before it ended
     * @param calls the number of calls before the kill, from the moment from which the kill is
     *     counted
     * @param secondDelivery the duration of the second delivery
     */
    private record Death(boolean died, int calls, Duration secondDelivery) {}

    private void killAndRepeat(Trouble trouble, int kills) throws Exception {
        int calls = callsOf(trouble);
        ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        List<Death> deaths = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        try {
            List<Future<Death>> histories = IntStream.range(0, kills)
                    .mapToObj(i -> threads.submit(() -> play(trouble, calls, FIRST_SEED + i)))
                    .toList();
            for (Future<Death> history : histories) {
                try {
                    deaths.add(history.get());
                } catch (ExecutionException e) {
                    failures.add(e.getCause());
                }
            }
        } finally {
            threads.shutdownNow();
        }
        System.out.println(summary(trouble, calls, deaths));
        if (!failures.isEmpty()) {
            throw new AssertionError(
                    failures.size() + " of " + kills + " histories failed, the first: "
                            + failures.get(0).getMessage(),
                    failures.get(0));
        }
        assertKillsHit(calls, kills, deaths);
    }

    /** The number of calls in which the process can be killed. */
    private static int callsOf(Trouble trouble) {
        KillSwitch counter = KillSwitch.never();
        try (FakeStage stage = new FakeStage(counter)) {
            String event = stage.launchEvent(stage.waiting(stage.node()));
            trouble.prepare(stage.ec2.faults(), counter);
            try {
                stage.invoke(event);
                assertThat(trouble).isEqualTo(Trouble.NONE);
            } catch (NodeNotReadyException e) {
                assertThat(trouble).as(e.getMessage()).isNotEqualTo(Trouble.NONE);
            }
            return counter.seen();
        }
    }

    private static Death play(Trouble trouble, int calls, long seed) throws Exception {
        Random random = new Random(seed);
        KillSwitch kill = new KillSwitch(
                1 + random.nextInt(calls), Duration.ofNanos((long) (2 * CALL.toNanos() * random.nextDouble())));
        try (FakeStage stage = new FakeStage(kill)) {
            try {
                return play(trouble, stage, kill);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "-Dmultus.kills=1 -Dmultus.kills.seed=" + seed + ", " + trouble + ": " + e.getMessage()
                                + "\nCalls:\n" + stage.ec2.journal(),
                        e);
            }
        }
    }

    private static Death play(Trouble trouble, FakeStage stage, KillSwitch kill) throws Exception {
        Instance node = stage.node();
        LifecycleAction action = stage.waiting(node);
        String event = stage.launchEvent(action);
        trouble.prepare(stage.ec2.faults(), kill);

        Program.Run run = program.start(stage, event);
        kill.aimAt(run.process());
        assertThat(run.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        int status = run.process().exitValue();
        kill.disarm();
        stage.ec2.faults().clear();
        if (status != KILLED) {
            assertThat(status).as(run.printed()).isEqualTo(trouble.equals(Trouble.NONE) ? 0 : Main.FAILED);
        }

        long start = System.nanoTime();
        Object outcome = secondDelivery(stage, event);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (stage.ec2.autoScaling().result(action).equals(Optional.of(LifecycleAction.Result.ABANDON))) {
            // It was killed after its last call, or not at all: the instance is gone, and there is
            // nothing to finish.
            assertThat(trouble).isNotEqualTo(Trouble.NONE);
            assertThat(ours(stage)).isEmpty();
        } else {
            assertThat(outcome).isIn("attached", "complete");
            assertThat(stage.ec2).holdsInvariants().hasMultusInterfaces(node.id(), 2);
            assertThat(ours(stage))
                    .extracting(i -> i.ipv4Addresses().toString())
                    .containsExactlyInAnyOrder("[10.0.4.4]", "[10.0.6.4]");
            assertThat(stage.ec2.autoScaling().result(action)).contains(LifecycleAction.Result.CONTINUE);
        }
        return new Death(status == KILLED, kill.seen(), took);
    }

    private static Object secondDelivery(FakeStage stage, String event) {
        try {
            return stage.invoke(event).get("outcome");
        } catch (NodeNotReadyException e) {
            return e.getMessage();
        }
    }

    private static List<NetworkInterface> ours(FakeStage stage) {
        return stage.ec2.interfaces().stream()
                .filter(i -> i.tags().containsKey(OwnerTags.INSTANCE_ID))
                .toList();
    }

    private static String summary(Trouble trouble, int calls, List<Death> deaths) {
        Map<Integer, Integer> byCalls = new TreeMap<>();
        deaths.stream().filter(Death::died).forEach(death -> byCalls.merge(death.calls(), 1, Integer::sum));
        return "multus.kills.seed=" + FIRST_SEED + " " + trouble + ": "
                + deaths.stream().filter(Death::died).count() + " of " + deaths.size()
                + " processes died by SIGKILL; of " + calls + " calls they had made: " + byCalls
                + "; the second delivery took at most "
                + deaths.stream()
                        .map(Death::secondDelivery)
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO)
                        .toMillis()
                + " ms";
    }

    private static void assertKillsHit(int calls, int kills, List<Death> deaths) {
        if (kills < 5 * calls) {
            return;
        }
        assertThat(deaths).filteredOn(Death::died).hasSizeGreaterThanOrEqualTo(kills * 3 / 4);
        assertThat(deaths.stream().filter(Death::died).map(Death::calls).distinct())
                .hasSizeGreaterThanOrEqualTo(calls / 2);
    }
}
