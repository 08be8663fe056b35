package io.github.multus4j.aws;

import io.github.multus4j.testkit.contract.Capability;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The contract for addresses on LocalStack without a container, at the URL in {@code
 * multus.emulator.localstack}.
 */
@EnabledIfSystemProperty(named = "multus.emulator.localstack", matches = "http.+")
class LocalStackHostAddressesContractIT extends SdkAddressesContract {

    @Override
    URI endpoint() {
        return URI.create(System.getProperty("multus.emulator.localstack"));
    }

    @Override
    protected Set<Capability> capabilities() {
        return EmulatorCapabilities.LOCALSTACK;
    }
}
