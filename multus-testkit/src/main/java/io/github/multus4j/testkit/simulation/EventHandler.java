package io.github.multus4j.testkit.simulation;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Outcome;
import java.util.Map;

/** What is simulated: a program that handles the events of EC2 Auto Scaling, such as the handler of a Lambda function. */
public interface EventHandler {

    /** Starts the program in a process; the process handles one event after the other from then on, or dies. */
    @FunctionalInterface
    interface Program {

        /**
         * Starts it.
         *
         * @param process all that the program may use of the outside world
         * @param spec what the nodes of this world are to have
         */
        EventHandler start(SimulatedProcess process, NodeGroupSpec spec);
    }

    /**
     * Handles one event, by the deadline: that is when Lambda kills the process.
     *
     * @param event as Lambda hands it over
     * @throws RuntimeException if the event is to be delivered again
     */
    Outcome handle(Map<String, Object> event, Deadline deadline);

    /**
     * Mends what events have missed, as a schedule would have it done. As it comes it does nothing, and nothing is expected then of interfaces
     * whose node has gone.
     *
     * @return whether it was done
     */
    default boolean sweep(Deadline deadline) {
        return false;
    }
}
