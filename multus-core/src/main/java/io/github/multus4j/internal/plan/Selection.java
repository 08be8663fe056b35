package io.github.multus4j.internal.plan;

import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.result.Plan;
import java.util.List;

/**
 * The subnets of an instance, and the security groups of each. They are needed for the second round
 * of reads.
 *
 * @param subnets the subnets of the instance's zone, in device order
 * @param securityGroupIds the groups of each, in the same order
 * @param warnings observations that do not stop the run
 */
public record Selection(List<Subnet> subnets, List<List<String>> securityGroupIds, List<String> warnings) {

    public Selection {
        subnets = List.copyOf(subnets);
        securityGroupIds = List.copyOf(securityGroupIds);
        warnings = List.copyOf(warnings);
        if (subnets.isEmpty()) {
            throw new IllegalArgumentException("a selection has at least one subnet");
        }
        if (subnets.size() != securityGroupIds.size()) {
            throw new IllegalArgumentException(
                    subnets.size() + " subnets with security groups for " + securityGroupIds.size());
        }
        long different = subnets.stream().map(Subnet::id).distinct().count();
        if (different != subnets.size()) {
            throw new IllegalArgumentException("a subnet is selected twice: "
                    + subnets.stream().map(Subnet::id).toList());
        }
    }

    /** The ids of the subnets. */
    public List<String> subnetIds() {
        return subnets.stream().map(Subnet::id).toList();
    }

    /** Every group, once. */
    public List<String> allSecurityGroupIds() {
        return securityGroupIds.stream().flatMap(List::stream).distinct().toList();
    }

    /** The selected subnets and groups, or the reason why there are none. */
    public sealed interface Choice {

        /** These apply. */
        record Selected(Selection selection) implements Choice {}

        /** The plan is known already: not for us, or blocked. */
        record Settled(Plan plan) implements Choice {}
    }
}
