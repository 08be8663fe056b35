package io.github.multus4j.internal.pod;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.Ec2Addresses.AddressList;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.pod.AddressPlan.Assignment;
import io.github.multus4j.pod.AddressReport.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
 * none, with each address alone, so that one bad claim does not disturb the others.
 */
final class InterfaceUpdate implements Runnable {

    private final Ec2Addresses ec2;
    private final Deadline deadline;
    private final List<Assignment> assignments;
    private final String to;
    private final boolean ipv4;
    private final List<Assignment> done = new ArrayList<>();
    private final List<Failure> failed = new ArrayList<>();

    /** @param assignments all of one interface and family */
    InterfaceUpdate(Ec2Addresses ec2, Deadline deadline, List<Assignment> assignments) {
        this.ec2 = ec2;
        this.deadline = deadline;
        this.assignments = assignments;
        this.to = assignments.get(0).to().id();
        this.ipv4 = assignments.get(0).block().isIpv4();
    }

    /** The addresses that EC2 has assigned. */
    List<Assignment> done() {
        return done;
    }

    /** Those that it has not, each with the reason. */
    List<Failure> failed() {
        return failed;
    }

    /** Makes the calls. */
    @Override
    public void run() {
        List<Assignment> moved =
                assignments.stream().filter(this::movesInOneCall).toList();
        List<Assignment> released = assignments.stream()
                .filter(each -> each.isTakeover() && !movesInOneCall(each))
                .toList();
        assign(moved, true);
        List<Assignment> free = new ArrayList<>(
                assignments.stream().filter(each -> !each.isTakeover()).toList());
        free.addAll(release(released));
        assign(free, false);
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
                unassign(holder, list(held));
                off.addAll(held);
            } catch (Ec2Exception e) {
                if (e.kind() == Ec2Exception.Kind.ADDRESS_NOT_ASSIGNED || e.kind() == Ec2Exception.Kind.NOT_FOUND) {
                    off.addAll(held); // Another has taken it off; EC2 decides in the next call.
                } else {
                    fail(held, e);
                }
            }
        });
        return off;
    }

    private void unassign(String holder, AddressList list) {
        if (ipv4) {
            ec2.unassignPrivateIpAddresses(holder, list, deadline);
        } else {
            ec2.unassignIpv6Addresses(holder, list, deadline);
        }
    }

    private void assign(List<Assignment> assignments, boolean allowReassignment) {
        if (assignments.isEmpty()) {
            return;
        }
        try {
            AddressList list = list(assignments);
            if (ipv4) {
                ec2.assignPrivateIpAddresses(to, list, allowReassignment, deadline);
            } else {
                ec2.assignIpv6Addresses(to, list, deadline);
            }
            done.addAll(assignments);
        } catch (Ec2Exception e) {
            if (assignments.size() == 1 || !isAboutAddresses(e)) {
                fail(assignments, e);
                return;
            }
            List<Assignment> named = assignments.stream()
                    .filter(each -> e.addresses().stream().anyMatch(each.block()::contains))
                    .toList();
            if (named.isEmpty()) {
                assignments.forEach(each -> assign(List.of(each), allowReassignment));
            } else {
                fail(named, e);
                assign(
                        assignments.stream()
                                .filter(each -> !named.contains(each))
                                .toList(),
                        allowReassignment);
            }
        }
    }

    /** Whether another address could be accepted. */
    private static boolean isAboutAddresses(Ec2Exception e) {
        return switch (e.kind()) {
            case ADDRESS_IN_USE, ADDRESS_UNUSABLE, LIMIT_REACHED, SUBNET_FULL, INVALID -> true;
            default -> false;
        };
    }

    private void fail(List<Assignment> assignments, Ec2Exception cause) {
        assignments.stream()
                .flatMap(each -> each.claims().stream())
                .forEach(claim -> failed.add(new Failure(claim, cause)));
    }

    private static AddressList list(List<Assignment> assignments) {
        return AddressLists.of(assignments.stream().map(Assignment::block).toList());
    }
}
