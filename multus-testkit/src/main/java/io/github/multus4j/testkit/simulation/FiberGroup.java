package io.github.multus4j.testkit.simulation;

import java.util.ArrayList;
import java.util.List;

/** The fibers of one process: {@link VirtualTime#crash} ends them together. */
final class FiberGroup {

    final List<Runnable> actionsAtCrash = new ArrayList<>();
    boolean alive = true;
}
