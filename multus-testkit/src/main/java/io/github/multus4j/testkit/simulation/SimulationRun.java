package io.github.multus4j.testkit.simulation;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.testkit.simulation.SimulatedWorld.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One history in play: processes handle events in a world, and the invariants are checked. */
final class SimulationRun {

    private static final Duration CALM_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration SWEEP_TIMEOUT = Duration.ofMinutes(15);

    private final SimulatedWorld world;
    private final NodeGroupSpec spec;
    private final EventHandler.Program program;
    private final SplittableRandom random;
    private final History history = new History();
    private final HistoryCheck check;
    private final Region region;
    private final List<Worker> workers = new ArrayList<>();
    private @Nullable Duration healsWithin;

    SimulationRun(
            SimulatedWorld world,
            NodeGroupSpec spec,
            EventHandler.Program program,
            FaultModel faultModel,
            Duration staleness,
            SplittableRandom random) {
        this.world = world;
        this.spec = spec;
        this.program = program;
        this.random = random;
        this.check = world.check(history, staleness);
        this.region = new Region(world.ec2, history, check, faultModel);
    }

    /** A process, and the program in it. */
    private record Worker(SimulatedProcess process, EventHandler handler) {}

    /** Limits each run after the faults are cleared to that time. */
    void healsWithin(Duration duration) {
        healsWithin = duration;
    }

    private void checkHealed(Delivery delivery) {
        Duration allowed = healsWithin;
        if (allowed != null && !delivery.crashed && !hasLeftSomething(delivery.instanceId)) {
            Duration took = Objects.requireNonNull(delivery.ended).minus(delivery.start);
            check.brokenIf(
                    took.compareTo(allowed) > 0,
                    6,
                    () -> delivery.name() + " took " + took + " although nothing goes wrong any more: "
                            + delivery.result());
        }
    }

    /**
     * A roll-back that ends before it has seen its deletions records no used tokens, and names the
     * leftovers.
     */
    private boolean hasLeftSomething(String instanceId) {
        return history.deliveries().stream()
                .anyMatch(each -> each.instanceId.equals(instanceId)
                        && each.outcome instanceof Outcome.Failed failed
                        && !failed.leftovers().isEmpty());
    }

    /** Plans an event of the world. */
    void others(Duration in, String what, Runnable act) {
        world.time.in(in, () -> {
            String refused = "";
            try {
                act.run();
            } catch (RuntimeException e) {
                refused = ", and are refused: " + e.getMessage();
            }
            history.note(world.time.elapsed(), "others: " + what + refused);
        });
    }

    /** Records an interface of another tenant. */
    void madeByOthers(String interfaceId) {
        history.madeByOthers(interfaceId, world.time.elapsed());
    }

    /** Interrupts the deliveries for the node that are in progress then. */
    void interrupt(Duration in, Node node) {
        world.time.in(
                in,
                () -> history.deliveries().stream()
                        .filter(delivery -> delivery.ended == null && delivery.instanceId.equals(node.id()))
                        .findFirst()
                        .ifPresent(delivery -> {
                            history.note(world.time.elapsed(), delivery.name() + " is interrupted");
                            delivery.interrupted = true;
                            delivery.interruption.run();
                        }));
    }

    /** Delivers the launch event of the node after that time. */
    void deliver(Duration in, Node node, Duration timeout, boolean warm, Consumer<Delivery> then) {
        Map<String, Object> event = world.ec2.autoScaling().launchEvent(node.action());
        deliver(in, node, "launch", event, timeout, warm, then);
    }

    /**
     * Delivers the launch event of a node with a specification of its own.
     *
     * @param inOneProcess whether all these go to the same process; else each goes to a new one
     */
    void deliver(
            Duration in,
            Node node,
            NodeGroupSpec specOfNode,
            boolean inOneProcess,
            Duration timeout,
            Consumer<Delivery> then) {
        Map<String, Object> event = world.ec2.autoScaling().launchEvent(node.action());
        work(
                in,
                node.id(),
                "launch",
                timeout,
                () -> inOneProcess ? startInOneProcess(specOfNode) : start(specOfNode),
                then,
                (handler, delivery, deadline) -> delivery.outcome = handler.handle(event, deadline));
    }

