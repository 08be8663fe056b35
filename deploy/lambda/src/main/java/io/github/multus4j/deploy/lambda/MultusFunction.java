package io.github.multus4j.deploy.lambda;

import io.github.multus4j.Multus;
import io.github.multus4j.aws.AwsEc2Network;
import io.github.multus4j.aws.AwsLifecycle;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.lifecycle.LifecycleEvent;
import io.github.multus4j.lifecycle.UncompletedHookException;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.SweepReport;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * The common part of the handlers and the command line: one spec, one pair of clients, one
 * {@link Multus}. Thread-safe.
 */
final class MultusFunction implements AutoCloseable {

    private final NodeGroupSpec spec;
    private final AwsClients clients;
    private final Multus multus;

    MultusFunction(NodeGroupSpec spec, AwsClients clients) {
        this(spec, clients, Sleeper.SYSTEM);
    }

    /**
     * @param sleeper passes the time between the two scans of a sweep
     */
    MultusFunction(NodeGroupSpec spec, AwsClients clients, Sleeper sleeper) {
        this.spec = spec;
        this.clients = clients;
        this.multus = Multus.builder(AwsEc2Network.over(clients.ec2()), AwsLifecycle.over(clients.autoScaling()))
                .time(Clock.systemUTC(), sleeper)
                .build();
    }

    /**
     * @throws io.github.multus4j.lifecycle.InvalidEventException with all problems of all messages
     */
    List<LifecycleEvent> events(Map<String, ?> event) {
        return multus.events(event);
    }

    Answer handle(LifecycleEvent event, Deadline deadline) {
        try {
            return Answer.of(multus.handle(event, spec, deadline));
        } catch (UncompletedHookException e) {
            return Answer.of(e);
        }
    }

    Answer sweep(SweepOrder order, Deadline deadline) {
        try {
            return SweepAnswer.of(report(order, deadline));
        } catch (Ec2Exception e) {
            return SweepAnswer.unread(order, e);
        }
    }

    /** @throws Ec2Exception if EC2 could not be read; nothing was changed */
    SweepReport report(SweepOrder order, Deadline deadline) {
        return multus.sweep(order.scope(), spec, order.mode(), deadline);
    }

    /** The plan of a launch, without changes. */
    Plan plan(String instanceId, Deadline deadline) {
        return multus.plan(instanceId, spec, deadline);
    }

    @Override
    public void close() {
        clients.close();
    }
}
