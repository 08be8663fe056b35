package io.github.multus4j.internal.pod;

import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.run.Run;
import io.github.multus4j.internal.run.RunStoppedException;
import io.github.multus4j.pod.AddressPlan;
import io.github.multus4j.pod.AddressPlan.Assignment;
import io.github.multus4j.pod.AddressPlanner;
import io.github.multus4j.pod.AddressReport;
import io.github.multus4j.pod.NodePods;
import io.github.multus4j.pod.PodAddressRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Observes, plans and applies the addresses of a node's Pods. After a failure that a read may clear
 * up (an unknown outcome, an address that another took meanwhile) it begins anew, a few times; then
 * the caller's next call continues from the state that EC2 shows.
 */
public final class AddressReconciler {

    private static final Set<Kind> CLEARED_BY_A_READ =
            Set.of(Kind.OUTCOME_UNKNOWN, Kind.ADDRESS_IN_USE, Kind.ADDRESS_NOT_ASSIGNED, Kind.NOT_FOUND);

    private final NodeReader reader;
    private final Ec2Addresses ec2;
    private final PodAddressRules rules;

    public AddressReconciler(NodeReader reader, Ec2Addresses ec2, PodAddressRules rules) {
        this.reader = reader;
        this.ec2 = ec2;
        this.rules = rules;
    }

    /**
     * The plan for a node; makes reads only.
     *
     * @throws Ec2Exception if EC2 could not be read in time
     */
    public AddressPlan plan(Run run, NodePods node) {
        String action = "reading the addresses of " + node.instanceId();
        try {
            return AddressPlanner.plan(reader.read(run, node), rules);
        } catch (RunStoppedException e) {
            throw new Ec2Exception(
                    Kind.UNAVAILABLE,
                    action,
                    e.because().code().name(),
                    e.because().message());
        } catch (RuntimeException e) {
            throw Ec2Exception.ofPort(action, e);
        }
    }

    /** Gives the claims of a node's Pods their addresses. */
    public AddressReport assign(Run run, NodePods node) {
        List<Assignment> assigned = new ArrayList<>();
        AddressReport report = round(run, plan(run, node), assigned);
        for (int round = 0; round < Timing.ADDRESS_ROUNDS && mayBeClearedByARead(report); round++) {
            try {
                run.pause(round, "the addresses of " + node.instanceId());
                report = round(run, plan(run, node), assigned);
            } catch (RunStoppedException | Ec2Exception e) {
                return report; // It names the failures; the caller's next call reads again.
            }
        }
        return report;
    }

    /**
     * Applies a plan.
     *
     * @param assigned the addresses that all rounds have assigned
     */
    private AddressReport round(Run run, AddressPlan plan, List<Assignment> assigned) {
        AddressCalls calls = new AddressCalls(ec2, run.workDeadline());
        List<InterfaceUpdate> updates =
                AddressCalls.byTarget(plan.assignments(), Assignment::to, Assignment::block).stream()
                        .map(assignments -> new InterfaceUpdate(calls, assignments))
                        .toList();
        try {
            run.sideBySide(updates);
        } catch (RunStoppedException e) {
            updates.forEach(update -> update.endUnfinished(e.because().message()));
        }
        List<Assignment> done =
                updates.stream().flatMap(update -> update.done().stream()).toList();
        assigned.addAll(done);
        return new AddressReport(
                plan.instanceId(),
                Stream.concat(plan.kept().stream(), done.stream().flatMap(each -> each.claims().stream()))
                        .toList(),
                assigned,
                plan.refusals(),
                updates.stream().flatMap(update -> update.failed().stream()).toList(),
                plan.warnings());
    }

    private static boolean mayBeClearedByARead(AddressReport report) {
        return report.failed().stream()
                .anyMatch(failure -> CLEARED_BY_A_READ.contains(failure.cause().kind()));
    }
}
