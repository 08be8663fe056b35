package io.github.multus4j;

import io.github.multus4j.ec2.CallRates;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.internal.apply.Attacher;
import io.github.multus4j.internal.apply.CreationOrder;
import io.github.multus4j.internal.lifecycle.EventReader;
import io.github.multus4j.internal.lifecycle.Heartbeat;
import io.github.multus4j.internal.lifecycle.HookCompletion;
import io.github.multus4j.internal.limits.Names;
import io.github.multus4j.internal.limits.Timing;
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
import io.github.multus4j.result.SweepReport;
import io.github.multus4j.result.SweepScope;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Makes EC2 instances of EKS node groups Multus-ready, from an event of EC2 Auto Scaling or by
 * instance id. Thread-safe; make one for the life of the process. Concurrent runs of one
 * {@code Multus} avoid each other's addresses, and keep EC2's call rates together. It owns no
 * client and no thread that outlives a call, so there is nothing to close.
 *
 * <p>The results of normal operation are {@link Outcome}s. Exceptions are for misuse
 * ({@link InvalidEventException}) and for a hook that could not be completed
 * ({@link UncompletedHookException}).
 */
public final class Multus {

    /** The time of a run for which the caller sets no deadline. */
    public static final Duration DEFAULT_TIME = Timing.RUN_TIME;

    private final LifecycleActions lifecycle;
    private final Clock clock;
    private final Attacher attacher;
    private final Sweeper sweeper;

    private Multus(Builder builder) {
        this.lifecycle = builder.lifecycle;
        this.clock = builder.clock;
        RunEnvironment environment = new RunEnvironment(
                builder.clock, builder.sleeper, builder.executor, builder.listener, builder.callRates);
        this.attacher = new Attacher(builder.ec2, environment);
        this.sweeper = new Sweeper(builder.ec2, attacher, environment);
    }

    /**
     * With all defaults, for callers that name instances by id: attaching, planning and sweeping
     * need no port to EC2 Auto Scaling. Events as maps also work if the spec names no hook. JSON
     * text and hooks throw {@link IllegalStateException} before the run begins.
     */
    public static Multus using(Ec2Network ec2) {
        return builder(ec2).build();
    }

    /** With all defaults, for events and for lifecycle hooks. */
    public static Multus using(Ec2Network ec2, LifecycleActions lifecycle) {
        return builder(ec2, lifecycle).build();
    }

    /** Starts from the defaults of {@link #using(Ec2Network)}. */
    public static Builder builder(Ec2Network ec2) {
        return new Builder(ec2);
    }

    /** Starts from the defaults of {@link #using(Ec2Network, LifecycleActions)}. */
    public static Builder builder(Ec2Network ec2, LifecycleActions lifecycle) {
        return new Builder(ec2).lifecycle(lifecycle);
    }

    /**
     * Handles an event: makes a launching instance Multus-ready, and completes the lifecycle hook
     * if it is one of the spec's. The event is the map that Lambda passes, in any of the shapes in
     * which EC2 Auto Scaling's messages arrive.
     *
     * @param event the event, with exactly one message in it; for batches see {@link #events}
     * @param spec the configuration of the nodes
     * @param deadline limits the whole run
     * @throws InvalidEventException if the event cannot be read, with all problems; nothing was
     *     done
     * @throws IllegalArgumentException if the spec has no trigger
     * @throws UncompletedHookException if the hook could not be completed
     */
    public Outcome handle(Map<String, ?> event, NodeGroupSpec spec, Deadline deadline) {
        return handle(single(events(event)), spec, deadline);
    }

    /**
     * As {@link #handle(Map, NodeGroupSpec, Deadline)}, for an event as JSON text: an object, or an
     * array of one event.
     */
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
     * The messages in an event: one, or those of a batch in their order. They are found in every
     * envelope of EC2 Auto Scaling's messages, also from a dead-letter queue: EventBridge, SNS,
     * SQS, Lambda's {@code Records}, the answer of SQS's ReceiveMessage, a record of a Lambda
     * destination, an array of EventBridge Pipes, and these in each other.
     *
     * @throws InvalidEventException with all problems of all messages; it holds the readable
     *     messages
     */
    public List<LifecycleEvent> events(Map<String, ?> event) {
        return new EventReader(lifecycle).read(event);
    }

