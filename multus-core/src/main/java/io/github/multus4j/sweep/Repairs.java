package io.github.multus4j.sweep;

import io.github.multus4j.attach.Attacher;
import io.github.multus4j.attach.Cause;
import io.github.multus4j.attach.Outcome;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.plan.Plan;
import io.github.multus4j.sweep.SweepReport.Fate;
import io.github.multus4j.sweep.SweepReport.UnreadyNode;
import java.util.ArrayList;
import java.util.List;

/** Makes nodes ready, or plans it, one after the other. */
final class Repairs {

    private final Attacher attacher;
    private final NodeGroupSpec spec;
    private final Deadline deadline;
    private final Allowance allowance;

    /**
     * @param deadline of each run: when it has ended, its roll-back included
     */
    Repairs(Attacher attacher, NodeGroupSpec spec, Deadline deadline, Allowance allowance) {
        this.attacher = attacher;
        this.spec = spec;
        this.deadline = deadline;
        this.allowance = allowance;
    }

    List<UnreadyNode> of(List<UnreadyNode> nodes, SweepMode mode) {
        List<UnreadyNode> told = new ArrayList<>();
        for (UnreadyNode node : nodes) {
            Verdict refusal = allowance.refusal();
            if (refusal != null) {
                told.add(node.with(refusal));
                continue;
            }
            UnreadyNode treated = treat(node, mode);
            allowance.count(treated.fate());
            told.add(treated);
        }
        return told;
    }

    private UnreadyNode treat(UnreadyNode node, SweepMode mode) {
        try {
            return mode == SweepMode.DRY_RUN ? plan(node) : attach(node);
        } catch (RuntimeException e) {
            return node.with(Verdict.failed(e)); // a defect, too, is this one's: not a reason to leave the others
        }
    }

    private UnreadyNode plan(UnreadyNode node) {
        Plan plan = attacher.plan(node.instanceId(), spec, deadline);
        return node.with(plan instanceof Plan.Blocked ? Fate.BLOCKED : Fate.FOUND, plan);
    }

    private UnreadyNode attach(UnreadyNode node) {
        Outcome outcome = attacher.attach(node.instanceId(), spec, deadline, () -> {});
        Fate fate = outcome.fold(
                attached -> Fate.DONE,
                complete -> Fate.DONE,
                skipped -> Fate.KEPT,
                failed -> failed.cause().code() == Cause.Code.FINDINGS ? Fate.BLOCKED : Fate.FAILED);
        return node.with(fate, outcome);
    }
}
