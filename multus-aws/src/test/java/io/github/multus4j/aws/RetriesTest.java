package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.micrometer.tagged.TaggedRetryMetrics;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.github.resilience4j.retry.event.RetryEvent;
import io.github.resilience4j.retry.event.RetryOnRetryEvent;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Attempts, intervals and events are resilience4j's, and a user's registry has them. */
class RetriesTest {

    private final VirtualTime time = new VirtualTime();
    private final List<String> events = new ArrayList<>();
    private int attempts;

    @AfterEach
    void clearInterruptFlag() {
        Thread.interrupted();
    }

    private CallRetry with(RetryRegistry registry) {
        registry.getEventPublisher()
                .onEntryAdded(
                        added -> added.getAddedEntry().getEventPublisher().onEvent(event -> events.add(text(event))));
        return new CallRetry(time.policyBuilder().retries(registry).build());
    }

    private static String text(RetryEvent event) {
        return event.getName() + " " + event.getEventType() + " " + event.getNumberOfRetryAttempts()
                + (event instanceof RetryOnRetryEvent again
                        ? " " + again.getWaitInterval().toMillis()
                        : "");
    }

    private Supplier<String> fails(int times, Kind kind) {
        return () -> {
            if (++attempts <= times) {
                throw new Ec2Exception(kind, "A", kind.name(), "m");
            }
            return "done";
        };
    }

    private Ec2Exception failure(CallRetry retry, Effect effect, Deadline deadline, Supplier<String> attempt) {
        return catchThrowableOfType(Ec2Exception.class, () -> retry.call("A", effect, deadline, attempt));
    }

    private Deadline minute() {
        return time.in(Duration.ofMinutes(1));
    }

    @Test
    void call_throttledTwice_publishesAttemptsAndIntervals() {
        RetryRegistry registry = RetryRegistry.ofDefaults();

        with(registry).call("A", Effect.CHANGE, minute(), fails(2, Kind.THROTTLED));

        assertThat(events).containsExactly("multus4j.A RETRY 1 500", "multus4j.A RETRY 2 1000", "multus4j.A SUCCESS 2");
        assertThat(time.sleeps).extracting(Duration::toMillis).containsExactly(500L, 1000L);
        Retry.Metrics metrics = registry.retry("multus4j.A").getMetrics();
        assertThat(metrics.getNumberOfSuccessfulCallsWithRetryAttempt()).isEqualTo(1);
        assertThat(metrics.getNumberOfTotalCalls()).isEqualTo(3);
    }

    @Test
    void call_failsUntilTheDeadline_endsWithAnErrorEventAndWithoutARetryThatNeverComes() {
        Ec2Exception failure = failure(
                with(RetryRegistry.ofDefaults()),
                Effect.CHANGE,
                time.in(Duration.ofMillis(1400)),
                fails(99, Kind.THROTTLED));

        assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(events).containsExactly("multus4j.A RETRY 1 500", "multus4j.A ERROR 2");
    }

    @Test
    void call_interrupted_endsWithAnErrorEvent() {
        Thread.currentThread().interrupt();

        Ec2Exception failure =
                failure(with(RetryRegistry.ofDefaults()), Effect.READ, minute(), fails(9, Kind.UNAVAILABLE));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(events).containsExactly("multus4j.A ERROR 1");
    }

    @Test
    void call_errorThatLasts_isIgnoredByResilience4j() {
        assertThat(failure(with(RetryRegistry.ofDefaults()), Effect.READ, minute(), fails(9, Kind.DENIED))
                        .kind())
                .isEqualTo(Kind.DENIED);
        assertThat(events).containsExactly("multus4j.A IGNORED_ERROR 0");
    }

    @Test
    void registry_configurationNamedMultus4j_choosesAttemptsAndIntervals() {
        RetryConfig config = RetryConfig.custom()
                .maxAttempts(3)
                .intervalFunction(IntervalFunction.of(7))
                .build();
        RetryRegistry registry = RetryRegistry.of(Map.of("multus4j", config));

        failure(with(registry), Effect.READ, minute(), fails(9, Kind.THROTTLED));

        assertThat(events).containsExactly("multus4j.A RETRY 1 7", "multus4j.A RETRY 2 7", "multus4j.A ERROR 3");
        assertThat(registry.retry("multus4j.A").getMetrics().getNumberOfFailedCallsWithRetryAttempt())
                .isEqualTo(1);
    }

