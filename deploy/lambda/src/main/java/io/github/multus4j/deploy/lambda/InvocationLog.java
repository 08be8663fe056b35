package io.github.multus4j.deploy.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import io.github.multus4j.aws.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** One line for each message or sweep: a JSON object, with what came of it, and the metrics in the format that CloudWatch takes them from. */
final class InvocationLog {

    private final MetricFormat metrics;
    private final Clock clock;

    InvocationLog(MetricFormat metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Writes the line as bytes: those reach the log as they are, while the runtime wraps a string where the function's log format is JSON,
     * and a metric within a string is none.
     *
     * @param messageId the message's; empty if there is none
     */
    void write(Context context, String messageId, Answer answer, long millis) {
        Map<String, Object> line = new LinkedHashMap<>(LogLimit.fitting(answer.facts()));
        line.put("requestId", String.valueOf(context.getAwsRequestId()));
        if (!messageId.isEmpty()) {
            line.put("messageId", messageId);
        }
        line.putAll(
                metrics.members(clock.instant(), String.valueOf(context.getFunctionName()), answer.counts(), millis));
        context.getLogger().log((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
