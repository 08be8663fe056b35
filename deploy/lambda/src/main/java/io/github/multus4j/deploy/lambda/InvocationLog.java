package io.github.multus4j.deploy.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import io.github.multus4j.aws.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line for each message or sweep: a JSON object with the result, and the metrics in
 * CloudWatch's embedded metric format.
 */
final class InvocationLog {

    private final MetricFormat metrics;
    private final Clock clock;

    InvocationLog(MetricFormat metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Writes the line as bytes, which reach the log unchanged. Where the function's log format is
     * JSON, the runtime wraps a string, and CloudWatch finds no metric in it.
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
