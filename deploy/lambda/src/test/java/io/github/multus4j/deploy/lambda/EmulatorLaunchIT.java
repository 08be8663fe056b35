package io.github.multus4j.deploy.lambda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;

/**
 * The launch against EC2 emulators of other people, each at the URL that its system property gives. It shows that we speak EC2's language;
 * that we keep EC2's rules is shown where there are some, see {@link LaunchTest}.
 *
 * <p>Neither moto nor LocalStack keeps delete-on-termination (ModifyNetworkInterfaceAttribute is answered with success and without effect), so
 * the same event again sets it again there, and does nothing else.
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
