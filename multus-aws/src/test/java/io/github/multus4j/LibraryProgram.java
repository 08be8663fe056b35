package io.github.multus4j;

import io.github.multus4j.aws.CallPolicy;
import io.github.multus4j.aws.RetryingEc2Network;
import io.github.multus4j.aws.RetryingLifecycle;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.SweepReport;
import io.github.multus4j.result.SweepScope;
import io.github.multus4j.testkit.simulation.EventHandler;
import io.github.multus4j.testkit.simulation.SimulatedProcess;
import java.util.Map;

/**
 * The subject of the search: the library with the retry layer that it has on EC2, as in a Lambda
 * function.
 */
class LibraryProgram implements EventHandler.Program {

    @Override
    public final EventHandler start(SimulatedProcess process, NodeGroupSpec spec) {
        CallPolicy policy = CallPolicy.builder()
                .clock(process.clock())
                .sleeper(process.sleeper())
                .random(process.random())
                .build();
        Ec2Network ec2 = between(RetryingEc2Network.over(process.ec2(), policy), process);
        Multus multus = multus(with(Multus.builder(ec2, RetryingLifecycle.over(process.autoScaling(), policy))
                .time(process.clock(), process.sleeper())
                .executor(process.executor())));
        NodeGroupSpec used = spec(spec);
        return new EventHandler() {
            @Override
            public Outcome handle(Map<String, Object> event, Deadline deadline) {
                return reported(multus.handle(event, used, deadline), ec2);
            }

            @Override
            public boolean sweep(Deadline deadline) {
                multus.sweep(SweepScope.region(), used, SweepReport.Mode.MEND, deadline);
                return true;
            }
        };
    }

    /** A layer between the library and its retry layer. */
    Ec2Network between(Ec2Network ec2, SimulatedProcess process) {
        return ec2;
    }

    /** Further settings of the library. */
    Multus.Builder with(Multus.Builder builder) {
        return builder;
    }

    /** The entry point that handles the events of a process. */
    Multus multus(Multus.Builder builder) {
        return builder.build();
    }

    /** The node group that replaces the given one. */
    NodeGroupSpec spec(NodeGroupSpec given) {
        return given;
    }

    /** The outcome that the caller gets instead of the library's. */
    Outcome reported(Outcome outcome, Ec2Network ec2) {
        return outcome;
    }
}
