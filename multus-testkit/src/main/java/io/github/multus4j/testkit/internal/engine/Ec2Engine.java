package io.github.multus4j.testkit.internal.engine;

import io.github.multus4j.ec2.ErrorTable.Unanswered;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import io.github.multus4j.testkit.internal.call.Ec2Request;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.CreateNetworkInterface;
import io.github.multus4j.testkit.internal.call.LifecycleHook;
import io.github.multus4j.testkit.internal.call.LostResponse;
import io.github.multus4j.testkit.internal.resource.Attachments;
import io.github.multus4j.testkit.internal.resource.Instances;
import io.github.multus4j.testkit.internal.resource.Launches;
import io.github.multus4j.testkit.internal.resource.LifecycleHooks;
import io.github.multus4j.testkit.internal.resource.NetworkInterfaces;
import io.github.multus4j.testkit.internal.state.AutoScalingState.Group;
import io.github.multus4j.testkit.internal.state.StoredInterface;
import io.github.multus4j.testkit.internal.state.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All of the fake's behaviour, split by noun over one {@link World}. The port and the HTTP endpoint
 * call it in the same way, with a request record; one lock makes each call atomic.
 */
public final class Ec2Engine {

    private final World world;
    private final FaultPlan faults = new FaultPlan();
    private final CallLog journal = new CallLog();
    private final Throttle throttle;
    private final NetworkInterfaces networkInterfaces;
    private final LifecycleHooks lifecycleHooks;
    private final Handlers handlers;

    public Ec2Engine(World world) {
        this.world = world;
        this.throttle = new Throttle(world.clock());
        this.networkInterfaces = new NetworkInterfaces(world);
        Attachments attachments = new Attachments(world);
        Instances instances = new Instances(world, new Launches(world, networkInterfaces, attachments));
        this.lifecycleHooks = new LifecycleHooks(world, instances);
        this.handlers = new Handlers(world, instances, networkInterfaces, attachments, lifecycleHooks);
    }

    /**
     * A client's call: throttled, subject to faults, recorded in the journal.
     *
     * @throws Ec2Error if EC2 refuses it
     * @throws LostResponse if it took effect and the answer is to be lost
     */
    public <R> R call(Ec2Request<R> request) {
        Duration latency = world.behaviour.latency.apply(request.action());
        pass(latency.dividedBy(2));
        try {
            return arrived(request);
        } finally {
            pass(latency.minus(latency.dividedBy(2)));
        }
    }

    private <R> R arrived(Ec2Request<R> request) {
        Map<String, String> parameters = Described.parameters(request);
        Action action = request.action();
        List<PlannedFault> hits = faults.next(action);
        try {
            hits.forEach(fault -> pass(fault.delay()));
            hits.forEach(fault -> fault.before().run());
            if (world.behaviour.throttling) {
                throttle.take(request);
            }
            for (PlannedFault fault : hits) {
                Ec2Error refusal = fault.refusal();
                if (refusal != null) {
                    throw refusal;
                }
            }
            R answer = setUp(request);
            for (PlannedFault fault : hits) {
                RuntimeException afterEffect = fault.afterEffect();
                if (afterEffect != null) {
                    throw afterEffect;
                }
            }
            journal.add(world.now(), action, parameters, "", Described.answer(answer));
            return answer;
        } catch (Ec2Error e) {
            journal.add(world.now(), action, parameters, e.code(), e.text());
            throw e;
        } catch (LostResponse e) {
            journal.add(world.now(), action, parameters, LostResponse.CODE, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private void pass(Duration delay) {
        if (delay.isZero()) {
            return;
        }
        try {
            world.sleeper().sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Ec2Error(Unanswered.INTERRUPTED, "interrupted before the call", 500, null);
        }
    }

    /**
     * A call that builds the world of a test: the same rules, but neither throttled, nor subject to
     * faults, nor in the journal.
     */
    public <R> R setUp(Ec2Request<R> request) {
        synchronized (world) {
            settle();
            R answer = handlers.answer(request);
            if (request.action().isMutating()) {
                settle();
            }
            return answer;
        }
    }

    /** Catches up with the clock; needs the lock. */
    public void settle() {
        world.settle();
        lifecycleHooks.settle();
        world.settle();
        world.remember(world.now());
    }

    /** An AWS service makes an interface that it manages; needs the lock. */
    public StoredInterface makeManaged(CreateNetworkInterface request) {
        StoredInterface made = networkInterfaces.make(request, true);
        world.interfaces.add(made);
        return made;
    }

    /** Starts the action of one hook for an instance of the group; needs the lock. */
    public LifecycleAction startLifecycleAction(Group group, LifecycleHook hook, String instanceId) {
        return lifecycleHooks.start(group, hook, instanceId);
    }

    /** Forgets all resources, calls and faults. */
    public void reset() {
        synchronized (world) {
            world.clear();
            journal.clear();
            faults.clear();
        }
    }

    /** Leaves an action without tokens, see {@link Throttle}. */
    public void drain(Action action) {
        throttle.drain(action);
    }

    public World world() {
        return world;
    }

    public FaultPlan faults() {
        return faults;
    }

    public CallLog journal() {
        return journal;
    }
}
