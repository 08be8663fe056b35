package io.github.multus4j.testkit.internal.engine;

import io.github.multus4j.testkit.Action;
import java.util.ArrayList;
import java.util.List;

/** The faults that a test has planned. Several faults of one action add up. Thread-safe. */
public final class FaultPlan {

    private static final class Counted {

        private final PlannedFault fault;
        private int calls;

        Counted(PlannedFault fault) {
            this.fault = fault;
        }

        boolean isHitByNext() {
            calls++;
            return calls >= fault.first() && calls <= fault.last();
        }
    }

    private final List<Counted> planned = new ArrayList<>();

    public synchronized void add(PlannedFault fault) {
        planned.add(new Counted(fault));
    }

    /** Counts a call of that action; the faults that it meets. */
    synchronized List<PlannedFault> next(Action action) {
        return planned.stream()
                .filter(each -> each.fault.action() == action)
                .filter(Counted::isHitByNext)
                .map(each -> each.fault)
                .toList();
    }

    public synchronized void clear() {
        planned.clear();
    }
}
