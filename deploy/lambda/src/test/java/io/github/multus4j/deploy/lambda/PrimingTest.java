package io.github.multus4j.deploy.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.JournalEntry;
import java.net.URI;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls of the handlers before a snapshot. At any other start they make none. */
class PrimingTest {

    private final FakeStage stage = new FakeStage();

    @AfterEach
    void close() {
        stage.close();
    }

    static Stream<BiConsumer<Map<String, String>, URI>> handlers() {
        return Stream.of(MultusHandler::new, SweepHandler::new);
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void start_forASnapshot_makesTheReadsOfALaunchOnly(BiConsumer<Map<String, String>, URI> handler) {
        stage.variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        handler.accept(stage.variables, stage.endpoint());
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
        handlers().forEach(handler -> handler.accept(stage.variables, stage.endpoint()));
        assertThat(stage.ec2.journal().entries()).isEmpty();
    }

    @Test
    void start_primingFails_succeeds() {
        stage.variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        stage.ec2.faults().on(Action.DESCRIBE_INSTANCES).everyCall().failWith("UnauthorizedOperation");
        assertThatCode(() -> new MultusHandler(stage.variables, stage.endpoint()))
                .doesNotThrowAnyException();
        assertThatCode(() -> new MultusHandler(stage.variables, URI.create("http://127.0.0.1:1")))
                .doesNotThrowAnyException();
    }

    /** A connection that is open in a snapshot is dead when it is restored. */
    @Test
    void start_afterPriming_keepsNoConnection() {
        stage.variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        try (WireTap tap = WireTap.on(stage.endpoint())) {
            new MultusHandler(stage.variables, URI.create(tap.url()));
            assertThat(tap.drain()).isNotEmpty();
            assertThat(tap.keepingConnections()).isZero();
        }
    }
}
