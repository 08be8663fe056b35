package io.github.multus4j.internal.lifecycle;

import static io.github.multus4j.internal.lifecycle.Events.flat;
import static io.github.multus4j.internal.lifecycle.Events.json;
import static io.github.multus4j.internal.lifecycle.Events.launch;
import static io.github.multus4j.internal.lifecycle.Events.map;
import static io.github.multus4j.internal.lifecycle.Events.read;
import static io.github.multus4j.internal.lifecycle.Events.records;
import static io.github.multus4j.internal.lifecycle.Events.snsEnvelope;
import static io.github.multus4j.internal.lifecycle.Events.snsRecord;
import static io.github.multus4j.internal.lifecycle.Events.sqsRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.multus4j.lifecycle.InvalidEventException;
import io.github.multus4j.lifecycle.LifecycleEvent;
import io.github.multus4j.nodegroup.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidEventsTest {

    private static InvalidEventException refusal(Map<String, ?> event) {
        InvalidEventException refused = catchThrowableOfType(InvalidEventException.class, () -> read(event));
        assertThat(refused).as("refusal of %s", event.keySet()).isNotNull();
        return refused;
    }

    private static Problem problem(Map<String, ?> event) {
        assertThat(refusal(event).problems()).hasSize(1);
        return refusal(event).problems().get(0);
    }

    @Test
    void events_emptyMessage_reportsEveryMissingKeyByItsPath() {
        Map<String, Object> event = launch();
        event.put("detail", map());

        assertThat(refusal(event).problems())
                .extracting(Problem::field, Problem::value)
                .containsExactly(
                        tuple("detail.LifecycleTransition", ""),
                        tuple("detail.AutoScalingGroupName", ""),
                        tuple("detail.LifecycleHookName", ""),
                        tuple("detail.LifecycleActionToken", ""),
                        tuple("detail.EC2InstanceId", ""));
        assertThat(refusal(event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "invalid event: detail.LifecycleTransition: '': missing; expected a transition such as");
    }

    @Test
    void events_problemsInSeveralRecords_areAllReported() {
        Map<String, Object> noInstance = flat();
        noInstance.remove("EC2InstanceId");
        Map<String, Object> badToken = flat();
        badToken.put("LifecycleActionToken", "short");

        assertThat(refusal(records(
                                sqsRecord("m-1", json(noInstance)),
                                sqsRecord("m-2", json(flat())),
                                sqsRecord("m-3", json(snsEnvelope(json(badToken)))),
                                snsRecord("no json"),
                                map("kinesis", map()),
                                "text"))
                        .problems())
                .extracting(Problem::field)
                .containsExactly(
                        "Records[0].body.EC2InstanceId",
                        "Records[2].body.Message.LifecycleActionToken",
                        "Records[3].Sns.Message",
                        "Records[4]",
                        "Records[5]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LifecycleTransition",
                "AutoScalingGroupName",
                "LifecycleHookName",
                "LifecycleActionToken",
                "EC2InstanceId",
                "Origin",
                "Destination"
            })
    void events_valueOfAnotherType_isReported(String key) {
        for (Object wrong : Arrays.asList(7L, true, List.of("x"), map("a", 1L), "\n", "x".repeat(100_000))) {
            Map<String, Object> event = flat();
            event.put(key, wrong);

            assertThat(problem(event).field()).isEqualTo(key);
            assertThat(problem(event).value()).hasSizeLessThan(120).doesNotContain("\n");
        }
    }

    @Test
    void events_valueOfAnotherType_isShownByItsType() {
        Map<Object, String> shown = Map.of(
                map("a", 1L),
                "an object",
                List.of("x"),
                "a list",
                7L,
                "7",
                true,
                "true",
                LifecycleEvent.Kind.LAUNCH,
                "a Kind");
        shown.forEach((value, text) -> {
            Map<String, Object> event = flat();
            event.put("EC2InstanceId", value);

            assertThat(problem(event).value()).isEqualTo(text);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "EC2InstanceId, i-",
        "EC2InstanceId, eni-1",
        "EC2InstanceId, 'i-1 '",
        "EC2InstanceId, i-\u0661",
        "LifecycleHookName, a b",
        "LifecycleActionToken, 87654321-4321-4321-4321-21098765432",
        "LifecycleActionToken, 87654321-4321-4321-4321-2109876543210",
        "AutoScalingGroupName, ''",
        "AutoScalingGroupName, 'a\u0085b'",
        "AutoScalingGroupName, 'a\u202eb'",
        "AutoScalingGroupName, 'a\u2028b'"
    })
    void events_malformedId_isReportedPrintably(String key, String value) {
        Map<String, Object> event = flat();
        event.put(key, value);

        assertThat(problem(event).field()).isEqualTo(key);
        assertThat(problem(event).value()).isEqualTo(Problem.printable(value));
    }

    @Test
    void events_otherwiseGoodMessageWithoutAnId_isNotAMessageOfAnotherKind() {
        Map<String, Object> event = flat();
        event.put("LifecycleTransition", "autoscaling:EC2_INSTANCE_RETAINED");
        event.remove("EC2InstanceId");

        assertThat(problem(event).field()).isEqualTo("EC2InstanceId");
    }

    @Test
    void events_notOfAutoScaling_reportsTheExpectedSource() {
        assertThat(problem(map()).field()).isEqualTo("event");
        assertThat(problem(map("hello", "world")).toString())
                .contains("[hello]", "'detail-type'", "'LifecycleTransition'", "'Message'", "'Records'");
        assertThat(problem(map("Records", "none")).value()).isEqualTo("[Records]");
        assertThat(problem(map("Records", null)).value()).isEqualTo("[Records]");
        assertThat(problem(records(sqsRecord("m", "{}"))).field()).isEqualTo("Records[0].body");
    }

    @Test
    void events_nothingWhereAnObjectIsExpected_isReported() {
        Map<String, Object> noDetail = launch();
        noDetail.remove("detail");

        assertThat(problem(noDetail).toString()).contains("detail", "missing; expected a JSON object");
        assertThat(problem(snsEnvelope(null)).toString()).contains("Message", "missing");
        assertThat(problem(records(map("body", null))).field()).isEqualTo("Records[0].body");
        assertThat(problem(records(map("Sns", "text"))).field()).isEqualTo("Records[0].Sns");
        assertThat(problem(map("Records", Collections.singletonList(null))).field())
                .isEqualTo("Records[0]");
        assertThat(problem(map("detail-type", 7L)).field()).isEqualTo("detail-type");
        assertThat(problem(map("detail-type", null)).field()).isEqualTo("detail-type");
        assertThat(refusal(map("Event", map("a", 1L))).problems())
                .extracting(Problem::field)
                .contains("LifecycleTransition");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "\"text\"", "{", "{}{}", "{\"a\":", "plain text", "\u0000"})
    void events_textThatIsNoObject_isReported(String text) {
        InvalidEventException whole = catchThrowableOfType(InvalidEventException.class, () -> read(text));

        assertThat(whole).hasMessageContaining("event").hasMessageContaining("expected a JSON object");
        assertThat(problem(snsEnvelope(text)).field()).isEqualTo("Message");
    }

    @Test
    void events_hostileTextInParserAndPath_isPrintedSafely() {
        String text = "x\n\u001b[31m\u202e" + "y".repeat(100_000);

        InvalidEventException whole = catchThrowableOfType(InvalidEventException.class, () -> read(text));

        for (InvalidEventException refused : List.of(whole, refusal(snsEnvelope(text)))) {
            assertThat(refused.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.expected())
                            .startsWith("expected a JSON object: cannot read x\\u000a\\u001b[31m\\u202eyyy")
                            .hasSizeLessThan(600));
        }
    }

    @Test
    void events_textInTextInText_isRefusedAtALimit() {
        String text = json(flat());
        for (int i = 0; i < 8; i++) {
            text = json(map("Message", text));
        }
        assertThat(read(text)).hasSize(1);

        InvalidEventException refused = catchThrowableOfType(
                InvalidEventException.class, () -> read(map("Message", map("Message", nested(6, "Message")))));
        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.expected()).isEqualTo("events are nested at most 8 deep");
            assertThat(problem.field()).startsWith("Message.Message.Message");
        });
    }

    private static Map<String, Object> nested(int depth, String key) {
        Map<String, Object> map = map(key, flat());
        for (int i = 0; i < depth; i++) {
            map = map(key, map);
        }
        return map;
    }

    @Test
    void events_valuesNestedWithoutEnd_doNoHarm() {
        Map<String, Object> deep = nested(100_000, "a");
        List<Object> cycle = new ArrayList<>();
        Map<String, Object> itself = map("cycle", cycle);
        cycle.add(itself);
        cycle.add(map("Sns", itself));

        for (Object bomb : List.of(deep, itself, cycle)) {
            for (String key : List.of("EC2InstanceId", "Origin", "LifecycleTransition", "Event")) {
                Map<String, Object> event = flat();
                event.remove("LifecycleTransition");
                event.put(key, bomb);
                assertThat(refusal(event).getMessage()).hasSizeLessThan(2_000);
            }
            for (String key : List.of("detail", "detail-type")) {
                Map<String, Object> event = launch();
                event.put(key, bomb);
                assertThat(refusal(event).getMessage()).hasSizeLessThan(2_000);
            }
            assertThat(refusal(records(sqsRecord("m", bomb), map("Sns", bomb), bomb))
                            .getMessage())
                    .hasSizeLessThan(2_000);
        }
    }

    @Test
    void events_batchInBatchInBatch_isCountedInAll() {
        List<Object> batch = Collections.nCopies(1_000, sqsRecord("m", flat()));
        List<Object> batches = Collections.nCopies(1_000, sqsRecord("m", map("Records", batch)));

        assertThat(refusal(map("Records", batches)).problems())
                .hasSize(991)
                .allSatisfy(problem -> assertThat(problem.expected()).isEqualTo("at most 10000 in all"));
    }

    @Test
    void events_thousandsOfProblems_areAllThereAndTheMessageStaysShort() {
        List<Object> batch = Collections.nCopies(10_000, sqsRecord("m", map()));
        InvalidEventException refused = refusal(map("Records", batch));

        assertThat(refused.problems()).hasSize(10_000);
        assertThat(refused.getMessage()).hasSizeLessThan(10_000).endsWith("; … and 9,980 more");
    }

    @Test
    void events_objectOfThousandsOfKeys_isNotPrintedWhole() {
        Map<String, Object> wide = map();
        for (int i = 0; i < 100_000; i++) {
            wide.put("key\n" + i, i);
        }

        assertThat(problem(wide).toString()).hasSizeLessThan(600).doesNotContain("\n");
    }
}
