package io.github.multus4j.internal.lifecycle;

import static io.github.multus4j.internal.lifecycle.Events.NODE;
import static io.github.multus4j.internal.lifecycle.Events.TOKEN;
import static io.github.multus4j.internal.lifecycle.Events.destinationRecord;
import static io.github.multus4j.internal.lifecycle.Events.eventBridge;
import static io.github.multus4j.internal.lifecycle.Events.flat;
import static io.github.multus4j.internal.lifecycle.Events.json;
import static io.github.multus4j.internal.lifecycle.Events.launch;
import static io.github.multus4j.internal.lifecycle.Events.map;
import static io.github.multus4j.internal.lifecycle.Events.read;
import static io.github.multus4j.internal.lifecycle.Events.received;
import static io.github.multus4j.internal.lifecycle.Events.records;
import static io.github.multus4j.internal.lifecycle.Events.snsEnvelope;
import static io.github.multus4j.internal.lifecycle.Events.snsRecord;
import static io.github.multus4j.internal.lifecycle.Events.sqsRecord;
import static io.github.multus4j.internal.lifecycle.Events.testNotification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.multus4j.lifecycle.InvalidEventException;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleEvent;
import io.github.multus4j.nodegroup.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The envelopes of an event: on its way through a pipeline, or in a dead-letter queue. */
class EnvelopesTest {

    private static final LifecycleAction ACTION = new LifecycleAction("my-asg", "my-hook", TOKEN, NODE);

    static List<Object> envelopesOfOneLaunch() {
        String failure = json(destinationRecord(launch()));
        String launch = json(launch());
        return List.of(
                // Dead letters of an asynchronous invocation, stored and redriven.
                destinationRecord(launch()),
                destinationRecord(launch),
                destinationRecord(records(snsRecord(json(flat())))),
                destinationRecord(List.of(sqsRecord("m-1", launch))),
                destinationRecord(destinationRecord(launch())),
                records(sqsRecord("m-1", failure)),
                snsEnvelope(failure),
                records(snsRecord(failure)),
                records(sqsRecord("m-1", json(snsEnvelope(failure)))),
                eventBridge("Lambda Function Invocation Result - Failure", destinationRecord(launch())),
                eventBridge("Lambda Function Invocation Result - Success", destinationRecord(launch())),
                records(sqsRecord(
                        "m-1",
                        json(eventBridge("Lambda Function Invocation Result - Failure", destinationRecord(launch()))))),
                // Arrays of a pipe: of records, of bodies, of events; and a pipe's event on a bus.
                List.of(sqsRecord("m-1", launch)),
                List.of(sqsRecord("m-1", launch())),
                List.of(sqsRecord("m-1", failure)),
                List.of(launch()),
                List.of(flat()),
                List.of(launch),
                List.of(snsEnvelope(json(flat()))),
                List.of(destinationRecord(launch())),
                eventBridge("Event from aws:sqs", sqsRecord("m-1", launch)),
                eventBridge("Event from aws:sqs", flat()),
                // A batch in the text of a body.
                records(sqsRecord("m-1", json(List.of(launch())))),
                snsEnvelope(json(List.of(flat()))),
                // The answer of ReceiveMessage, and a single record.
                received("m-1", launch),
                received("m-1", failure),
                received("m-1", json(snsEnvelope(json(flat())))),
                sqsRecord("m-1", launch),
                snsRecord(launch),
                map("Input", launch),
                map("Input", launch()));
    }

    @ParameterizedTest
    @MethodSource("envelopesOfOneLaunch")
    void events_anyEnvelopeOfALaunch_isThatLaunch(Object event) {
        for (List<LifecycleEvent> events : List.of(readValue(event), read(json(event)), read("  " + json(event)))) {
            assertThat(events).singleElement().satisfies(launch -> {
                assertThat(launch.kind()).isEqualTo(LifecycleEvent.Kind.LAUNCH);
                assertThat(launch.action()).isEqualTo(ACTION);
            });
        }
    }

    private static List<LifecycleEvent> readValue(Object event) {
        if (event instanceof List<?> batch) {
            return read(batch);
        }
        @SuppressWarnings("unchecked") // the envelopes above are maps with text as keys
        Map<String, Object> map = (Map<String, Object>) event;
        return read(map);
    }

