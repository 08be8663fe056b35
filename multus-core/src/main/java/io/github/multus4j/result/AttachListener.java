package io.github.multus4j.result;

import io.github.multus4j.ec2.Ec2Exception;
import java.time.Duration;

/**
 * Observes runs, for metrics and progress. Called on threads of its own, several at a time, while
 * the run waits: return quickly. An exception of a listener goes to the uncaught exception handler
 * of the run's thread. A call that takes longer than five seconds is interrupted, and the listener
 * gets no further calls of that run. Neither fails the run; its outcome has a warning.
 */
public interface AttachListener {

    /** Ignores all calls. */
    AttachListener NONE = new AttachListener() {};

    /** The plan for an instance is made, and the run applies it next. */
    default void planned(String instanceId, Plan plan) {}

    /** An interface was made for the slot. */
    default void created(PlannedInterface.Slot slot, String networkInterfaceId) {}

    /** The planned address or device index of the slot is taken; the run reads and plans again. */
    default void conflicted(PlannedInterface.Slot slot, Ec2Exception conflict) {}

    /** EC2 accepted the attachment. */
    default void attached(PlannedInterface.Slot slot, String networkInterfaceId, int deviceIndex) {}

    /** An interface was removed in a roll-back. */
    default void removed(String networkInterfaceId) {}

    /** The run is over. */
    default void ended(Outcome outcome, Duration took) {}
}
