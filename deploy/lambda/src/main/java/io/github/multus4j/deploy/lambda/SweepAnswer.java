package io.github.multus4j.deploy.lambda;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Excerpt;
import io.github.multus4j.result.SweepReport;
import io.github.multus4j.result.SweepReport.Fate;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The answers of a sweep. */
final class SweepAnswer {

    /**
     * Mended, or kept for a good reason. With any other fate the leak or the lack is still there,
     * also after a dry run.
     */
    private static final Set<Fate> IN_ORDER = EnumSet.of(Fate.DONE, Fate.KEPT);

    private SweepAnswer() {}

    /**
     * Findings of a dry run are its answer and show in the metrics; they are no failure. Findings
     * that a mending sweep leaves unmended need an operator.
     */
    static Answer of(SweepReport report) {
        List<String> problems = problems(report);
        boolean failed = report.mode() == SweepReport.Mode.MEND && !problems.isEmpty();
        String headline = report.toString().lines().findFirst().orElseThrow();
        return new Answer(
                failed,
                problems.isEmpty() ? headline : headline + "; still there: " + Excerpt.joined(problems, "; "),
                report.toMap(),
                counts(
                        report.leaks().size(),
                        report.leaks(Fate.DONE).size(),
                        report.nodes().size(),
                        report.nodes(Fate.DONE).size(),
                        problems.size()));
    }

    /** A scan was incomplete, so nothing was changed. */
    static Answer unread(SweepOrder order, Ec2Exception refusal) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("sweep", order.mode().toString());
        facts.put("scope", order.scope().toString());
        facts.put("cause", String.valueOf(refusal.getMessage()));
        facts.put("ec2Code", refusal.code());
        String line = "sweep of " + order.scope() + " (" + order.mode() + ") failed, nothing was changed: "
                + refusal.getMessage();
        return new Answer(true, line, facts, counts(0, 0, 0, 0, 1));
    }

    private static List<String> problems(SweepReport report) {
        return Stream.concat(
                        report.leaks().stream()
                                .filter(leak -> !IN_ORDER.contains(leak.fate()))
                                .map(leak -> "leak " + leak),
                        report.nodes().stream()
                                .filter(node -> !IN_ORDER.contains(node.fate()))
                                .map(node -> "node " + node))
                .map(problem -> problem.replaceAll("\\s*\n\\s*", " "))
                .toList();
    }

    private static Map<String, Integer> counts(int leaks, int removed, int lacking, int mended, int problems) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("LeaksFound", leaks);
        counts.put("LeaksRemoved", removed);
        counts.put("NodesLacking", lacking);
        counts.put("NodesMended", mended);
        counts.put("SweepProblems", problems);
        return counts;
    }
}
