package io.github.multus4j.internal.apply;

import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.plan.UsedTokens;
import io.github.multus4j.internal.run.Run;
import io.github.multus4j.nodegroup.OwnerTags;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the instance's tag with the used client tokens, for the next run. The run's result is
 * known by then, and a failure to write the tag does not change it.
 */
final class UsedTokensTag {

    private final Ec2Network ec2;
    private final Run run;

    UsedTokensTag(Ec2Network ec2, Run run) {
        this.ec2 = ec2;
        this.run = run;
    }

    /**
     * Writes the tag if the run learned of used tokens that are not in it.
     *
     * @param seen the instance as the run saw it
     * @param removed the interfaces that the run has removed
     * @return a warning if the tag could not be written
     */
    Optional<String> write(Instance seen, List<InterfaceAttachment> interfaces, Collection<String> removed) {
        UsedTokens known = UsedTokens.of(seen);
        if (learned(known, interfaces, removed).equals(known)) {
            return Optional.empty();
        }
        String instanceId = seen.id();
        try {
            // Runs beside this one may have written more since it began.
            UsedTokens now =
                    UsedTokens.of(ec2.describeInstance(instanceId, run.end()).orElse(seen));
            UsedTokens more = learned(now, interfaces, removed);
            if (!more.equals(now)) {
                // Not repeated without an answer: the tag may be written, and a run can do without
                // it.
                ec2.createTags(instanceId, Map.of(OwnerTags.USED_TOKENS, more.toString()), run.end());
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            // Also after a defect of the port: the run's own result is known.
            return Optional.of("the tag " + OwnerTags.USED_TOKENS + " could not be written to " + instanceId
                    + ", so the next run for it takes about " + Timing.SETTLING.toSeconds()
                    + " seconds longer; allow ec2:CreateTags on instances: "
                    + run.causeOf(e, instanceId).message());
        }
    }

    private static UsedTokens learned(
            UsedTokens before, List<InterfaceAttachment> interfaces, Collection<String> removed) {
        UsedTokens after = before;
        for (InterfaceAttachment each : interfaces) {
            after = after.withFirstFree(each.planned().slot().subnetId(), each.firstFreeToken(removed));
        }
        return after;
    }
}
