package io.github.multus4j.deploy.lambda;

import io.github.multus4j.nodegroup.Problem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * CloudWatch's embedded metric format: a log line that is a JSON object and says, in its member
 * {@code _aws}, which of its other members are metrics. No call and no permission is needed. AWS's
 * library for it would bring databind to the Lambda's class path for these lines.
 *
 * @param namespace of the metrics; empty for none
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
 *     metric format specification</a>
 */
record MetricFormat(String namespace) {

    private static final String VARIABLE = "MetricsNamespace";
    private static final String DEFAULT_NAMESPACE = "multus4j";
    private static final String DIMENSION = "FunctionName";
    private static final String DURATION = "Duration";

    /**
     * The allowed namespaces: those that begin with {@code AWS/} are AWS's own.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html">PutMetricData</a>
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#Namespace">Namespaces</a>
     */
    private static final Pattern NAMESPACE = Pattern.compile("(?!AWS/)[A-Za-z0-9._/# -][A-Za-z0-9._/#: -]{0,254}");

    /**
     * The default without the variable; a variable that is there and empty switches the metrics
     * off.
     */
    static MetricFormat fromEnvironment(Map<String, String> environment, List<Problem> problems) {
        String namespace = Objects.requireNonNullElse(environment.get(VARIABLE), DEFAULT_NAMESPACE)
                .strip();
        if (!namespace.isEmpty() && !NAMESPACE.matcher(namespace).matches()) {
            problems.add(new Problem(
                    VARIABLE,
                    namespace,
                    "expected up to 255 letters, digits and . - _ / # : or spaces, not beginning with ':' or 'AWS/';"
                            + " or '' for no metrics"));
        }
        return new MetricFormat(namespace);
    }

    /**
     * The members to add to a log line.
     *
     * @param counts by the metric's name
     * @param millis how long it took
     */
    Map<String, Object> members(Instant at, String functionName, Map<String, Integer> counts, long millis) {
        Map<String, Object> members = new LinkedHashMap<>(counts);
        members.put(DURATION, millis);
        if (!namespace.isEmpty()) {
            members.put(DIMENSION, functionName);
            members.put("_aws", metadata(at, counts));
        }
        return members;
    }

    private Map<String, Object> metadata(Instant at, Map<String, Integer> counts) {
        List<Map<String, String>> metrics = Stream.concat(
                        counts.keySet().stream().map(name -> metric(name, "Count")),
                        Stream.of(metric(DURATION, "Milliseconds")))
                .toList();
        return Map.of(
                "Timestamp",
                at.toEpochMilli(),
                "CloudWatchMetrics",
                List.of(Map.of("Namespace", namespace, "Dimensions", List.of(List.of(DIMENSION)), "Metrics", metrics)));
    }

    private static Map<String, String> metric(String name, String unit) {
        return Map.of("Name", name, "Unit", unit);
    }
}
