package io.github.multus4j.aws;

import io.github.multus4j.testkit.contract.Capability;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The contract on any server of EC2's API: {@code -Dmultus.emulator.endpoint=URL}. It has all
 * capabilities but those in {@code -Dmultus.emulator.lacks=PREFIXES,VALID_MAC}.
 */
@EnabledIfSystemProperty(named = "multus.emulator.endpoint", matches = "http.+")
class AnyEndpointContractIT extends SdkContract {

    @Override
    URI endpoint() {
        return URI.create(System.getProperty("multus.emulator.endpoint"));
    }

    @Override
    protected Set<Capability> capabilities() {
        return declared();
    }

    static Set<Capability> declared() {
        Set<Capability> lacking = Arrays.stream(
                        System.getProperty("multus.emulator.lacks", "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(Capability::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Capability.class)));
        return EnumSet.complementOf(EnumSet.copyOf(lacking));
    }
}
