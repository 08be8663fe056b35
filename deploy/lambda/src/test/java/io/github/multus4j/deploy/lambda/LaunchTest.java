package io.github.multus4j.deploy.lambda;

import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** The launch against the strict fake, over HTTP. */
class LaunchTest {

    @Test
    void launchEvent_overTheSdk_attachesOnceAndOnlyOnce() {
        FakeEc2Network ec2 = FakeEc2Network.strict(Clock.systemUTC(), Sleeper.SYSTEM);
        try (Ec2Endpoint endpoint = Ec2Endpoint.start(ec2)) {
            new LaunchScenario(endpoint.url(), true).play();
        }
    }
}
