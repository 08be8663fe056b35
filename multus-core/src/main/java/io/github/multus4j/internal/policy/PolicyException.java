package io.github.multus4j.internal.policy;

import io.github.multus4j.nodegroup.AddressAllocation;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.nodegroup.SubnetSelection;
import io.github.multus4j.result.Finding;
import org.jspecify.annotations.Nullable;

/**
 * A policy of the user's (a {@link SubnetSelection}, {@link SecurityGroups} or {@link AddressAllocation}) gave a wrong answer, threw, or gave
 * no answer in time. The message names the policy, the question, and what would be right. A run turns it into a finding.
 */
public final class PolicyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure of a policy.
     *
     * @param message the policy, what it did, and what would be right
     * @param cause what the policy threw; null if it threw nothing
     */
    public PolicyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The failure as a finding of the node. */
    public Finding finding() {
        return new Finding(Finding.Code.POLICY_FAILED, String.valueOf(getMessage()), thrown());
    }

    /** What the policy threw, in this exception if it was no {@link RuntimeException}; null if it threw nothing. */
    public @Nullable RuntimeException thrown() {
        Throwable cause = getCause();
        if (cause == null) {
            return null;
        }
        return cause instanceof RuntimeException exception ? exception : this;
    }
}
