package io.github.multus4j;

import io.github.multus4j.ec2.CallRates;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.internal.apply.Attacher;
import io.github.multus4j.internal.lifecycle.EventReader;
import io.github.multus4j.internal.lifecycle.Heartbeat;
import io.github.multus4j.internal.run.RunEnvironment;
import io.github.multus4j.internal.sweep.Sweeper;
import io.github.multus4j.lifecycle.InvalidEventException;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleActions;
import io.github.multus4j.lifecycle.LifecycleEvent;
import io.github.multus4j.lifecycle.UncompletedHookException;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.Problem;
import io.github.multus4j.result.AttachListener;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.SweepMode;
import io.github.multus4j.result.SweepReport;
import io.github.multus4j.result.SweepScope;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Makes EC2 instances of EKS node groups Multus-ready, from an event of EC2 Auto Scaling or by instance id. Thread-safe; make one for the life
 * of the process: runs of one that go on at the same time ask EC2 together, keep off each other's addresses and together keep to EC2's call rates. It
 * owns no client and no thread that outlives a call, so there is nothing to close.
 *
 * <p>What an operator can meet on a normal day is an {@link Outcome}. Exceptions are for misuse ({@link InvalidEventException}) and for a
 * hook that could not be completed ({@link UncompletedHookException}).
 */
public final class Multus {

    /** How long a run may take where the caller sets no deadline. */
    public static final Duration DEFAULT_TIME = Duration.ofMinutes(5);

    /** Kept off a run's deadline for completing the hook. */
    private static final Duration COMPLETION_RESERVE = Duration.ofSeconds(3);

    private final LifecycleActions lifecycle;
    private final Clock clock;
    private final Attacher attacher;
    private final Sweeper sweeper;

    private Multus(Builder builder) {
        this.lifecycle = builder.lifecycle;
        this.clock = builder.clock;
        RunEnvironment surroundings = new RunEnvironment(
                builder.clock, builder.sleeper, builder.executor, builder.listener, builder.callRates);
        this.attacher = new Attacher(builder.ec2, surroundings);
        this.sweeper = new Sweeper(builder.ec2, attacher, surroundings);
    }

    /**
     * With all defaults, for callers that name instances by id: attaching, planning and sweeping need
     * no port to EC2 Auto Scaling. Events as maps work, too, as long as the spec names no hook; JSON
     * text and hooks throw {@link IllegalStateException} before anything is done.
     */
    public static Multus using(Ec2Network ec2) {
        return builder(ec2).build();
    }

    /** With all defaults, for events and for lifecycle hooks. */
    public static Multus using(Ec2Network ec2, LifecycleActions lifecycle) {
        return builder(ec2, lifecycle).build();
    }

    /** Sets what {@link #using(Ec2Network)} leaves at its default. */
    public static Builder builder(Ec2Network ec2) {
        return new Builder(ec2);
    }

    /** Sets what {@link #using(Ec2Network, LifecycleActions)} leaves at its default. */
    public static Builder builder(Ec2Network ec2, LifecycleActions lifecycle) {
        return new Builder(ec2).lifecycle(lifecycle);
    }

    /**
     * Does what an event asks for: makes a launching instance Multus-ready, and completes the lifecycle hook if it is one of the spec's. The
     * event comes as the map that Lambda hands over, in any of the shapes in which EC2 Auto Scaling's messages arrive.
     *
     * @param event the event, with exactly one message in it; for batches see {@link #events}
     * @param spec what the nodes are to have
     * @param deadline by when all has ended
     * @throws InvalidEventException if the event cannot be read, with all problems; nothing was done
     * @throws IllegalArgumentException if the spec has no trigger
     * @throws UncompletedHookException if the hook could not be completed
     */
    public Outcome handle(Map<String, ?> event, NodeGroupSpec spec, Deadline deadline) {
        return handle(single(events(event)), spec, deadline);
    }

    /** As {@link #handle(Map, NodeGroupSpec, Deadline)}, for an event as JSON text: an object, or an array of one event. */
    public Outcome handle(String json, NodeGroupSpec spec, Deadline deadline) {
        return handle(single(events(json)), spec, deadline);
    }

    private static LifecycleEvent single(List<LifecycleEvent> events) {
        if (events.size() != 1) {
            throw new InvalidEventException(
                    List.of(new Problem(
                            "event",
                            events.size() + " messages",
                            "expected one message; take a batch apart with Multus.events and handle each")),
                    events);
        }
        return events.get(0);
    }

