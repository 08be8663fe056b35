package io.github.multus4j.internal.pod;

import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.run.Run;
import io.github.multus4j.pod.AddressPlan;
import io.github.multus4j.pod.AddressPlan.Assignment;
import io.github.multus4j.pod.AddressPlanner;
import io.github.multus4j.pod.AddressReport;
import io.github.multus4j.pod.AddressReport.Failure;
import io.github.multus4j.pod.Claim;
import io.github.multus4j.pod.NodePods;
import io.github.multus4j.pod.PodAddressRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Observes, plans and applies the addresses of a node's Pods. After a failure that a read may clear
 * up (an unknown outcome, an address that another took meanwhile) it begins anew, a few times; then
 * the caller's next call continues from the state that EC2 shows.
 */
public final class AddressReconciler {

    private static final Set<Ec2Exception.Kind> CLEARED_BY_A_READ = Set.of(
            Ec2Exception.Kind.OUTCOME_UNKNOWN,
            Ec2Exception.Kind.ADDRESS_IN_USE,
            Ec2Exception.Kind.ADDRESS_NOT_ASSIGNED,
            Ec2Exception.Kind.NOT_FOUND);

    private final NodeReader reader;
    private final Ec2Addresses ec2;
    private final PodAddressRules rules;

    public AddressReconciler(NodeReader reader, Ec2Addresses ec2, PodAddressRules rules) {
        this.reader = reader;
        this.ec2 = ec2;
        this.rules = rules;
    }

    /** The plan for a node; makes reads only. */
    public AddressPlan plan(Run run, NodePods node) {
        return AddressPlanner.plan(reader.read(run, node), rules);
    }

    /** Gives the claims of a node's Pods their addresses. */
    public AddressReport assign(Run run, NodePods node) {
        List<Assignment> assigned = new ArrayList<>();
        for (int round = 0; ; round++) {
            AddressPlan plan = plan(run, node);
            List<InterfaceUpdate> updates = apply(run, plan);
            updates.forEach(update -> assigned.addAll(update.done()));
            List<Failure> failed =
                    updates.stream().flatMap(update -> update.failed().stream()).toList();
            if (round >= Timing.ADDRESS_ROUNDS || failed.stream().noneMatch(AddressReconciler::isClearedByARead)) {
                return report(plan, assigned, failed);
            }
            run.pause(round, "the addresses of " + node.instanceId());
        }
    }

    private List<InterfaceUpdate> apply(Run run, AddressPlan plan) {
        Map<String, List<Assignment>> byCall = new LinkedHashMap<>();
        for (Assignment each : plan.assignments()) {
            String key = each.to().id() + each.block().isIpv4();
            byCall.computeIfAbsent(key, first -> new ArrayList<>()).add(each);
        }
        List<InterfaceUpdate> updates = byCall.values().stream()
                .map(assignments -> new InterfaceUpdate(ec2, run.workDeadline(), assignments))
                .toList();
        run.sideBySide(updates);
        return updates;
    }

    private static boolean isClearedByARead(Failure failure) {
        return failure.cause() instanceof Ec2Exception e && CLEARED_BY_A_READ.contains(e.kind());
    }

    private static AddressReport report(AddressPlan plan, List<Assignment> assigned, List<Failure> failed) {
        List<Claim> present = new ArrayList<>(plan.kept());
        assigned.stream()
                .flatMap(each -> each.claims().stream())
                .filter(claim -> !present.contains(claim))
                .forEach(present::add);
        return new AddressReport(plan.instanceId(), present, assigned, plan.refusals(), failed, plan.warnings());
    }
}