    /**
     * Delivers an event of the node.
     *
     * @param timeout the time after which Lambda kills the process
     * @param warm whether an idle process may get it; else it is a new one
     * @param then runs after it has been handled, or its process has died
     */
    void deliver(
            Duration in,
            Node node,
            String what,
            Map<String, Object> event,
            Duration timeout,
            boolean warm,
            Consumer<Delivery> then) {
        work(
                in,
                node.id(),
                what,
                timeout,
                () -> process(warm),
                then,
                (handler, delivery, deadline) -> delivery.outcome = handler.handle(event, deadline));
    }

    /** Makes the program sweep. */
    void sweep(Duration in, Consumer<Boolean> done) {
        work(
                in,
                "all nodes",
                "sweep",
                SWEEP_TIMEOUT,
                () -> process(false),
                delivery -> {},
                (handler, delivery, deadline) -> done.accept(handler.sweep(deadline)));
    }

    private interface Work {

        void run(EventHandler handler, Delivery delivery, Deadline deadline);
    }

    private void work(
            Duration in,
            String about,
            String what,
            Duration timeout,
            Supplier<Worker> by,
            Consumer<Delivery> then,
            Work work) {
        world.time.in(in, () -> {
            Worker worker = by.get();
            SimulatedProcess process = worker.process();
            Duration start = world.time.elapsed();
            Delivery delivery = history.begin(process.number(), about, what, start, start.plus(timeout));
            process.begin();
            Deadline deadline = Deadline.in(timeout, world.time);
            Fiber main = process.start(() -> {
                try {
                    work.run(worker.handler(), delivery, deadline);
                } catch (RuntimeException e) {
                    delivery.thrown = e;
                }
                end(process, delivery, then);
            });
            main.delivery = delivery;
            delivery.interruption = () -> world.time.interrupt(main);
            delivery.atEnd = world.time.in(timeout.plusMillis(1), () -> kill(process, delivery));
            process.atCrash(() -> end(process, delivery, then));
        });
    }

    private void end(SimulatedProcess process, Delivery delivery, Consumer<Delivery> then) {
        if (delivery.ended == null) {
            delivery.atEnd.run();
            process.end();
            history.end(delivery, world.time.elapsed());
            check.ended(delivery);
            then.accept(delivery);
        }
    }

    private void kill(SimulatedProcess process, Delivery delivery) {
        if (delivery.ended == null) {
            check.brokenIf(true, 8, () -> delivery.name() + " goes on after its deadline");
            delivery.crashed = true;
            process.crash();
        }
    }

    private Worker process(boolean warm) {
        if (warm) {
            Optional<Worker> idle = workers.stream()
                    .filter(worker ->
                            worker.process().isAlive() && !worker.process().isBusy())
                    .findFirst();
            if (idle.isPresent()) {
                return idle.get();
            }
        }
        return start(spec);
    }

    private Worker start(NodeGroupSpec specOfProcess) {
        SimulatedProcess process = new SimulatedProcess(workers.size() + 1, world.time, random.split(), region);
        Worker worker = new Worker(process, program.start(process, specOfProcess));
        workers.add(worker);
        return worker;
    }

    /** Starts the program for those nodes too, in the present process, or in the first one. */
    private Worker startInOneProcess(NodeGroupSpec specOfNode) {
        if (workers.isEmpty()) {
            return start(specOfNode);
        }
        SimulatedProcess process = workers.get(0).process();
        return new Worker(process, program.start(process, specOfNode));
    }

    /** A run without faults makes its node ready. */
    void checkReadyUnlessDisturbed(Delivery delivery) {
        check.brokenIf(
                !delivery.wasDisturbed() && !delivery.isReady(),
                2,
                () -> "nothing happened to " + delivery.name() + ", and its node is not ready: " + delivery.result());
    }

    /** Plays all planned events, and no more. */
    List<Delivery> playOut() {
        try {
            world.time.runAll();
        } catch (RuntimeException | Error e) {
            check.brokenIf(true, 8, () -> "it could not be played to its end: " + e);
        }
        return history.deliveries();
    }

