package io.github.multus4j.internal.pod;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.pod.AddressPlan.Assignment;
import io.github.multus4j.pod.AddressReport.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Assigns the planned addresses of one interface and family: with one call, if it can.
 *
 * <ul>
 *   <li>Free addresses and prefixes: one call without reassignment. If another has taken one
 *   meanwhile, EC2 refuses.
 *   <li>IPv4 addresses that another interface has: one call with reassignment. They are never
 *   unassigned first, as that would cost an Elastic IP address its association. The two calls stay
 *   apart so that no free address is taken from an interface that the plan does not know.
 *   <li>IPv6 addresses and prefixes that another interface has: unassigned there, then assigned
 *   here.
 * </ul>
 *
 * A refused call changes nothing. It is repeated without the addresses that EC2 names; if EC2 names
 * none, with each half of them, so that one bad claim does not disturb the others.
 */
final class InterfaceUpdate implements Runnable {

    private final AddressCalls calls;
    private final List<Assignment> assignments;
    private final String to;
    private final boolean ipv4;
    private final List<Assignment> done = new ArrayList<>();
    private final List<Failure> failed = new ArrayList<>();

    /** The refusal after which no further address has room; null if there was none. */
    private @Nullable Ec2Exception full;

    private List<Failure> unfinished = List.of();
    private volatile boolean ended;

    /** @param assignments all of one interface and family */
    InterfaceUpdate(AddressCalls calls, List<Assignment> assignments) {
        this.calls = calls;
        this.assignments = assignments;
        this.to = assignments.get(0).to().id();
        this.ipv4 = assignments.get(0).block().isIpv4();
    }

    /** The addresses that EC2 has assigned; none while the calls have not ended. */
    List<Assignment> done() {
        return ended ? done : List.of();
    }

    /** Those that it has not, each with the reason. */
    List<Failure> failed() {
        return ended ? failed : unfinished;
    }

    /** Counts all addresses as failed, if the calls have not ended: their outcome is unknown. */
    void endUnfinished(String reason) {
        unfinished = failures(
                assignments, new Ec2Exception(Kind.OUTCOME_UNKNOWN, "the assignment to " + to, "NotEnded", reason));
    }

    /** Makes the calls. */
    @Override
    public void run() {
        assign(assignments.stream().filter(this::movesInOneCall).toList(), true);
        List<Assignment> free = new ArrayList<>(
                assignments.stream().filter(each -> !each.isTakeover()).toList());
        free.addAll(release(assignments.stream()
                .filter(each -> each.isTakeover() && !movesInOneCall(each))
                .toList()));
        assign(free, false);
        ended = true;
    }

    private boolean movesInOneCall(Assignment assignment) {
        return assignment.isTakeover() && ipv4 && !assignment.isPrefix();
    }

    /** Takes the addresses off their holders; those that are off. */
    private List<Assignment> release(List<Assignment> assignments) {
        Map<String, List<Assignment>> byHolder = new LinkedHashMap<>();
        for (Assignment each : assignments) {
            String holder = Objects.requireNonNull(each.from()).id();
            byHolder.computeIfAbsent(holder, id -> new ArrayList<>()).add(each);
        }
        List<Assignment> off = new ArrayList<>();
        byHolder.forEach((holder, held) -> {
            try {
                calls.unassign(holder, blocks(held));
                off.addAll(held);
            } catch (RuntimeException e) {
                Ec2Exception failure = Ec2Exception.ofPort("the unassignment from " + holder, e);
                if (failure.kind() == Kind.ADDRESS_NOT_ASSIGNED || failure.kind() == Kind.NOT_FOUND) {
                    off.addAll(held); // Another has taken it off; EC2 decides in the next call.
                } else {
                    fail(held, failure);
                }
            }
        });
        return off;
    }

    private void assign(List<Assignment> assignments, boolean allowReassignment) {
        if (assignments.isEmpty()) {
            return;
        }
        if (full != null) {
            fail(assignments, full);
            return;
        }
        try {
            calls.assign(to, blocks(assignments), allowReassignment);
            done.addAll(assignments);
        } catch (RuntimeException e) {
            assignOthers(assignments, allowReassignment, Ec2Exception.ofPort("the assignment to " + to, e));
        }
    }

    /** Goes on after a refusal, with those that it does not concern. */
    private void assignOthers(List<Assignment> refused, boolean allowReassignment, Ec2Exception refusal) {
        if (refused.size() == 1 || !isAboutAddresses(refusal)) {
            fail(refused, refusal);
            if (refusal.kind() == Kind.LIMIT_REACHED || refusal.kind() == Kind.SUBNET_FULL) {
                full = refusal;
            }
            return;
        }
        List<Assignment> named = refused.stream()
                .filter(each -> refusal.addresses().stream().anyMatch(each.block()::contains))
                .toList();
        if (named.isEmpty()) {
            int half = refused.size() / 2;
            assign(refused.subList(0, half), allowReassignment);
            assign(refused.subList(half, refused.size()), allowReassignment);
        } else {
            fail(named, refusal);
            assign(refused.stream().filter(each -> !named.contains(each)).toList(), allowReassignment);
        }
    }

    /** Whether another address could be accepted. */
    private static boolean isAboutAddresses(Ec2Exception e) {
        return switch (e.kind()) {
            case ADDRESS_IN_USE, ADDRESS_UNUSABLE, LIMIT_REACHED, SUBNET_FULL, INVALID -> true;
            default -> false;
        };
    }

    private void fail(List<Assignment> refused, Ec2Exception cause) {
        failed.addAll(failures(refused, cause));
    }

    private static List<Failure> failures(List<Assignment> assignments, Ec2Exception cause) {
        return assignments.stream()
                .flatMap(each -> each.claims().stream())
                .map(claim -> new Failure(claim, cause))
                .toList();
    }

    private static List<Cidr> blocks(List<Assignment> assignments) {
        return assignments.stream().map(Assignment::block).toList();
    }
}
