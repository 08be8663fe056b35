package io.github.multus4j.internal.lifecycle;

import static io.github.multus4j.internal.lifecycle.Events.NODE;
import static io.github.multus4j.internal.lifecycle.Events.TOKEN;
import static io.github.multus4j.internal.lifecycle.Events.detail;
import static io.github.multus4j.internal.lifecycle.Events.eventBridge;
import static io.github.multus4j.internal.lifecycle.Events.flat;
import static io.github.multus4j.internal.lifecycle.Events.json;
import static io.github.multus4j.internal.lifecycle.Events.launch;
import static io.github.multus4j.internal.lifecycle.Events.map;
import static io.github.multus4j.internal.lifecycle.Events.read;
import static io.github.multus4j.internal.lifecycle.Events.records;
import static io.github.multus4j.internal.lifecycle.Events.snsEnvelope;
import static io.github.multus4j.internal.lifecycle.Events.snsRecord;
import static io.github.multus4j.internal.lifecycle.Events.sqsRecord;
import static io.github.multus4j.internal.lifecycle.Events.testNotification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.lifecycle.InvalidEventException;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventShapesTest {

    private static final LifecycleAction ACTION = new LifecycleAction("my-asg", "my-hook", TOKEN, NODE);

    static List<Map<String, Object>> shapesOfOneLaunch() {
        String flat = json(flat());
        return List.of(
                launch(),
                flat(),
                snsEnvelope(flat),
                snsEnvelope(json(launch())),
                snsEnvelope(flat()),
                records(sqsRecord("m-1", flat)),
                records(sqsRecord("m-1", json(snsEnvelope(flat)))),
                records(sqsRecord("m-1", json(launch()))),
                records(sqsRecord("m-1", launch())),
                records(snsRecord(flat)),
                records(snsRecord(json(launch()))),
                records(sqsRecord("m-1", json(records(snsRecord(flat))))));
    }

    @ParameterizedTest
    @MethodSource("shapesOfOneLaunch")
    void events_anyShapeOfALaunch_isThatLaunch(Map<String, Object> event) {
        for (List<LifecycleEvent> events : List.of(read(event), read(json(event)))) {
            assertThat(events).singleElement().satisfies(launch -> {
                assertThat(launch.kind()).isEqualTo(LifecycleEvent.Kind.LAUNCH);
                assertThat(launch.action()).isEqualTo(ACTION);
                assertThat(launch.instanceId()).isEqualTo(NODE);
                assertThat(launch.origin()).isEqualTo("EC2");
                assertThat(launch.destination()).isEqualTo("AutoScalingGroup");
                assertThat(launch.description()).isEqualTo("autoscaling:EC2_INSTANCE_LAUNCHING");
            });
        }
    }

    @Test
    void events_messageIds_areTheOutermost() {
        assertThat(read(launch()).get(0).messageId()).isEmpty();
        assertThat(read(snsEnvelope(json(flat()))).get(0).messageId()).isEqualTo("sns-id-1");
        assertThat(read(records(snsRecord(json(flat())))).get(0).messageId()).isEqualTo("sns-id-1");
        assertThat(read(records(sqsRecord("sqs-1", json(snsEnvelope(json(flat()))))))
                        .get(0)
                        .messageId())
                .as("the one by which SQS is told what failed")
                .isEqualTo("sqs-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id\nforged", "\u202e"})
    void events_impossibleMessageId_isLeftOut(String id) {
        assertThat(read(records(sqsRecord(id, json(flat())))).get(0).messageId())
                .isEmpty();
        assertThat(read(records(sqsRecord("x".repeat(129), json(flat()))))
                        .get(0)
                        .messageId())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "LAUNCHING, EC2, AutoScalingGroup, LAUNCH",
        "LAUNCHING, EC2, WarmPool, LAUNCH",
        "LAUNCHING, WarmPool, AutoScalingGroup, WARM_POOL_RETURN",
        "TERMINATING, AutoScalingGroup, EC2, TERMINATE",
        "TERMINATING, AutoScalingGroup, WarmPool, TERMINATE",
        "TERMINATING, WarmPool, EC2, TERMINATE",
        "LAUNCHING, Mars, Venus, LAUNCH"
    })
    void events_warmPools_areRecognisedByOriginAndDestination(
            String transition, String origin, String destination, LifecycleEvent.Kind kind) {
        String detailType = transition.equals("LAUNCHING")
                ? "EC2 Instance-launch Lifecycle Action"
                : "EC2 Instance-terminate Lifecycle Action";
        List<LifecycleEvent> events = read(eventBridge(detailType, detail(transition, origin, destination)));

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo(kind);
            assertThat(event.origin()).isEqualTo(origin);
            assertThat(event.destination()).isEqualTo(destination);
            assertThat(event.action()).isEqualTo(ACTION);
        });
    }

    @Test
    void events_withoutOriginAndMetadata_isAPlainLaunch() {
        Map<String, Object> event = flat();
        event.keySet().removeAll(List.of("Origin", "Destination", "NotificationMetadata", "Time", "Service"));

        assertThat(read(event)).singleElement().satisfies(launch -> {
            assertThat(launch.kind()).isEqualTo(LifecycleEvent.Kind.LAUNCH);
            assertThat(launch.origin()).isEmpty();
            assertThat(launch.destination()).isEmpty();
        });
    }

    static List<Map<String, Object>> testNotifications() {
        Map<String, Object> asTransition = testNotification();
        asTransition.put("LifecycleTransition", asTransition.remove("Event"));
        return List.of(
                testNotification(),
                asTransition,
                snsEnvelope(json(testNotification())),
                records(sqsRecord("m-1", json(testNotification()))),
                records(snsRecord(json(asTransition))));
    }

    @ParameterizedTest
    @MethodSource("testNotifications")
    void events_testNotification_isIgnoredWithAReason(Map<String, Object> event) {
        assertThat(read(event)).singleElement().satisfies(other -> {
            assertThat(other.kind()).isEqualTo(LifecycleEvent.Kind.OTHER);
            assertThat(other.action()).isNull();
            assertThat(other.instanceId()).isEmpty();
            assertThat(other.description()).isEqualTo("a test notification");
        });
    }

    @Test
    void events_unknownTransition_isIgnoredWithAReason() {
        assertThat(read(detail("RETAINED", "EC2", "EC2"))).singleElement().satisfies(other -> {
            assertThat(other.kind()).isEqualTo(LifecycleEvent.Kind.OTHER);
            assertThat(other.description()).isEqualTo("the transition 'autoscaling:EC2_INSTANCE_RETAINED' of " + NODE);
        });
    }

    @Test
    void events_unknownDetailType_isIgnoredWithAReason() {
        for (Object detail : new Object[] {map(), null, "text", List.of(1)}) {
            Map<String, Object> event = launch();
            event.put("detail-type", "EC2 Instance Launch Successful");
            event.put("detail", detail);

            assertThat(read(event)).singleElement().satisfies(other -> {
                assertThat(other.kind()).isEqualTo(LifecycleEvent.Kind.OTHER);
                assertThat(other.description()).isEqualTo("an event of type 'EC2 Instance Launch Successful'");
            });
        }
    }

    @Test
    void events_otherNotification_isIgnoredWithAReason() {
        Map<String, Object> event = testNotification();
        event.put("Event", "autoscaling:EC2_INSTANCE_LAUNCH");

        assertThat(read(event))
                .singleElement()
                .satisfies(other -> assertThat(other.description())
                        .isEqualTo("a notification of 'autoscaling:EC2_INSTANCE_LAUNCH'"));
    }

    @Test
    void events_otherWithHostileName_isPrintedSafely() {
        assertThat(read(map("detail-type", "x\nERROR \u001b[31m" + "y".repeat(100_000))))
                .singleElement()
                .satisfies(other -> assertThat(other.description())
                        .startsWith("an event of type 'x\\u000aERROR \\u001b[31m")
                        .hasSizeLessThan(150));
    }

    @Test
    void events_batch_keepsItsOrder() {
        assertThat(read(records(
                        sqsRecord("m-1", json(testNotification())),
                        sqsRecord("m-2", json(flat())),
                        sqsRecord("m-3", json(launch())),
                        snsRecord(json(flat())))))
                .extracting(LifecycleEvent::messageId)
                .containsExactly("m-1", "m-2", "m-3", "sns-id-1");
        assertThat(read(records())).isEmpty();
    }

    @Test
    void events_largestBatchOfLambda_isRead() {
        List<Object> batch = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            batch.add(sqsRecord("m-" + i, flat()));
        }

        assertThat(read(map("Records", batch))).hasSize(10_000);
        batch.add(sqsRecord("one-more", flat()));
        assertThatThrownBy(() -> read(map("Records", batch)))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("Records: '10001 records': at most 10000");
    }

    @Test
    void lifecycleEvent_actionAndKind_mustAgree() {
        assertThatThrownBy(() -> new LifecycleEvent(LifecycleEvent.Kind.LAUNCH, null, "", "", "", ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LifecycleEvent(LifecycleEvent.Kind.OTHER, ACTION, "", "", "", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