    @Test
    void registry_defaultConfiguration_isNotUsed() {
        assertThat(with(RetryRegistry.ofDefaults()).call("A", Effect.READ, minute(), fails(5, Kind.UNAVAILABLE)))
                .isEqualTo("done");
        assertThat(attempts).isEqualTo(6);
    }

    @Test
    void registry_configurationThatRepeatsEverything_repeatsNoChangeWithAnUnknownOutcome() {
        RetryConfig everything =
                RetryConfig.custom().maxAttempts(9).retryOnException(e -> true).build();

        failure(
                with(RetryRegistry.of(Map.of("multus4j", everything))),
                Effect.CHANGE,
                minute(),
                fails(1, Kind.OUTCOME_UNKNOWN));

        assertThat(attempts).isEqualTo(1);
    }

    @Test
    void registry_retryOfTheUserWithTheSameName_keepsToTheRulesAndTheDeadline() {
        RetryRegistry registry = RetryRegistry.of(RetryConfig.custom()
                .maxAttempts(99)
                .waitDuration(Duration.ofSeconds(25))
                .build());
        registry.retry("multus4j.A");
        CallRetry retry = with(registry);

        failure(retry, Effect.CHANGE, minute(), fails(1, Kind.OUTCOME_UNKNOWN));
        assertThat(attempts).isEqualTo(1);
        failure(retry, Effect.CHANGE, minute(), fails(99, Kind.THROTTLED));
        assertThat(time.sleeps).containsExactly(Duration.ofSeconds(25), Duration.ofSeconds(25));
    }

    @Test
    void registry_ofTwoAdapters_countsTheCallsOfBothOnTheirOwnTime() {
        RetryRegistry registry = RetryRegistry.ofDefaults();
        VirtualTime other = new VirtualTime();
        with(registry).call("A", Effect.READ, minute(), fails(1, Kind.UNAVAILABLE));
        attempts = 0;

        new CallRetry(other.policyBuilder().retries(registry).build())
                .call("A", Effect.READ, other.in(Duration.ofMinutes(1)), fails(2, Kind.UNAVAILABLE));

        assertThat(time.sleeps).hasSize(1);
        assertThat(other.sleeps).hasSize(2);
        assertThat(registry.getAllRetries()).hasSize(1);
        assertThat(registry.retry("multus4j.A").getMetrics().getNumberOfSuccessfulCallsWithRetryAttempt())
                .isEqualTo(2);
    }

    @Test
    void micrometer_boundToTheRegistry_countsTheCallsOfEachAction() {
        RetryRegistry registry = RetryRegistry.ofDefaults();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        TaggedRetryMetrics.ofRetryRegistry(registry).bindTo(meters);
        FakeEc2Network fake = FakeEc2Network.strict();
        fake.faults().on(Action.DESCRIBE_SUBNETS).call(1).failWith("RequestLimitExceeded");
        fake.faults().on(Action.DESCRIBE_INSTANCES).everyCall().failWith("UnauthorizedOperation");
        Ec2Network ec2 = RetryingEc2Network.over(
                fake, time.policyBuilder().retries(registry).build());

        ec2.describeSubnets(List.of(), minute());
        assertThatThrownBy(() -> ec2.describeInstances(List.of(), minute())).isInstanceOf(Ec2Exception.class);

        assertThat(calls(meters, "multus4j.DescribeSubnets", "successful_with_retry"))
                .isEqualTo(1);
        assertThat(calls(meters, "multus4j.DescribeInstances", "failed_without_retry"))
                .isEqualTo(1);
    }

    private static double calls(SimpleMeterRegistry meters, String name, String kind) {
        FunctionCounter counter = meters.get("resilience4j.retry.calls")
                .tags("name", name, "kind", kind)
                .functionCounter();
        return counter.count();
    }
}
