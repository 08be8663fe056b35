package io.github.multus4j.internal.policy;

import io.github.multus4j.nodegroup.AddressAllocation;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.nodegroup.SubnetSelection;
import io.github.multus4j.result.Finding;
import org.jspecify.annotations.Nullable;

/**
 * A user's policy (a {@link SubnetSelection}, {@link SecurityGroups} or {@link AddressAllocation})
 * gave a wrong result, threw, or gave no result in time. The message names the policy, the method,
 * and the expected result. A run turns it into a finding.
 */
public final class PolicyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure of a policy.
     *
     * @param message the policy, its failure, and the expected result
     * @param cause the exception of the policy; null if there is none
     */
    public PolicyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The failure as a finding of the node. */
    public Finding finding() {
        return new Finding(Finding.Code.POLICY_FAILED, String.valueOf(getMessage()), thrown());
    }

    /**
     * The exception of the policy, wrapped in this exception if it was no {@link RuntimeException};
     * null if there is none.
     */
    public @Nullable RuntimeException thrown() {
        Throwable cause = getCause();
        if (cause == null) {
            return null;
        }
        return cause instanceof RuntimeException exception ? exception : this;
    }
}
