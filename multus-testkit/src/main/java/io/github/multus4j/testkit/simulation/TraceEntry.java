package io.github.multus4j.testkit.simulation;

import java.time.Duration;

/** An entry of a trace. */
interface TraceEntry {

    /** Since the start. */
    Duration at();
}
