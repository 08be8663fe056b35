package io.github.multus4j.result;

import io.github.multus4j.ec2.Ec2Exception;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first thing that went wrong in a run.
 *
 * @param code what it is, for programs
 * @param message what failed, on which id, in EC2's words where they are EC2's
 * @param exception what was thrown, an {@link io.github.multus4j.ec2.Ec2Exception} if a call failed; null if nothing was
 * @param findings the findings that the plan is blocked by; empty if the code is another than {@link Code#FINDINGS}
 */
public record Cause(Code code, String message, @Nullable RuntimeException exception, List<Finding> findings) {

    public Cause {
        findings = List.copyOf(findings);
    }

    /** Without findings. */
    public Cause(Code code, String message, @Nullable RuntimeException exception) {
        this(code, message, exception, List.of());
    }

    /** What went wrong. */
    public enum Code {
        /** The plan found something in the way; nothing was made. */
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
        /** Something threw what it may not throw: a defect, here or in a port. */
        UNEXPECTED
    }

    /**
     * Whether the same run may succeed later although nobody mends anything: EC2 was busy or slow, the
     * time ran out, a subnet was full. Not so after a finding, a denial or a refused value. An event of
     * such a failure is worth another delivery, and its lifecycle hook is left open.
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
            // The account's limit makes room when interfaces go; that of an instance type never does.
            case LIMIT_REACHED -> refusal.action().equals("CreateNetworkInterface");
            default -> true;
        };
    }

    @Override
    public String toString() {
        return message;
    }
}
