package io.github.multus4j.deploy.lambda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;

/**
 * The launch against foreign EC2 emulators, each at the URL of its system property. It shows that
 * our requests are correct EC2 requests. Emulators keep few of EC2's rules; {@link LaunchTest}
 * shows that the launch keeps them.
 *
 * <p>Neither moto nor LocalStack keeps delete-on-termination (ModifyNetworkInterfaceAttribute is
 * answered with success and without effect), so the same event again sets it again there, and does
 * nothing else.
 */
class EmulatorLaunchIT {

    @Test
    void launchEvent_overTheSdk_attachesOnce_onMoto() {
        new LaunchScenario(url("multus.emulator.moto"), false).play();
    }

    @Test
    void launchEvent_overTheSdk_attachesOnce_onLocalStack() {
        new LaunchScenario(url("multus.emulator.localstack"), false).play();
    }

    private static URI url(String property) {
        String url = System.getProperty(property, "");
        assumeTrue(!url.isEmpty(), "no server is given by -D" + property + "=URL");
        return URI.create(url);
    }
}