    /**
     * The messages in an event: one, or those of a batch in their order. They are found in every envelope in which EC2 Auto Scaling's
     * messages arrive, or lie in a queue of dead letters: EventBridge, SNS, SQS, Lambda's {@code Records}, the answer of SQS's
     * ReceiveMessage, a record of a Lambda destination, an array of EventBridge Pipes, and these in each other.
     *
     * @throws InvalidEventException with all problems of all messages; it holds those that could be read
     */
    public List<LifecycleEvent> events(Map<String, ?> event) {
        return new EventReader(lifecycle).read(event);
    }

    /** As {@link #events(Map)}, for an event that is an array, as EventBridge Pipes hands over. */
    public List<LifecycleEvent> events(List<?> batch) {
        return new EventReader(lifecycle).read(batch);
    }

    /** As {@link #events(Map)}, for an event as JSON text: an object or an array. */
    public List<LifecycleEvent> events(String json) {
        return new EventReader(lifecycle).read(json);
    }

    /**
     * Does what one message asks for.
     *
     * @throws IllegalArgumentException if the spec has no trigger: events also come for instances that are not meant to have interfaces
     * @throws IllegalStateException if the hook is one of the spec's, and there is no port to EC2 Auto Scaling; nothing was done
     * @throws UncompletedHookException if the hook could not be completed
     */
    public Outcome handle(LifecycleEvent event, NodeGroupSpec spec, Deadline deadline) {
        spec.requireTrigger();
        LifecycleAction action = event.action();
        if (action == null) {
            return new Outcome.Skipped("", event.description());
        }
        boolean ours = spec.hooks().contains(action.lifecycleHookName());
        if (ours && lifecycle instanceof NoLifecycleActions) {
            throw NoLifecycleActions.missing("complete the lifecycle hook " + action.lifecycleHookName());
        }
        Outcome outcome = switch (event.kind()) {
            case LAUNCH, WARM_POOL_RETURN -> {
                Deadline end = ours ? deadline.minus(COMPLETION_RESERVE) : deadline;
                yield attacher.attach(
                        action.instanceId(), spec, end, ours ? new Heartbeat(lifecycle, action, clock, end) : () -> {});
            }
            case TERMINATE ->
                new Outcome.Skipped(
                        action.instanceId(),
                        event.destination().equals("WarmPool")
                                ? "it goes to the warm pool and keeps its interfaces"
                                : "it is being terminated; its interfaces go with it");
            case OTHER -> new Outcome.Skipped(action.instanceId(), event.description());
        };
        if (ours) {
            complete(action, outcome, deadline);
        }
        return outcome;
    }

    /**
     * Completes the hook if the outcome decides what becomes of the instance. After a failure that may
     * heal the hook stays open, with its whole time-out ahead for the event's next delivery. An instance
     * that is gone takes its hook with it.
     */
    private void complete(LifecycleAction action, Outcome outcome, Deadline deadline) {
        if (outcome instanceof Outcome.Skipped skipped && skipped.gone()) {
            return;
        }
        if (outcome instanceof Outcome.Failed failed && failed.cause().mayHeal()) {
            leaveOpen(action, deadline);
            return;
        }
        LifecycleAction.Result result =
                outcome instanceof Outcome.Failed ? LifecycleAction.Result.ABANDON : LifecycleAction.Result.CONTINUE;
        try {
            // That the action is not active any more (completed before, or timed out) is as good as done.
            lifecycle.complete(action, result, deadline);
        } catch (RuntimeException e) { // a port of the user's may throw anything
            throw new UncompletedHookException(action, outcome, Ec2Exception.ofPort("CompleteLifecycleAction", e));
        }
    }

    private void leaveOpen(LifecycleAction action, Deadline deadline) {
        try {
            lifecycle.heartbeat(action, deadline);
        } catch (RuntimeException e) {
            return; // The hook's time-out goes on from the last heartbeat, and the outcome tells the failure.
        }
    }

    /** Makes an instance Multus-ready, within {@link #DEFAULT_TIME}. */
    public Outcome attach(String instanceId, NodeGroupSpec spec) {
        return attach(instanceId, spec, Deadline.in(DEFAULT_TIME, clock));
    }

    /**
     * Makes an instance Multus-ready, by the deadline.
     *
     * @throws IllegalArgumentException if the id is none of an instance
     */
    public Outcome attach(String instanceId, NodeGroupSpec spec, Deadline deadline) {
        checkInstanceId(instanceId);
        return attacher.attach(instanceId, spec, deadline, () -> {});
    }

