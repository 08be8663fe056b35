package io.github.multus4j.result;

import io.github.multus4j.ec2.Ec2Exception;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first failure of a run.
 *
 * @param code its code, for programs
 * @param message the failed call, its id, and EC2's message if there is one
 * @param exception the exception, an {@link io.github.multus4j.ec2.Ec2Exception} if a call failed;
 *     null if there is none
 * @param findings the findings that block the plan; empty if the code is another than
 *     {@link Code#FINDINGS}
 */
public record Cause(Code code, String message, @Nullable RuntimeException exception, List<Finding> findings) {

    public Cause {
        findings = List.copyOf(findings);
    }

    /** Without findings. */
    public Cause(Code code, String message, @Nullable RuntimeException exception) {
        this(code, message, exception, List.of());
    }

    /** The kind of the failure. */
    public enum Code {
        /** The plan is blocked by findings; nothing was made. */
        FINDINGS,
        /** EC2 refused a call, or could not be reached. */
        EC2,
        /** The time ran out. */
        DEADLINE,
        /** The instance was terminated meanwhile. */
        INSTANCE_GONE,
        /** An interface of ours disappeared, or went to another instance. */
        INTERFACE_LOST,
        /** The thread was interrupted. */
        INTERRUPTED,
        /** An unexpected exception: a defect, here or in a port. */
        UNEXPECTED
    }

    /**
     * Whether the same run may succeed later without a repair: EC2 was busy or slow, the time ran
     * out, a subnet was full. False after a finding, a denial or a refused value. An event of such
     * a failure is worth another delivery, and its lifecycle hook stays open.
     */
    public boolean mayHeal() {
        return switch (code) {
            case DEADLINE, INTERRUPTED, INTERFACE_LOST -> true;
            case INSTANCE_GONE, UNEXPECTED -> false;
            case FINDINGS ->
                !findings.isEmpty()
                        && findings.stream().allMatch(finding -> finding.code().mayHeal());
            case EC2 -> exception instanceof Ec2Exception refusal && mayHeal(refusal);
        };
    }

    private static boolean mayHeal(Ec2Exception refusal) {
        return switch (refusal.kind()) {
            case DENIED, INVALID, NOT_FOUND, ADDRESS_UNUSABLE, INDEX_TAKEN -> false;
            // Deleted interfaces make room in the account's limit, never in that of an instance
            // type.
            case LIMIT_REACHED -> refusal.action().equals("CreateNetworkInterface");
            default -> true;
        };
    }

    @Override
    public String toString() {
        return message;
    }
}
