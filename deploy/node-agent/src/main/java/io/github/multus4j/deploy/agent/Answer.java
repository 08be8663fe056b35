package io.github.multus4j.deploy.agent;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Excerpt;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.result.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of one attempt.
 *
 * @param status how it ended
 * @param patience how long another attempt is useful
 * @param line for people
 * @param facts for machines, ready to be written as JSON
 */
record Answer(Status status, Patience patience, String line, Map<String, Object> facts) {

    /** How long to try again. */
    enum Patience {
        /** Not at all. */
        NONE,
        /** As long as a booting instance may need to learn its identity. */
        BOOT,
        /** Until the deadline. */
        DEADLINE
    }

    static Answer of(Outcome outcome) {
        Status status = outcome.fold(
                attached -> Status.READY,
                complete -> Status.READY,
                skipped -> skipped.gone() ? Status.BLOCKED : Status.READY,
                failed -> statusOf(failed.cause()));
        return new Answer(status, patience(outcome), outcome.toString(), outcome.toMap());
    }

    private static Status statusOf(Cause cause) {
        return switch (cause.code()) {
            case FINDINGS -> cause.mayHeal() ? Status.FAILED : Status.BLOCKED;
            case INSTANCE_GONE -> Status.BLOCKED;
            case EC2 -> isDenied(cause.exception()) ? Status.DENIED : Status.FAILED;
            default -> Status.FAILED;
        };
    }

    /**
     * None after a permanent refusal or a defect: each attempt would only make and roll back the
     * same again.
     */
    private static Patience patience(Outcome outcome) {
        if (!(outcome instanceof Outcome.Failed failed)) {
            return Patience.NONE;
        }
        return switch (failed.cause().code()) {
            case EC2 -> patience(failed.cause().exception());
            case INTERFACE_LOST -> Patience.DEADLINE;
            case FINDINGS -> failed.cause().mayHeal() ? Patience.DEADLINE : Patience.NONE;
            default -> Patience.NONE;
        };
    }

    private static Patience patience(@Nullable RuntimeException exception) {
        return exception instanceof Ec2Exception e
                        && e.kind() != Ec2Exception.Kind.DENIED
                        && e.kind() != Ec2Exception.Kind.INVALID
                ? Patience.DEADLINE
                : Patience.NONE;
    }

    private static boolean isDenied(@Nullable RuntimeException exception) {
        return exception instanceof Ec2Exception e && e.kind() == Ec2Exception.Kind.DENIED;
    }

    static Answer of(Plan plan) {
        Status status = plan instanceof Plan.Blocked ? Status.BLOCKED : Status.READY;
        return new Answer(status, Patience.NONE, plan.toString(), plan.toMap());
    }

    /** EC2 could not be read for a plan. */
    static Answer unread(String instanceId, Ec2Exception refusal) {
        Answer failed = without(
                isDenied(refusal) ? Status.DENIED : Status.FAILED,
                patience(refusal),
                "failed " + instanceId + ": " + refusal.getMessage(),
                String.valueOf(refusal.getMessage()));
        failed.facts().put("instanceId", instanceId);
        failed.facts().put("ec2Code", refusal.code());
        return failed;
    }

    static Answer noIdentity(NoMetadataException e) {
        String line = "failed: no identity: " + e.getMessage();
        return without(
                Status.NO_IDENTITY,
                e.mayGetBetter() ? Patience.BOOT : Patience.NONE,
                line,
                String.valueOf(e.getMessage()));
    }

    static Answer noCredentials(String instanceId, String why) {
        String line = "failed " + instanceId + ": no credentials: " + why;
        return without(Status.DENIED, Patience.BOOT, line, "no credentials: " + why);
    }

    static Answer interrupted() {
        return without(Status.FAILED, Patience.NONE, "failed: interrupted", "interrupted");
    }

    static Answer refused(List<String> problems) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("outcome", "refused");
        facts.put("problems", Excerpt.of(problems));
        return new Answer(Status.BAD_INPUT, Patience.NONE, Excerpt.joined(problems, "\n"), facts);
    }

    private static Answer without(Status status, Patience patience, String line, String cause) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("outcome", "failed");
        facts.put("cause", cause);
        return new Answer(status, patience, line, facts);
    }
}
