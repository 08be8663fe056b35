package io.github.multus4j.pod;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.pod.AddressPlan.Assignment;
import io.github.multus4j.pod.AddressPlan.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans the addresses of a node's Pods. Pure, and total: every claim is kept, assigned, refused, or
 * waits to be selected.
 *
 * <p>GOALS, in this order: no address is taken from a living Pod that holds it by right; every
 * active claim has its address on its interface; a right address is left as it is.
 *
 * <p>CONSTRAINTS: an interface is found by its MAC address or device index, never by a CIDR block
 * alone, so two interfaces in one subnet are told apart. The primary interface, interfaces without
 * {@code no_manage=true}, primary addresses and the addresses that EC2 reserves are never touched.
 *
 * <p>ALGORITHM: claims of one block are looked at together. If they fit several interfaces of the
 * node, one wins: the interface that has the address, else the oldest Pod's. If that interface has
 * the block, or a prefix around it, the claims are kept. Otherwise the interface that has it
 * decides ({@link TakeoverRule}); without one the address is free. Example: {@code 10.0.4.50} is
 * claimed by a Pod here, and an interface of another node has it, whose Pod is gone: it is assigned
 * here, from there.
 */
public final class AddressPlanner {

    private final NodeState state;
    private final ClaimCheck check;
    private final AddressRoom room;
    private final List<Claim> kept = new ArrayList<>();
    private final List<Assignment> assignments = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private AddressPlanner(NodeState state, PodAddressRules rules) {
        this.state = state;
        this.check = new ClaimCheck(state, rules, warnings);
        this.room = new AddressRoom(state.instanceType());
    }

    /** Plans the addresses of a node. */
    public static AddressPlan plan(NodeState state, PodAddressRules rules) {
        AddressPlanner planner = new AddressPlanner(state, rules);
        planner.plan();
        return new AddressPlan(
                state.instanceId(), planner.kept, planner.assignments, planner.refusals, planner.warnings);
    }

    /** A claim, and the interface of the node that it fits. */
    private record Fitted(Claim claim, NetworkInterface networkInterface) {

        boolean isThere() {
            return Holdings.covers(networkInterface, claim.block());
        }
    }

    private void plan() {
        Map<Cidr, List<Fitted>> byBlock = new LinkedHashMap<>();
        for (Claim claim : state.claims()) {
            if (claim.isActive()) {
                fit(claim)
                        .ifPresent(fitted -> byBlock.computeIfAbsent(claim.block(), block -> new ArrayList<>())
                                .add(fitted));
            }
        }
        // Prefixes first: addresses in them need no call of their own.
        byBlock.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(Cidr::prefixLength)))
                .forEach(claims -> plan(claims.getValue()));
    }

    private Optional<Fitted> fit(Claim claim) {
        return check.interfaceOf(claim, refusals)
                .filter(networkInterface -> check.isAcceptable(claim, networkInterface, refusals))
                .map(networkInterface -> new Fitted(claim, networkInterface));
    }

    /** Plans the claims of one block. */
    private void plan(List<Fitted> claims) {
        Fitted winner = claims.stream().filter(Fitted::isThere).findFirst().orElse(claims.get(0));
        List<Claim> served = new ArrayList<>();
        for (Fitted each : claims) {
            if (each.networkInterface().id().equals(winner.networkInterface().id())) {
                served.add(each.claim());
            } else {
                refusals.add(new Refusal(
                        each.claim(),
                        Refusal.Code.CLAIMED_TWICE,
                        winner.claim().pod() + " claims it on "
                                + winner.networkInterface().id() + " of the same node, and this Pod on "
                                + each.networkInterface().id() + "; give one of them another address"));
            }
        }
        warnOfDuplicates(served);
        if (winner.isThere() || isInAssignedPrefix(winner)) {
            kept.addAll(served);
        } else {
            assign(winner, served);
        }
    }

    private void assign(Fitted winner, List<Claim> served) {
        NetworkInterface to = winner.networkInterface();
        Cidr block = winner.claim().block();
        TakeoverRule.Decision decision = new TakeoverRule(state).decide(winner.claim(), to);
        if (decision.refusal() != null) {
            served.forEach(claim -> refusals.add(new Refusal(claim, decision.refusal(), decision.message())));
        } else if (!room.take(to, block)) {
            served.forEach(claim -> refusals.add(new Refusal(claim, Refusal.Code.NO_ROOM, room.full(to, block))));
        } else {
            assignments.add(new Assignment(served, to, decision.from()));
        }
    }

    private boolean isInAssignedPrefix(Fitted fitted) {
        return assignments.stream()
                .anyMatch(assignment -> assignment
                                .block()
                                .contains(fitted.claim().block())
                        && assignment.to().id().equals(fitted.networkInterface().id()));
    }

    private void warnOfDuplicates(List<Claim> served) {
        List<Pod.Ref> pods = served.stream()
                .filter(claim -> claim.standing() == Claim.Standing.FIXED)
                .map(Claim::pod)
                .distinct()
                .toList();
        if (pods.size() > 1) {
            warnings.add(served.get(0).address() + " is claimed by " + pods.size() + " living Pods of one node: " + pods
                    + "; check the IPAM of " + served.get(0).network());
        }
    }
}
