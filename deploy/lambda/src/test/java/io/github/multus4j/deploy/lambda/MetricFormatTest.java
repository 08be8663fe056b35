package io.github.multus4j.deploy.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.testkit.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every log line keeps the rules of <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">the
 * specification</a>. CloudWatch reports no error: a line that breaks a rule gives no metric.
 */
class MetricFormatTest {

    private final FakeStage stage = new FakeStage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void launch_succeeded_countsTheNodeAndItsInterfaces() {
        String event = stage.launchEvent(stage.waiting(stage.node()));

        stage.invoke(event);
        assertThat(metrics(stage.logged()))
                .containsEntry("NodesReady Count", 1)
                .containsEntry("NodesFailed Count", 0)
                .containsEntry("NodesSkipped Count", 0)
                .containsEntry("InterfacesAttached Count", 2)
                .containsEntry("Leftovers Count", 0)
                .containsKey("Duration Milliseconds")
                .hasSize(6);
        assertThat(stage.logged()).containsEntry("FunctionName", "multus");
        assertThat(directive(stage.logged())).containsEntry("Namespace", "multus4j");

        stage.log.clear();
        stage.invoke(event);
        assertThat(metrics(stage.logged()))
                .as("ready already")
                .containsEntry("NodesReady Count", 1)
                .containsEntry("InterfacesAttached Count", 0);
    }

    @Test
    void launch_failedOrSkipped_isCountedAsSuch() {
        Instance stranger = stage.vpc.launch("m5.4xlarge", "us-east-1a", Map.of());
        stage.invoke(stage.launchEvent(stage.waiting(stranger)));
        assertThat(metrics(stage.logged()))
                .containsEntry("NodesSkipped Count", 1)
                .containsEntry("NodesReady Count", 0)
                .containsEntry("NodesFailed Count", 0);

        stage.log.clear();
        stage.variables.put("SecGroupIds", "sg-0123456789abcdef0");
        failing(() -> stage.invoke(stage.launchEvent(stage.waiting(stage.node()))));
        assertThat(metrics(stage.logged()))
                .containsEntry("NodesFailed Count", 1)
                .containsEntry("NodesReady Count", 0)
                .containsEntry("InterfacesAttached Count", 0);
    }

    @Test
    void launch_leavesInterfaces_countsThem() {
        stage.variables.put("SubnetIds", stage.signalling.id());
        stage.ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");
        stage.ec2.faults().on(Action.DELETE_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");

        failing(() -> stage.invoke(stage.launchEvent(stage.waiting(stage.node()))));

        assertThat(metrics(stage.logged())).containsEntry("Leftovers Count", 1).containsEntry("NodesFailed Count", 1);
    }

    @Test
    void launch_hookNotCompleted_countsAsFailed() {
        stage.ec2.faults().on(Action.COMPLETE_LIFECYCLE_ACTION).everyCall().failWith("AccessDenied");

        failing(() -> stage.invoke(stage.launchEvent(stage.waiting(stage.node()))));

        assertThat(metrics(stage.logged()))
                .containsEntry("NodesFailed Count", 1)
                .containsEntry("NodesReady Count", 0)
                .containsEntry("InterfacesAttached Count", 2);
    }

    @Test
    void sweep_mixedFates_countsFoundAndMended() {
        stage.leak();
        stage.node();
        stage.variables.put("SweepMode", "MEND");

        stage.sweep("{}");

        assertThat(metrics(stage.logged()))
                .containsEntry("LeaksFound Count", 1)
                .containsEntry("LeaksRemoved Count", 1)
                .containsEntry("NodesLacking Count", 1)
                .containsEntry("NodesMended Count", 1)
                .containsEntry("SweepProblems Count", 0)
                .containsKey("Duration Milliseconds")
                .hasSize(6);
    }

    @Test
    void namespace_empty_switchesTheMetricsOff() {
        String event = stage.launchEvent(stage.waiting(stage.node()));
        stage.variables.put("MetricsNamespace", "Core/5G: nodes");
        stage.invoke(event);
        assertThat(directive(stage.logged())).containsEntry("Namespace", "Core/5G: nodes");

        stage.log.clear();
        stage.variables.put("MetricsNamespace", "");
        stage.invoke(event);
        assertThat(stage.logged()).doesNotContainKeys("_aws", "FunctionName").containsEntry("NodesReady", 1);
    }

    private static void failing(Runnable invocation) {
        try {
            invocation.run();
        } catch (NodeNotReadyException e) {
            return;
        }
        throw new AssertionError("it did not fail");
    }

    /** The only metric directive, with its rules checked. */
    private static Map<String, Object> directive(Map<String, Object> line) {
        Map<String, Object> metadata = object(line.get("_aws"));
        assertThat(metadata)
                .containsOnlyKeys("Timestamp", "CloudWatchMetrics")
                .containsEntry("Timestamp", FakeStage.NOW.millis());
        List<?> directives = (List<?>) metadata.get("CloudWatchMetrics");
        assertThat(directives).hasSize(1);
        Map<String, Object> directive = object(directives.get(0));
        assertThat(directive).containsOnlyKeys("Namespace", "Dimensions", "Metrics");
        assertThat((String) directive.get("Namespace")).hasSizeBetween(1, 1024);
        return directive;
    }

    /**
     * The metrics that CloudWatch takes from a line, by name and unit, with the specification's
     * rules checked.
     */
    private static Map<String, Object> metrics(Map<String, Object> line) {
        Map<String, Object> directive = directive(line);
        for (Object set : (List<?>) directive.get("Dimensions")) {
            assertThat((List<?>) set)
                    .hasSizeBetween(1, 30)
                    .allSatisfy(dimension ->
                            assertThat(line.get(dimension)).asString().hasSizeBetween(1, 1024));
        }
        List<Object> names = new ArrayList<>();
        Map<String, Object> metrics = new TreeMap<>();
        List<?> definitions = (List<?>) directive.get("Metrics");
        assertThat(definitions).hasSizeBetween(1, 100);
        for (Object each : definitions) {
            Map<String, Object> definition = object(each);
            assertThat(definition).containsOnlyKeys("Name", "Unit");
            assertThat((String) definition.get("Name")).hasSizeBetween(1, 1024);
            assertThat(definition.get("Unit")).isIn("Count", "Milliseconds");
            assertThat(line.get(definition.get("Name")))
                    .as(String.valueOf(definition.get("Name")))
                    .isInstanceOf(Number.class);
            names.add(definition.get("Name"));
            metrics.put(definition.get("Name") + " " + definition.get("Unit"), line.get(definition.get("Name")));
        }
        assertThat(names).doesNotHaveDuplicates();
        return metrics;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }
}
