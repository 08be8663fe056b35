package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleAction.Result;
import io.github.multus4j.lifecycle.LifecycleActions;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryingLifecycleTest {

    private final FakeEc2Network fake = FakeEc2Network.strict();
    private final Instance node = fake.vpc("10.0.0.0/16").launch("m5.large", "us-east-1a", Map.of());
    private final LifecycleAction action = fake.autoScaling().waiting("group", "hook", node.id());
    private final LifecycleActions lifecycle = RetryingLifecycle.over(
            fake.autoScaling(),
            CallPolicy.builder()
                    .clock(fake.time())
                    .sleeper(fake.time())
                    .random(new Random(7))
                    .build());
    private final Deadline minute = Deadline.in(Duration.ofMinutes(1), fake.time());

    @Test
    void complete_answerLost_takesInactiveAsSuccess() {
        fake.faults().on(Action.COMPLETE_LIFECYCLE_ACTION).loseResponse();

        assertThat(lifecycle.complete(action, Result.CONTINUE, minute)).isTrue();
        assertThat(fake.journal().calls(Action.COMPLETE_LIFECYCLE_ACTION)).hasSize(2);
    }

    @Test
    void complete_inactiveAfterThrottling_returnsFalse() {
        assertThat(lifecycle.complete(action, Result.CONTINUE, minute)).isTrue();
        fake.faults().on(Action.COMPLETE_LIFECYCLE_ACTION).failWith("Throttling");

        assertThat(lifecycle.complete(action, Result.CONTINUE, minute)).isFalse();
        assertThat(fake.journal().calls(Action.COMPLETE_LIFECYCLE_ACTION)).hasSize(3);
    }

    @Test
    void heartbeat_lostAnswer_isRepeated() {
        fake.faults().on(Action.RECORD_LIFECYCLE_ACTION_HEARTBEAT).loseResponse();

        assertThat(lifecycle.heartbeat(action, minute)).isTrue();
        assertThat(fake.journal().calls(Action.RECORD_LIFECYCLE_ACTION_HEARTBEAT))
                .hasSize(2);
    }

    @Test
    void bothCalls_refused_areNotRepeated() {
        fake.faults().on(Action.COMPLETE_LIFECYCLE_ACTION).failWith("AccessDenied");

        assertThat(catchThrowableOfType(Ec2Exception.class, () -> lifecycle.complete(action, Result.CONTINUE, minute))
                        .kind())
                .isEqualTo(Kind.DENIED);
        assertThat(fake.journal().calls(Action.COMPLETE_LIFECYCLE_ACTION)).hasSize(1);
    }

    @Test
    void readJson_anyText_isReadByTheOtherPort() {
        fake.autoScaling().readingJsonWith(text -> Map.of("text", text));

        assertThat(lifecycle.readJson("{}")).isEqualTo(Map.of("text", "{}"));
    }
}
