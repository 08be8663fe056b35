package io.github.multus4j.pod;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.pod.AddressPlan.Assignment;
import io.github.multus4j.pod.AddressPlan.Refusal;
import java.util.List;

/**
 * The result of one call of {@code PodAddresses.assign}. Every active claim is in exactly one of
 * the lists.
 *
 * @param instanceId the node's instance
 * @param present the claims whose address EC2 shows on their interface, or has just assigned
 * @param assigned the addresses among them that this call assigned
 * @param refused the claims that cannot be served
 * @param failed the claims that EC2 refused, or gave no answer for; nothing is known to be done
 * @param warnings observations that stopped nothing
 */
public record AddressReport(
        String instanceId,
        List<Claim> present,
        List<Assignment> assigned,
        List<Refusal> refused,
        List<Failure> failed,
        List<String> warnings) {

    public AddressReport {
        present = List.copyOf(present);
        assigned = List.copyOf(assigned);
        refused = List.copyOf(refused);
        failed = List.copyOf(failed);
        warnings = List.copyOf(warnings);
    }

    /** Whether every active claim has its address. */
    public boolean isComplete() {
        return refused.isEmpty() && failed.isEmpty();
    }

    /**
     * A claim that EC2 did not serve.
     *
     * @param claim the claim
     * @param cause EC2's answer, or the lack of one
     */
    public record Failure(Claim claim, Ec2Exception cause) {

        @Override
        public String toString() {
            return claim + ": " + cause.getMessage();
        }
    }
}
