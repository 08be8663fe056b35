package io.github.multus4j.aws;

import io.github.multus4j.testkit.contract.Capability;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The contract for addresses on moto: {@code moto_server}, at the URL in {@code
 * multus.emulator.moto}.
 */
@EnabledIfSystemProperty(named = "multus.emulator.moto", matches = "http.+")
class MotoAddressesContractIT extends SdkAddressesContract {

    @Override
    URI endpoint() {
        return URI.create(System.getProperty("multus.emulator.moto"));
    }

    @Override
    protected Set<Capability> capabilities() {
        return EmulatorCapabilities.MOTO;
    }
}
