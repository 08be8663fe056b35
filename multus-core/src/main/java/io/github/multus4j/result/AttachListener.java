package io.github.multus4j.result;

import io.github.multus4j.ec2.Ec2Exception;
import java.time.Duration;

/**
 * Watches runs, for metrics and progress. Called on threads of its own, several at a time, while the run waits: return quickly. What a listener
 * throws goes to the uncaught exception handler of the run's thread. A call that takes longer than five seconds is interrupted, and the listener
 * hears no more of that run. Neither fails the run; its outcome has a warning.
 */
public interface AttachListener {

    /** Hears nothing. */
    AttachListener NONE = new AttachListener() {};

    /** The plan for an instance is made; a run goes on to apply it. */
    default void planned(String instanceId, Plan plan) {}

    /** An interface was made for the slot. */
    default void created(Slot slot, String networkInterfaceId) {}

    /** The address or the device index that was planned for the slot is taken; the run looks again. */
    default void conflicted(Slot slot, Ec2Exception conflict) {}

    /** EC2 took the attachment. */
    default void attached(Slot slot, String networkInterfaceId, int deviceIndex) {}

    /** An interface was removed in a roll-back. */
    default void removed(String networkInterfaceId) {}

    /** The run is over. */
    default void ended(Outcome outcome, Duration took) {}
}
