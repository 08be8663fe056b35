package example.consumer;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleActions;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.contract.LifecycleActionsContract;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** A contract in a named module. */
class LifecycleContractTest extends LifecycleActionsContract {

    private final FakeEc2Network fake = FakeEc2Network.strict();
    private FakeVpc vpc;

    @BeforeEach
    void makeVpc() {
        vpc = fake.vpc("10.0.0.0/16");
        vpc.subnet("10.0.0.0/24", "us-east-1a");
    }

    @Override
    protected LifecycleActions actions() {
        return fake.autoScaling();
    }

    @Override
    protected LifecycleAction start() {
        return fake.autoScaling()
                .waiting("group", "hook", vpc.launch("m5.large", "us-east-1a", Map.of()).id());
    }

    @Override
    protected boolean isWaiting(LifecycleAction action) {
        return fake.autoScaling().isWaiting(action);
    }

    @Override
    protected Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(20), fake.clock());
    }
}
