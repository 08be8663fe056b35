package io.github.multus4j.deploy.lambda;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The launch against any EC2 of one's own that keeps all of EC2's rules, at
 * {@code -Dmultus.emulator.endpoint=URL}.
 */
@EnabledIfSystemProperty(named = "multus.emulator.endpoint", matches = ".+")
class AnyEndpointLaunchIT {

    @Test
    void launchEvent_overTheSdk_attachesOnce() {
        new LaunchScenario(URI.create(System.getProperty("multus.emulator.endpoint")), true).play();
    }
}
