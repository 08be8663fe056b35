package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleActions;
import io.github.multus4j.testkit.contract.LifecycleActionsContract;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

class FakeLifecycleActionsContractTest extends LifecycleActionsContract {

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
        String instance = vpc.launch("m5.large", "us-east-1a", Map.of()).id();
        return fake.autoScaling().waiting("group", "hook", instance);
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
