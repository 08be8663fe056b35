package io.github.multus4j.testkit.simulation;

import java.time.Duration;

/** A line of a history. */
interface Happening {

    /** Since the start. */
    Duration at();
}
