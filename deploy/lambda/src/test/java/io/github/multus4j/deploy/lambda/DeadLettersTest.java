package io.github.multus4j.deploy.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.aws.Json;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.lifecycle.LifecycleAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A message from a dead-letter queue or a pipe runs again unchanged: in the function and from a
 * shell.
 */
class DeadLettersTest {

    private final FakeStage stage = new FakeStage();

    @AfterEach
    void close() {
        stage.close();
    }

    /** A text around the text of an event. */
    enum Envelope {
        DESTINATION_RECORD {
            @Override
            String around(String event) {
                return destinationRecord(event);
            }
        },
        REDRIVEN_DESTINATION_RECORD {
            @Override
            String around(String event) {
                return "{\"Records\":[" + sqsRecord("m-1", destinationRecord(event)) + "]}";
            }
        },
        DESTINATION_RECORD_OVER_SNS {
            @Override
            String around(String event) {
                return "{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":" + sns(destinationRecord(event)) + "}]}";
            }
        },
        DESTINATION_RECORD_OVER_SNS_AND_SQS {
            @Override
            String around(String event) {
                return "{\"Records\":[" + sqsRecord("m-1", sns(destinationRecord(event))) + "]}";
            }
        },
        DESTINATION_RECORD_OVER_EVENTBRIDGE {
            @Override
            String around(String event) {
                return "{\"version\":\"0\",\"detail-type\":\"Lambda Function Invocation Result - Failure\",\"source\":\"lambda\","
                        + "\"detail\":" + destinationRecord(event) + "}";
            }
        },
        DESTINATION_RECORD_OF_A_PIPE {
            @Override
            String around(String event) {
                return destinationRecord("[" + sqsRecord("m-1", event) + "]");
            }
        },
        PIPE_OF_RECORDS {
            @Override
            String around(String event) {
                return "[" + sqsRecord("m-1", event) + "]";
            }
        },
        PIPE_OF_DEAD_LETTERS {
            @Override
            String around(String event) {
                return "[" + sqsRecord("m-1", destinationRecord(event)) + "]";
            }
        },
        PIPE_OF_BODIES {
            @Override
            String around(String event) {
                return "\n ["
                        + Json.write(Map.of("x", event))
                                .replaceFirst("^\\{\"x\":", "")
                                .replaceFirst("}$", "") + "]";
            }
        },
        PIPE_OF_EVENTS {
            @Override
            String around(String event) {
                return "[" + event + "]";
            }
        },
        DEAD_LETTER_OF_EVENTBRIDGE {
            @Override
            String around(String event) {
                return "{\"Records\":[" + sqsRecord("m-1", event) + "]}";
            }
        },
        RECEIVE_MESSAGE {
            @Override
            String around(String event) {
                return Json.write(Map.of(
                        "Messages",
                        List.of(Map.of("MessageId", "m-1", "ReceiptHandle", "h", "Body", destinationRecord(event)))));
            }
        };

        abstract String around(String event);
    }

    static String destinationRecord(String event) {
        return "{\"version\":\"1.0\",\"requestContext\":{\"condition\":\"RetriesExhausted\"},\"requestPayload\":"
                + event
                + ",\"responseContext\":{\"statusCode\":200},\"responsePayload\":{\"errorMessage\":\"failed\"}}";
    }

    static String sns(String message) {
        return Json.write(Map.of("Type", "Notification", "MessageId", "sns-1", "Message", message));
    }

    static String sqsRecord(String id, String body) {
        return Json.write(Map.of(
                "messageId",
                id,
                "body",
                body,
                "messageAttributes",
                Map.of("ERROR_CODE", Map.of("stringValue", "SDK_CLIENT_ERROR")),
                "eventSource",
                "aws:sqs"));
    }

    @ParameterizedTest
    @EnumSource
    void envelope_ofALaunch_makesTheNodeReadyThroughTheFunction(Envelope envelope) {
        Instance node = stage.node();
        LifecycleAction action = stage.waiting(node);

        stage.invoke(envelope.around(stage.launchEvent(action)));

        assertThat(stage.logged()).containsEntry("outcome", "attached").containsEntry("instanceId", node.id());
        assertThat(stage.ec2.autoScaling().result(action)).contains(LifecycleAction.Result.CONTINUE);
    }

    @ParameterizedTest
    @EnumSource
    void envelope_ofALaunch_makesTheNodeReadyFromAShell(Envelope envelope, @TempDir Path folder) throws IOException {
        Instance node = stage.node();
        LifecycleAction action = stage.waiting(node);
        Path file = folder.resolve("letter.json");
        Files.writeString(file, envelope.around(stage.launchEvent(action)));

        Shell run = stage.shell("", file.toString());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("attached " + node.id());
    }

    @Test
    void pipe_oneRecordFailed_isReportedByItsId() {
        String good = stage.launchEvent(stage.waiting(stage.node()));

        assertThat(stage.invoke("[" + sqsRecord("m-1", good) + "," + sqsRecord("m-2", "{}") + "]"))
                .isEqualTo(Map.of("batchItemFailures", List.of(Map.of("itemIdentifier", "m-2"))));
    }

    @Test
    void batch_oneMessageBroken_functionHandlesTheOthersAndFails() {
        LifecycleAction first = stage.waiting(stage.node());
        LifecycleAction second = stage.waiting(stage.node());
        String batch = "[" + stage.launchEvent(first) + ",{\"Event\":7}," + stage.launchEvent(second) + "]";

        assertThatThrownBy(() -> stage.invoke(batch))
                .isInstanceOf(NodeNotReadyException.class)
                .hasMessageContaining("Records[1].LifecycleTransition");

        assertThat(Stream.of(first, second).map(stage.ec2.autoScaling()::result))
                .allMatch(result -> result.equals(Optional.of(LifecycleAction.Result.CONTINUE)));
        assertThat(stage.log)
                .hasSize(3)
                .anySatisfy(line -> assertThat(Json.read(line.strip())).containsEntry("outcome", "unreadable"));
    }

    @Test
    void batch_inOneMessageWithABrokenOne_handlesTheOthersAndIsReported() {
        LifecycleAction action = stage.waiting(stage.node());
        String inner = "[" + stage.launchEvent(action) + ",{}]";

        assertThat(stage.invoke(
                        "{\"Records\":[" + sqsRecord("m-1", inner) + "," + sqsRecord("m-2", testMessage()) + "]}"))
                .isEqualTo(Map.of("batchItemFailures", List.of(Map.of("itemIdentifier", "m-1"))));
        assertThat(stage.ec2.autoScaling().result(action)).contains(LifecycleAction.Result.CONTINUE);
    }

    @Test
    void batch_oneMessageBroken_shellHandlesTheOthersAndReportsOneFailure() {
        Instance node = stage.node();
        String good = stage.launchEvent(stage.waiting(node));
        String batch = "{\"Records\":[" + sqsRecord("m-1", "no JSON") + "," + sqsRecord("m-2", good) + "]}";

        Shell dry = stage.shell(batch, "--dry-run");
        assertThat(dry.status()).isEqualTo(Main.FAILED);
        assertThat(dry.out()).contains(node.id());

        Shell run = stage.shell(batch);
        assertThat(run.status()).isEqualTo(Main.FAILED);
        assertThat(run.out()).startsWith("attached " + node.id());
        assertThat(run.err()).startsWith("multus-lambda: Records[0].body: 'no JSON'");
    }

    private String testMessage() {
        return Json.write(stage.ec2.autoScaling().testNotification(FakeStage.GROUP));
    }
}
