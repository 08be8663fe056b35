package example;

import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.contract.Capability;
import io.github.multus4j.testkit.contract.Ec2NetworkContract;
import io.github.multus4j.testkit.contract.Ec2World;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a network of this project: one that passes each call on. */
class OwnNetworkContractTest extends Ec2NetworkContract {

    private static final FakeEc2Network FAKE = FakeEc2Network.strict();
    private static Ec2Endpoint endpoint;

    @BeforeAll
    static void start() {
        endpoint = Ec2Endpoint.start(FAKE);
    }

    @AfterAll
    static void stop() {
        endpoint.close();
    }

    @Override
    protected Ec2Network network() {
        return (Ec2Network) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Ec2Network.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(FAKE, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    protected Ec2World world() {
        return new QueryWorld(endpoint.url());
    }

    @Override
    protected Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }
}
