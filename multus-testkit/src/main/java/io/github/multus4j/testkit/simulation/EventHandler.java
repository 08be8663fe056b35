package io.github.multus4j.testkit.simulation;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Outcome;
import java.util.Map;

/**
 * The subject of a simulation: a program that handles the events of EC2 Auto Scaling, such as the
 * handler of a Lambda function.
 */
public interface EventHandler {

    /**
     * Starts the program in a process; the process then handles one event after the other, until it
     * dies.
     */
    @FunctionalInterface
    interface Program {

        /**
         * Starts it.
         *
         * @param process the program's only access to the outside world
         * @param spec the configuration of the nodes of this world
         */
        EventHandler start(SimulatedProcess process, NodeGroupSpec spec);
    }

    /**
     * Handles one event by the deadline, at which Lambda kills the process.
     *
     * @param event as Lambda passes it
     * @throws RuntimeException if the event is to be delivered again
     */
    Outcome handle(Map<String, Object> event, Deadline deadline);

    /**
     * Repairs the effects of lost events, as a scheduled sweep does. The default does nothing;
     * interfaces of terminated nodes may then remain.
     *
     * @return whether it was done
     */
    default boolean sweep(Deadline deadline) {
        return false;
    }
}
