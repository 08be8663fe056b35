package io.github.multus4j.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to go wrong: {@code ec2.faults().on(ATTACH_NETWORK_INTERFACE).loseResponse()}. Several faults of one action add up. Thread-safe.
 */
public final class Faults {

    private final List<Fault> planned = new ArrayList<>();

    Faults() {}

    /** Begins a fault of the next call of that action; nothing is planned until it is said what goes wrong. */
    public Fault on(Action action) {
        return new Fault(this, action);
    }

    /** Forgets what was planned. */
    public synchronized void clear() {
        planned.clear();
    }

    synchronized void add(Fault fault) {
        planned.add(fault);
    }

    /** What goes wrong with this call. */
    synchronized List<Fault> next(Action action) {
        return planned.stream()
                .filter(fault -> fault.action() == action)
                .filter(Fault::hits)
                .toList();
    }
}
