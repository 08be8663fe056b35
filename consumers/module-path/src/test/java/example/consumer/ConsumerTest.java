package example.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.multus4j.result.Outcome;
import io.github.multus4j.aws.AwsEc2Network;
import io.github.multus4j.Multus;
import io.github.multus4j.testkit.FakeEc2Network;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConsumerTest {

    @Test
    void run_onTheModulePath_makesTheNodeReady() {
        Outcome outcome = Consumer.run();

        assertTrue(outcome.isReady(), outcome::toString);
    }

    @Test
    void artifacts_areNamedModules() {
        assertEquals(
                List.of(
                        "example.consumer",
                        "io.github.multus4j.core",
                        "io.github.multus4j.aws",
                        "io.github.multus4j.testkit"),
                Stream.of(Consumer.class, Multus.class, AwsEc2Network.class, FakeEc2Network.class)
                        .map(type -> type.getModule().getName())
                        .toList());
    }
}
