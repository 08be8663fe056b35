package io.github.multus4j.pod;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.pod.ReleasePlan.Memory;
import io.github.multus4j.pod.ReleasePlan.Release;
import java.util.List;

/**
 * The result of one look at a cluster's addresses.
 *
 * @param released the addresses that are gone from their interfaces
 * @param failed the addresses that EC2 did not release; the next look tries again
 * @param memory the memory for the next look
 * @param reasons the reasons why addresses without a claim stay, for logs
 */
public record ReleaseReport(List<Release> released, List<Failure> failed, Memory memory, List<String> reasons) {

    public ReleaseReport {
        released = List.copyOf(released);
        failed = List.copyOf(failed);
        reasons = List.copyOf(reasons);
    }

    /**
     * An address that EC2 did not release.
     *
     * @param release the address
     * @param cause EC2's answer, or the lack of one
     */
    public record Failure(Release release, Ec2Exception cause) {

        @Override
        public String toString() {
            return release + ": " + cause.getMessage();
        }
    }
}
