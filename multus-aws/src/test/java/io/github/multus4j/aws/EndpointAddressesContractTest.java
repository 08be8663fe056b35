package io.github.multus4j.aws;

import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.contract.Capability;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * The contract for addresses on the adapter over the fake's HTTP endpoint: everything is there, and
 * listings have empty pages.
 */
class EndpointAddressesContractTest extends SdkAddressesContract {

    private static final FakeEc2Network FAKE = FakeEc2Network.strict();
    private static Ec2Endpoint server;

    @BeforeAll
    static void start() {
        FAKE.behaviour().emptyPages(true);
        server = Ec2Endpoint.start(FAKE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    URI endpoint() {
        return server.url();
    }

    @Override
    protected Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }
}
