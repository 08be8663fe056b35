package io.github.multus4j.aws;

import io.github.multus4j.testkit.contract.Capability;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The contract for addresses where {@link AnyEndpointContractIT} runs. */
@EnabledIfSystemProperty(named = "multus.emulator.endpoint", matches = "http.+")
class AnyEndpointAddressesContractIT extends SdkAddressesContract {

    @Override
    URI endpoint() {
        return URI.create(System.getProperty("multus.emulator.endpoint"));
    }

    @Override
    protected Set<Capability> capabilities() {
        return AnyEndpointContractIT.declared();
    }
}
