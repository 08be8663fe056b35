package io.github.multus4j.testkit.simulation;

import io.github.multus4j.result.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One delivery of an event to a process, and its result. */
final class Delivery implements TraceEntry {

    final int number;
    final int process;
    final String instanceId;
    final String what;
    final Duration start;
    final Duration deadline;

    /** The outcome of the handler; null if there is none. */
    @Nullable
    Outcome outcome;

    /** The exception of the handler. */
    @Nullable
    RuntimeException thrown;

    /** Interrupts the thread that called the handler. */
    Runnable interruption = () -> {};

    /** Runs after the delivery has ended. */
    Runnable atEnd = () -> {};

    /** Whether a call of it met a fault. */
    boolean metFault;

    boolean crashed;
    boolean interrupted;

    /** The time of its end, in any way; null while it goes on. */
    @Nullable
    Duration ended;

    Delivery(int number, int process, String instanceId, String what, Duration start, Duration deadline) {
        this.number = number;
        this.process = process;
        this.instanceId = instanceId;
        this.what = what;
        this.start = start;
        this.deadline = deadline;
    }

    String name() {
        return "run " + number;
    }

    /** Whether a call of it, or the delivery itself, met a fault. */
    boolean wasDisturbed() {
        return crashed || interrupted || metFault;
    }

    boolean isReady() {
        return outcome != null && outcome.isReady();
    }

    /** Whether Lambda would deliver the event again. */
    boolean hasFailed() {
        return crashed || thrown != null || outcome instanceof Outcome.Failed;
    }

    /** Whether both were in progress at one moment. */
    boolean overlaps(Delivery other) {
        return this != other && !endsBefore(other.start) && !other.endsBefore(start);
    }

    private boolean endsBefore(Duration moment) {
        return ended != null && ended.compareTo(moment) < 0;
    }

    @Override
    public Duration at() {
        return start;
    }

    String result() {
        return crashed ? "died" : thrown != null ? "threw " + thrown : String.valueOf(outcome);
    }

    @Override
    public String toString() {
        return name() + " begins in process " + process + ": " + what + " for " + instanceId + ", until "
                + Times.text(deadline);
    }
}
