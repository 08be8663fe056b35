package io.github.multus4j.pod;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.ReservedAddresses;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.pod.AddressPlan.Refusal;
import io.github.multus4j.pod.AddressPlan.Refusal.Code;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the interface of a claim, and checks that it may have the address. */
final class ClaimCheck {

    private final NodeState state;
    private final PodAddressRules rules;
    private final List<String> warnings;

    ClaimCheck(NodeState state, PodAddressRules rules, List<String> warnings) {
        this.state = state;
        this.rules = rules;
        this.warnings = warnings;
    }

    /** The Multus interface that the claim names; empty, with a refusal, if there is not one. */
    Optional<NetworkInterface> interfaceOf(Claim claim, List<Refusal> refusals) {
        List<NetworkInterface> fitting = state.interfaces().stream()
                .filter(candidate -> candidate.isAttachedTo(state.instanceId()))
                .filter(candidate -> names(claim, candidate))
                .toList();
        if (fitting.size() != 1) {
            refusals.add(
                    fitting.isEmpty()
                            ? new Refusal(
                                    claim,
                                    Code.NO_INTERFACE,
                                    state.instanceId() + " has no interface with " + hint(claim)
                                            + "; it may not be attached yet")
                            : new Refusal(
                                    claim,
                                    Code.SEVERAL_INTERFACES,
                                    "several interfaces of " + state.instanceId() + " have " + hint(claim) + ": "
                                            + fitting.stream()
                                                    .map(NetworkInterface::id)
                                                    .toList()
                                            + "; give the claim a MAC address"));
            return Optional.empty();
        }
        NetworkInterface found = fitting.get(0);
        if (!TakeoverRule.isMultusInterface(found)) {
            refusals.add(new Refusal(
                    claim,
                    Code.NOT_A_MULTUS_INTERFACE,
                    found.id() + " has " + hint(claim) + ", and is the primary interface or lacks the tag"
                            + " node.k8s.amazonaws.com/no_manage=true: its addresses are the VPC CNI's"));
            return Optional.empty();
        }
        return Optional.of(found);
    }

    private boolean names(Claim claim, NetworkInterface candidate) {
        if (claim.macAddress() != null) {
            return candidate.macAddress().toLowerCase(Locale.ROOT).equals(claim.macAddress());
        }
        return candidate.attachment() != null
                && claim.deviceIndex() != null
                && candidate.attachment().deviceIndex() == claim.deviceIndex();
    }

    private static String hint(Claim claim) {
        return claim.macAddress() != null ? "MAC address " + claim.macAddress() : "device index " + claim.deviceIndex();
    }

    /** Whether that interface may have the address; if not, with a refusal. */
    boolean isAcceptable(Claim claim, NetworkInterface networkInterface, List<Refusal> refusals) {
        Cidr block = claim.block();
        Optional<Subnet> subnet = state.subnetOf(networkInterface);
        if (subnet.isEmpty() || Holdings.covers(networkInterface, block)) {
            return true; // EC2 decides, or has decided.
        }
        Optional<Cidr> around = subnet.get().cidrs().stream()
                .filter(cidr -> cidr.contains(block))
                .findFirst();
        if (around.isEmpty()) {
            refusals.add(new Refusal(
                    claim,
                    Code.NOT_IN_SUBNET,
                    networkInterface.id() + " lies in " + subnet.get().id() + " "
                            + subnet.get().cidrs() + "; EC2 assigns only addresses of that subnet"));
            return false;
        }
        if (ReservedAddresses.of(around.get()).countAbsent(block).compareTo(block.size()) < 0) {
            refusals.add(new Refusal(
                    claim,
                    Code.RESERVED_BY_EC2,
                    "EC2 reserves the first four and the last address of " + around.get()));
            return false;
        }
        return isForPods(claim, subnet.get(), refusals);
    }

    private boolean isForPods(Claim claim, Subnet subnet, List<Refusal> refusals) {
        List<Cidr> ranges = Stream.concat(
                        rules.podRanges().stream(),
                        state.reservations().stream()
                                .filter(reservation -> reservation.subnetId().equals(subnet.id()))
                                .filter(reservation -> reservation.type().equals("explicit"))
                                .map(Subnet.CidrReservation::cidr))
                .filter(range -> subnet.cidrs().stream().anyMatch(cidr -> cidr.overlaps(range)))
                .filter(range -> range.isIpv4() == claim.block().isIpv4())
                .toList();
        if (ranges.isEmpty() || ranges.stream().anyMatch(range -> range.contains(claim.block()))) {
            return true;
        }
        String message = "it lies outside the ranges for Pods in " + subnet.id() + ": " + ranges
                + "; a node or another service may get it first";
        if (rules.refuseOthers()) {
            refusals.add(new Refusal(claim, Code.NOT_FOR_PODS, message));
            return false;
        }
        warnings.add(claim + ": " + message);
        return true;
    }
}
