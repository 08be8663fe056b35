package io.github.multus4j.deploy.lambda;

import io.github.multus4j.deploy.http.Proxies;
import io.github.multus4j.nodegroup.InvalidSpecException;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings from the environment's variables. Every entry point reads all of them, so that each
 * of them shows every mistake.
 *
 * @param spec the node group, by the reference Lambda's variables
 * @param sweep the sweep that a schedule starts
 * @param metrics the format and the namespace of the metrics
 */
record Configuration(NodeGroupSpec spec, SweepOrder sweep, MetricFormat metrics) {

    private static final Logger LOG = LoggerFactory.getLogger(Configuration.class);

    /**
     * Logs the warnings.
     *
     * @throws InvalidInputException if a variable is missing or wrong, with all problems
     */
    static Configuration of(Map<String, String> environment) {
        List<Problem> problems = new ArrayList<>();
        Configuration configuration = read(environment, problems);
        if (configuration == null) {
            throw new InvalidInputException("invalid variables: " + Problem.line(problems));
        }
        if (!configuration.warnings().isEmpty()) {
            LOG.warn("variables: {}", Problem.line(configuration.warnings()));
        }
        return configuration;
    }

    /** Null if there are problems. */
    static @Nullable Configuration read(Map<String, String> environment, List<Problem> problems) {
        NodeGroupSpec spec = spec(environment, problems);
        SweepOrder sweep = SweepOrder.fromEnvironment(environment, problems);
        MetricFormat metrics = MetricFormat.fromEnvironment(environment, problems);
        Proxies.fromEnvironment(environment, problems::add);
        return spec == null || !problems.isEmpty() ? null : new Configuration(spec, sweep, metrics);
    }

    /** Suspicious values that do not prevent a run. */
    List<Problem> warnings() {
        return spec.warnings();
    }

    private static @Nullable NodeGroupSpec spec(Map<String, String> environment, List<Problem> problems) {
        try {
            return NodeGroupSpec.fromEnvironment(environment);
        } catch (InvalidSpecException e) {
            problems.addAll(e.problems());
            return null;
        }
    }
}