    @Test
    void events_deadLetterOfEventBridge_isTheEventItself() {
        Map<String, Object> record = sqsRecord("m-1", json(launch()));
        record.put(
                "messageAttributes",
                map("ERROR_CODE", map("stringValue", "SDK_CLIENT_ERROR"), "ERROR_MESSAGE", map("stringValue", "x")));

        assertThat(read(records(record))).extracting(LifecycleEvent::action).containsExactly(ACTION);
    }

    @Test
    void events_recordOfADestination_isReadForItsRequestAlone() {
        Map<String, Object> response = map("batchItemFailures", List.of(map("itemIdentifier", "m-2")));
        Map<String, Object> record =
                destinationRecord(records(sqsRecord("m-1", json(testNotification())), sqsRecord("m-2", json(flat()))));
        record.put("responsePayload", response);

        assertThat(read(record)).extracting(LifecycleEvent::messageId).containsExactly("m-1", "m-2");
    }

    @Test
    void events_messageIds_areThoseOfTheDelivery() {
        String old = json(destinationRecord(List.of(sqsRecord("old", json(launch())))));

        assertThat(read(List.of(sqsRecord("new", old))))
                .extracting(LifecycleEvent::messageId)
                .containsExactly("new");
        assertThat(read(received("received", old)))
                .extracting(LifecycleEvent::messageId)
                .containsExactly("received");
        assertThat(read(destinationRecord(List.of(sqsRecord("old", launch())))))
                .extracting(LifecycleEvent::messageId)
                .containsExactly("old");
    }

    @Test
    void events_arrayWithABrokenElement_namesItAndKeepsTheOthers() {
        InvalidEventException refused = catchThrowableOfType(
                InvalidEventException.class,
                () -> read(List.of(sqsRecord("m-1", json(launch())), sqsRecord("m-2", "{"), "text", launch(), 7)));

        assertThat(refused.problems()).extracting(Problem::field).containsExactly("[1].body", "[2]", "[4]");
        assertThat(refused.readableEvents()).extracting(LifecycleEvent::action).containsExactly(ACTION, ACTION);
    }

    @Test
    void events_destinationRecordWithoutItsRequest_isReportedByItsPath() {
        Map<String, Object> record = destinationRecord(null);
        InvalidEventException refused =
                catchThrowableOfType(InvalidEventException.class, () -> read(records(sqsRecord("m", json(record)))));

        assertThat(refused.problems())
                .singleElement()
                .hasToString("Records[0].body.requestPayload: 'null': missing; expected a JSON object");
        assertThat(refused.readableEvents()).isEmpty();
    }

    @Test
    void events_recordsOfOtherServices_areRefused() {
        for (Map<String, Object> record : List.of(
                map("eventSource", "aws:s3", "s3", map("object", map("key", "k"))),
                map("kinesis", map("data", "e30=")),
                map("eventSource", "aws:dynamodb", "dynamodb", map()))) {
            assertThatThrownBy(() -> read(records(record)))
                    .isInstanceOf(InvalidEventException.class)
                    .hasMessageContainingAll("Records[0]", "'requestPayload'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", " [ ] ", "[", "[{}]]", "[{}], \"Event\": \"x\"", "[1,", "[\"\"]", "[null]", "[[]]"})
    void events_textOfAnArrayThatIsNoBatch_isReported(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(InvalidEventException.class);
        assertThatThrownBy(() -> read(snsEnvelope(text)))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("Message");
    }

    @Test
    void events_arraysInArrays_areRefusedAtALimit() {
        Object deep = launch();
        for (int i = 0; i < 8; i++) {
            deep = List.of(deep);
        }
        List<?> batch = (List<?>) deep;
        assertThat(read(batch)).hasSize(1);
        assertThatThrownBy(() -> read(List.of(batch))).hasMessageContaining("events are nested at most 8 deep");

        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        itself.add(map("Records", itself));
        itself.add(map("body", itself));
        assertThatThrownBy(() -> read(itself)).isInstanceOf(InvalidEventException.class);
    }

    @Test
    void events_arrayOfMoreThanTheLargestBatch_isRefused() {
        List<Object> batch = new ArrayList<>();
        for (int i = 0; i <= 10_000; i++) {
            batch.add(launch());
        }

        assertThatThrownBy(() -> read(batch)).hasMessageContaining("'10001 records': at most 10000");
        assertThat(read(batch.subList(0, 10_000))).hasSize(10_000);
    }
}