    /** As {@link #events(Map)}, for an event that is an array, as from EventBridge Pipes. */
    public List<LifecycleEvent> events(List<?> batch) {
        return new EventReader(lifecycle).read(batch);
    }

    /** As {@link #events(Map)}, for an event as JSON text: an object or an array. */
    public List<LifecycleEvent> events(String json) {
        return new EventReader(lifecycle).read(json);
    }

    /**
     * Handles one message.
     *
     * @throws IllegalArgumentException if the spec has no trigger: events also come for instances
     *     that need no interfaces
     * @throws IllegalStateException if the hook is one of the spec's, and there is no port to EC2
     *     Auto Scaling; nothing was done
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
                Deadline end = ours ? deadline.minus(Timing.COMPLETION_RESERVE) : deadline;
                Runnable heartbeat = ours ? new Heartbeat(lifecycle, action, clock, end) : () -> {};
                yield attacher.attach(action.instanceId(), spec, end, heartbeat, CreationOrder.SIDE_BY_SIDE);
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
            new HookCompletion(lifecycle).complete(action, outcome, deadline);
        }
        return outcome;
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
        return attacher.attach(instanceId, spec, deadline, () -> {}, CreationOrder.SIDE_BY_SIDE);
    }

    /**
     * The changes that {@link #attach} would make now, with their reasons, or the obstacle; makes
     * reads only. Print it.
     */
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

    /**
     * The repairs that {@link #sweep(SweepScope, NodeGroupSpec, SweepReport.Mode)} would make;
     * makes reads only. Print it.
     */
    public SweepReport sweep(SweepScope scope, NodeGroupSpec spec) {
        return sweep(scope, spec, SweepReport.Mode.DRY_RUN);
    }

    /**
     * As {@link #sweep(SweepScope, NodeGroupSpec, SweepReport.Mode, Deadline)}, within
     * {@link #DEFAULT_TIME}.
     */
    public SweepReport sweep(SweepScope scope, NodeGroupSpec spec, SweepReport.Mode mode) {
        return sweep(scope, spec, mode, Deadline.in(DEFAULT_TIME, clock));
    }

    /**
     * Repairs the effects of lost events, because their delivery is best effort. Scans twice,
     * removes unused interfaces of ours, and makes nodes ready that have the trigger tag and lack
     * interfaces. For a scheduled Lambda or a cron job.
     *
     * @param scope a VPC or the Region, and the limits of the sweep
     * @param spec the configuration of the nodes
     * @param mode whether to change anything
     * @param deadline limits the whole sweep; the time between the two scans is a minute, unless
     *     the scope sets another
     * @throws Ec2Exception if one of the scans was incomplete: nothing was changed. Later failures
     *     are in the report
     */
    public SweepReport sweep(SweepScope scope, NodeGroupSpec spec, SweepReport.Mode mode, Deadline deadline) {
        return sweeper.sweep(scope, spec, mode, deadline);
    }

    private static void checkInstanceId(String instanceId) {
        if (!Names.INSTANCE_ID.matcher(instanceId).matches()) {
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

        /**
         * The port to EC2 Auto Scaling: reads events as JSON text, and completes hooks. Default:
         * there is none.
         */
        public Builder lifecycle(LifecycleActions port) {
            this.lifecycle = port;
            return this;
        }

        /** The listener of all runs. Default: none. */
        public Builder listener(AttachListener watcher) {
            this.listener = watcher;
            return this;
        }

        /**
         * Runs the reads and the interfaces of a node side by side. It needs room for all of them,
         * or runs them in the calling thread. If it refuses a task, or has not begun one by the end
         * of the run's time, the run fails with a cause that names it. Default: a daemon thread for
         * each.
         */
        public Builder executor(Executor newExecutor) {
            this.executor = newExecutor;
            return this;
        }

        /** The clock, and the passing of time; for tests. Default: the system's. */
        public Builder time(Clock newClock, Sleeper newSleeper) {
            this.clock = newClock;
            this.sleeper = newSleeper;
            return this;
        }

        /**
         * The rates at which EC2 accepts the account's calls. Nodes that launch together take turns
         * by them, and the runs of one process keep them together, so that they do not throttle
         * each other. Default: the rates of every account. Set them if AWS has raised your
         * account's limits.
         */
        public Builder callRates(CallRates rates) {
            this.callRates = rates;
            return this;
        }

        /** The entry point with these settings. */
        public Multus build() {
            return new Multus(this);
        }
    }
}
