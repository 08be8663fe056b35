package io.github.multus4j.testkit.contract;

import java.util.Set;

/** The part of a contract that {@link NeedsCheck} reads. */
abstract class ContractTarget {

    ContractTarget() {}

    /**
     * The capabilities of the target. One that is missing here must be missing there: see {@link
     * Capability}.
     */
    protected abstract Set<Capability> capabilities();
}
