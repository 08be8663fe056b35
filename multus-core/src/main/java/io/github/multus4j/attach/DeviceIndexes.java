package io.github.multus4j.attach;

import io.github.multus4j.plan.Planner;
import java.util.Set;
import java.util.TreeSet;

/** The device indexes of one network card that this run's interfaces hold or head for, so that they do not take each other's. Thread-safe. */
final class DeviceIndexes {

    private final Set<Integer> ours = new TreeSet<>();

    DeviceIndexes(Set<Integer> planned) {
        ours.addAll(planned);
    }

    /** The lowest index that neither we nor, as was just seen, anything else holds; {@code taken} turned out not to be ours to have. */
    synchronized int insteadOf(int taken, Set<Integer> occupied) {
        Set<Integer> notFree = new TreeSet<>(occupied);
        notFree.addAll(ours);
        notFree.add(taken);
        int index = Planner.lowestFreeIndex(notFree);
        ours.remove(taken);
        ours.add(index);
        return index;
    }
}