    /**
     * The violations of invariants, after all has been played.
     *
     * @param left the interfaces that may be left detached
     */
    List<String> broken(List<String> left) {
        check.atEnd(left);
        return check.broken();
    }

    /** Plays all planned events, ends the faults, and judges. */
    Verdict end(String name) {
        try {
            world.time.runAll();
            calmDown();
        } catch (RuntimeException | Error e) {
            check.brokenIf(true, 8, () -> "it could not be played to its end: " + e);
        }
        return new Verdict(name, check.broken(), history.calls(), () -> world + "\n" + history);
    }

    /**
     * The end of the history: the faults are cleared, most existing nodes get their event again,
     * and a sweep repairs the rest. Then all invariants must hold.
     */
    private void calmDown() {
        region.faultModel(FaultModel.CALM);
        world.ec2.behaviour().readsLag(() -> Duration.ZERO);
        List<Node> left = new ArrayList<>();
        for (Node node : world.nodes) {
            if (isAlive(node)) {
                if (random.nextInt(3) > 0) {
                    deliver(Duration.ZERO, node, CALM_TIMEOUT, false, this::checkHealed);
                } else {
                    left.add(node); // Its event never comes again; the sweep has to find it.
                    emptyRepairTag(node);
                }
            }
        }
        world.time.runAll();
        boolean[] swept = {false};
        sweep(Duration.ofMinutes(1), done -> swept[0] = done);
        world.time.runAll();
        if (!swept[0]) {
            left.forEach(node -> deliver(Duration.ZERO, node, CALM_TIMEOUT, false, delivery -> {}));
            world.time.runAll();
        }
        List<String> named = new ArrayList<>();
        for (Node node : world.nodes) {
            if (isAlive(node)) {
                checkLiving(node, named);
            } else if (swept[0]) {
                checkGone(node);
            } else {
                unattached(node).forEach(i -> named.add(i.id()));
            }
        }
        check.atEnd(named);
    }

    /**
     * Empties the tag, as an operator does after mending the cause; otherwise a sweep skips the
     * node for a while.
     */
    private void emptyRepairTag(Node node) {
        if (world.ec2.instance(node.id()).tags().containsKey(OwnerTags.REPAIR)) {
            Deadline deadline = Deadline.in(SWEEP_TIMEOUT, world.ec2.clock());
            world.ec2.createTags(node.id(), Map.of(OwnerTags.REPAIR, ""), deadline);
        }
    }

    private boolean isAlive(Node node) {
        return !world.ec2.instance(node.id()).state().isGoing();
    }

    /**
     * @param named gets the interfaces that a node may keep although it cannot be finished
     */
    private void checkLiving(Node node, List<String> named) {
        List<NetworkInterface> ours = ours(node);
        int expected = node.isForUs() ? world.expectedInterfaces(node, spec) : 0;
        long attached = ours.stream().filter(i -> i.isAttachedTo(node.id())).count();
        if (attached < expected && !world.hasRoomFor(node, spec)) {
            ours.forEach(i -> named.add(i.id()));
            return;
        }
        check.brokenIf(
                attached != expected,
                2,
                () -> node.id() + " ends with " + attached + " interfaces instead of " + expected + ": "
                        + history.lastOf(node.id()).map(Delivery::result).orElse("no run"));
        check.brokenIf(
                ours.size() > attached, 3, () -> node.id() + " ends with interfaces that are not attached: " + ours);
    }

    private List<NetworkInterface> unattached(Node node) {
        return ours(node).stream().filter(i -> i.attachment() == null).toList();
    }

    private void checkGone(Node node) {
        List<NetworkInterface> ours = ours(node);
        check.brokenIf(!ours.isEmpty(), 3, () -> node.id() + " is gone, and interfaces of it are left: " + ours);
    }

    private List<NetworkInterface> ours(Node node) {
        return world.ec2.interfaces().stream()
                .filter(i -> node.id().equals(i.tags().get(OwnerTags.INSTANCE_ID)))
                .toList();
    }
}
