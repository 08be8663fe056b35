package com.example.handler;

import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import java.net.URI;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;

/** The contract on the strict fake: in seconds, without Docker. */
class FakeEc2Test extends NodeHandlerContract {

    private final Ec2Endpoint endpoint = Ec2Endpoint.start(FakeEc2Network.strict(Clock.systemUTC(), Sleeper.SYSTEM));

    @Override
    URI endpoint() {
        return endpoint.url();
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }
}