    /** What {@link #attach} would do now; makes reads only. Print it to see what would be made and why, or what is in the way. */
    public Plan plan(String instanceId, NodeGroupSpec spec) {
        return plan(instanceId, spec, Deadline.in(DEFAULT_TIME, clock));
    }

    /**
     * As {@link #plan(String, NodeGroupSpec)}, by the deadline.
     *
     * @throws Ec2Exception if EC2 could not be read, or the port threw something else
     */
    public Plan plan(String instanceId, NodeGroupSpec spec, Deadline deadline) {
        checkInstanceId(instanceId);
        return attacher.plan(instanceId, spec, deadline);
    }

    /** What {@link #sweep(SweepScope, NodeGroupSpec, SweepMode)} would mend; makes reads only. Print it. */
    public SweepReport sweep(SweepScope scope, NodeGroupSpec spec) {
        return sweep(scope, spec, SweepMode.DRY_RUN);
    }

    /** As {@link #sweep(SweepScope, NodeGroupSpec, SweepMode, Deadline)}, within {@link #DEFAULT_TIME}. */
    public SweepReport sweep(SweepScope scope, NodeGroupSpec spec, SweepMode mode) {
        return sweep(scope, spec, mode, Deadline.in(DEFAULT_TIME, clock));
    }

    /**
     * Mends what events missed, which are best effort: looks twice, removes interfaces of ours that nobody needs any more, and makes nodes
     * ready that carry the trigger tag and lack interfaces. For a scheduled Lambda or a cron job.
     *
     * @param scope a VPC or the Region, and how far to go
     * @param spec what the nodes are to have
     * @param mode whether to change anything
     * @param deadline by when all has ended; between the two looks alone goes a minute, unless the scope says otherwise
     * @throws Ec2Exception if one of the looks could not be taken whole: nothing was changed. What fails later is in the report
     */
    public SweepReport sweep(SweepScope scope, NodeGroupSpec spec, SweepMode mode, Deadline deadline) {
        return sweeper.sweep(scope, spec, mode, deadline);
    }

    private static void checkInstanceId(String instanceId) {
        if (!EventReader.INSTANCE_ID.matcher(instanceId).matches()) {
            throw new IllegalArgumentException(
                    new Problem("instanceId", instanceId, "expected an instance id like i-0123456789abcdef0")
                            .toString());
        }
    }

    /** Builds a {@link Multus}. Not thread-safe. */
    public static final class Builder {

        private static final RunEnvironment DEFAULTS = RunEnvironment.ofDefaults();

        private final Ec2Network ec2;
        private LifecycleActions lifecycle = new NoLifecycleActions();
        private AttachListener listener = DEFAULTS.listener();
        private Executor executor = DEFAULTS.executor();
        private Clock clock = DEFAULTS.clock();
        private Sleeper sleeper = DEFAULTS.sleeper();
        private CallRates callRates = DEFAULTS.callRates();

        private Builder(Ec2Network ec2) {
            this.ec2 = ec2;
        }

        /** The port to EC2 Auto Scaling: reads events as JSON text, and completes hooks. Default: there is none. */
        public Builder lifecycle(LifecycleActions port) {
            this.lifecycle = port;
            return this;
        }

        /** Who watches the runs. Default: nobody. */
        public Builder listener(AttachListener watcher) {
            this.listener = watcher;
            return this;
        }

        /**
         * What runs the reads and the interfaces of a node side by side. It needs room for all of them, or runs them in the calling thread. If it
         * refuses a task, or has not begun one by the time that the work must have ended, the run fails with a cause that names it. Default: a
         * daemon thread for each.
         */
        public Builder executor(Executor newExecutor) {
            this.executor = newExecutor;
            return this;
        }

        /** Where time comes from and how it passes; for tests. Default: the system's. */
        public Builder time(Clock newClock, Sleeper newSleeper) {
            this.clock = newClock;
            this.sleeper = newSleeper;
            return this;
        }

        /**
         * How fast EC2 lets the account make calls. Nodes that launch together take turns by it, and the runs of one process keep to it together, so
         * that they do not throttle each other. Default: what every account has. Set it if AWS has raised your account's limits.
         */
        public Builder callRates(CallRates rates) {
            this.callRates = rates;
            return this;
        }

        /** The entry point, with all that was set. */
        public Multus build() {
            return new Multus(this);
        }
    }
}
