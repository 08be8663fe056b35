package io.github.multus4j.deploy.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.JournalEntry;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls of the handlers before a snapshot. At any other start they make none. */
class PrimingTest {

    private static final List<String> PROPERTIES =
            List.of("aws.endpointUrl", "aws.region", "aws.accessKeyId", "aws.secretAccessKey");

    private final FakeStage stage = new FakeStage();

    @BeforeEach
    void pointTheSdkAtTheStage() {
        PROPERTIES.forEach(name -> System.setProperty(name, "test"));
        System.setProperty("aws.endpointUrl", stage.endpoint().toString());
        System.setProperty("aws.region", "us-east-1");
    }

    @AfterEach
    void close() {
        stage.close();
        PROPERTIES.forEach(System::clearProperty);
    }

    static Stream<Consumer<Map<String, String>>> handlers() {
        return Stream.of(MultusHandler::new, SweepHandler::new);
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void start_forASnapshot_makesTheReadsOfALaunchOnly(Consumer<Map<String, String>> handler) {
        stage.variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        handler.accept(stage.variables);
        assertThat(stage.ec2.journal().entries())
                .extracting(JournalEntry::action)
                .containsExactly(
                        Action.DESCRIBE_INSTANCES, Action.DESCRIBE_SUBNETS, Action.DESCRIBE_NETWORK_INTERFACES);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"on-demand", "provisioned-concurrency"})
    void start_notForASnapshot_makesNoCall(String type) {
        if (type != null) {
            stage.variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", type);
        }
        handlers().forEach(handler -> handler.accept(stage.variables));
        assertThat(stage.ec2.journal().entries()).isEmpty();
    }

    @Test
    void start_primingFails_succeeds() {
        stage.variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        stage.ec2.faults().on(Action.DESCRIBE_INSTANCES).everyCall().failWith("UnauthorizedOperation");
        assertThatCode(() -> new MultusHandler(stage.variables)).doesNotThrowAnyException();

        System.setProperty("aws.endpointUrl", "http://127.0.0.1:1");
        assertThatCode(() -> new MultusHandler(stage.variables)).doesNotThrowAnyException();
    }

    /** A connection that is open in a snapshot is dead when it is restored. */
    @Test
    void start_afterPriming_keepsNoConnection() {
        stage.variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        try (WireTap tap = WireTap.on(stage.endpoint())) {
            System.setProperty("aws.endpointUrl", tap.url());
            new MultusHandler(stage.variables);
            assertThat(tap.drain()).isNotEmpty();
            assertThat(tap.keepingConnections()).isZero();
        }
    }
}
