package io.github.multus4j.deploy.lambda;

import io.github.multus4j.nodegroup.Problem;
import io.github.multus4j.result.SweepReport;
import io.github.multus4j.result.SweepScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The scope and the mode of a sweep: from the variables {@code SweepVpcId} (empty: the whole
 * Region) and {@code SweepReport.Mode} (a dry run unless it is {@code MEND}), or from the members
 * {@code vpcId} and {@code mode} of the event.
 */
record SweepOrder(SweepScope scope, SweepReport.Mode mode) {

    private static final Pattern VPC_ID = Pattern.compile("vpc-[0-9a-f]{8,17}");

    static SweepOrder fromEnvironment(Map<String, String> environment, List<Problem> problems) {
        String vpcId =
                Objects.requireNonNullElse(environment.get("SweepVpcId"), "").strip();
        String mode =
                Objects.requireNonNullElse(environment.get("SweepMode"), "").strip();
        return new SweepOrder(
                scope("SweepVpcId", vpcId, problems),
                mode.isEmpty() ? SweepReport.Mode.DRY_RUN : mode("SweepMode", mode, problems));
    }

    /**
     * This order with the event's members instead, where it has them. A schedule's event has none.
     *
     * @throws InvalidInputException with all problems
     */
    SweepOrder overriddenBy(Map<String, ?> event) {
        List<Problem> problems = new ArrayList<>();
        SweepOrder order = new SweepOrder(
                event.containsKey("vpcId") ? scope("vpcId", event.get("vpcId"), problems) : scope,
                event.containsKey("mode") ? mode("mode", event.get("mode"), problems) : mode);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(Problem.line(problems));
        }
        return order;
    }

    /** The same, without changing anything. */
    SweepOrder asDryRun() {
        return new SweepOrder(scope, SweepReport.Mode.DRY_RUN);
    }

    private static SweepScope scope(String field, @Nullable Object value, List<Problem> problems) {
        if ("".equals(value)) {
            return SweepScope.region();
        }
        if (value instanceof String vpcId && VPC_ID.matcher(vpcId).matches()) {
            return SweepScope.vpc(vpcId);
        }
        problems.add(new Problem(
                field, String.valueOf(value), "expected a VPC's id like vpc-0123456789abcdef0, or '' for the Region"));
        return SweepScope.region();
    }

    private static SweepReport.Mode mode(String field, @Nullable Object value, List<Problem> problems) {
        for (SweepReport.Mode mode : SweepReport.Mode.values()) {
            if (mode.name().equals(value)) {
                return mode;
            }
        }
        problems.add(new Problem(field, String.valueOf(value), "expected DRY_RUN or MEND"));
        return SweepReport.Mode.DRY_RUN;
    }
}
