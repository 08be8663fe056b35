package io.github.multus4j.deploy.lambda;

import io.github.multus4j.ec2.Excerpt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A batch of SQS: each message succeeds or fails alone.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Handling
 *     errors for an SQS event source</a>
 */
final class SqsBatch {

    private SqsBatch() {}

    /** One message, by the id for SQS's failure report. */
    record Message(String id, Map<?, ?> body) {

        /** The message as a batch of one. */
        Map<String, Object> asEvent() {
            return Map.of("Records", List.of(body));
        }
    }

    /** The messages, or none if the event is no batch of SQS. */
    static List<Message> messages(Map<String, ?> event) {
        if (!(event.get("Records") instanceof List<?> records)
                || !records.stream().allMatch(SqsBatch::isMessage)) {
            return List.of();
        }
        return records.stream()
                .map(Map.class::cast)
                .map(record -> new Message(String.valueOf(record.get("messageId")), record))
                .toList();
    }

    private static boolean isMessage(Object entry) {
        return entry instanceof Map<?, ?> map
                && map.containsKey("body")
                && map.get("messageId") instanceof String id
                && !id.isEmpty();
    }

    /**
     * Handles all messages and returns the ids of the failed ones.
     *
     * @throws NodeNotReadyException if all of them failed: the same for SQS, and an error that
     *     alarms see
     */
    static Map<String, Object> report(List<Message> messages, Function<Message, List<Answer>> handling) {
        Map<Message, List<Answer>> failed = failures(messages, handling);
        if (failed.size() == messages.size()) {
            throw new NodeNotReadyException(Excerpt.joined(
                    failed.values().stream()
                            .flatMap(List::stream)
                            .map(Answer::line)
                            .toList(),
                    "; "));
        }
        return Map.of(
                "batchItemFailures",
                failed.keySet().stream()
                        .map(message -> Map.of("itemIdentifier", message.id()))
                        .toList());
    }

    private static Map<Message, List<Answer>> failures(
            List<Message> messages, Function<Message, List<Answer>> handling) {
        List<List<Answer>> answers = SideBySide.all(messages, handling);
        Map<Message, List<Answer>> failed = new LinkedHashMap<>();
        for (int i = 0; i < messages.size(); i++) {
            List<Answer> of = answers.get(i).stream().filter(Answer::failed).toList();
            if (!of.isEmpty()) {
                failed.put(messages.get(i), of);
            }
        }
        return failed;
    }
}
