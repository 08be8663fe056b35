package io.github.multus4j.aws;

import io.github.multus4j.testkit.contract.Capability;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The capabilities of the emulators that the tests use; the contract fails where this is out of
 * date.
 */
final class EmulatorCapabilities {

    /** moto 5.2.5. */
    static final Set<Capability> MOTO =
            Collections.unmodifiableSet(EnumSet.of(Capability.VALID_MAC, Capability.PRIMARY_STAYS));

    /** LocalStack 4.14.0; its EC2 is an older moto. */
    static final Set<Capability> LOCALSTACK = Collections.unmodifiableSet(EnumSet.of(Capability.PRIMARY_STAYS));

    private EmulatorCapabilities() {}
}
