package io.github.multus4j.internal.sweep;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.run.RunEnvironment;
import io.github.multus4j.result.SweepReport;
import io.github.multus4j.result.SweepReport.Fate;
import io.github.multus4j.result.SweepReport.Leak;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes leaks, one after the other. It is safe because EC2 refuses to delete an interface in use:
 * nothing is detached here.
 */
final class Removals {

    private final Ec2Network ec2;
    private final RunEnvironment environment;
    private final Deadline work;
    private final SweepBudget budget;

    Removals(Ec2Network ec2, RunEnvironment environment, Deadline work, SweepBudget budget) {
        this.ec2 = ec2;
        this.environment = environment;
        this.work = work;
        this.budget = budget;
    }

    List<Leak> of(List<Leak> leaks, SweepReport.Mode mode) {
        List<Leak> treated = new ArrayList<>();
        for (Leak leak : leaks) {
            Treatment treatment = budget.refusal();
            if (treatment == null) {
                treatment = mode == SweepReport.Mode.DRY_RUN
                        ? new Treatment(Fate.FOUND, "")
                        : delete(leak.networkInterfaceId());
                budget.count(treatment.fate());
            }
            treated.add(treatment.of(leak));
        }
        return treated;
    }

    /**
     * Every exception fails only this leak, also a defect of the port: the others are still
     * removed.
     */
    private Treatment delete(String id) {
        try {
            return deleteAndVerify(id);
        } catch (RuntimeException e) {
            Treatment failed = Treatment.failed(e);
            Ec2Exception.Kind kind = e instanceof Ec2Exception refusal ? refusal.kind() : null;
            if (kind == Ec2Exception.Kind.BUSY) {
                return new Treatment(Fate.KEPT, failed.note());
            }
            if (kind == Ec2Exception.Kind.DENIED) {
                budget.stop("after a denial: " + failed.note());
            }
            return failed;
        }
    }

    /**
     * A call without an answer is followed by a read, and repeated if the interface is unchanged.
     */
    private Treatment deleteAndVerify(String id) {
        for (int tries = 1; ; tries++) {
            try {
                ec2.deleteNetworkInterface(id, work);
                return new Treatment(Fate.DONE, "");
            } catch (Ec2Exception e) {
                if (e.kind() != Ec2Exception.Kind.OUTCOME_UNKNOWN) {
                    throw e;
                }
                Optional<NetworkInterface> seen = find(id, e);
                if (seen.isEmpty()) {
                    return new Treatment(Fate.DONE, "");
                }
                if (seen.get().status() != NetworkInterface.Status.AVAILABLE) {
                    return new Treatment(Fate.KEPT, "it is " + seen.get().status());
                }
                if (tries == Timing.DELETION_TRIES || !pause()) {
                    throw e;
                }
            }
        }
    }

    private Optional<NetworkInterface> find(String id, Ec2Exception unanswered) {
        try {
            return ec2.describeNetworkInterfaces(List.of(Filter.of("network-interface-id", id)), work).stream()
                    .findFirst();
        } catch (Ec2Exception e) {
            unanswered.addSuppressed(e);
            throw unanswered;
        }
    }

    /** Whether there is time for another attempt after it. */
    private boolean pause() {
        if (work.remaining(environment.clock()).compareTo(Timing.DELETION_PAUSE) <= 0) {
            return false;
        }
        try {
            environment.sleeper().sleep(Timing.DELETION_PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
