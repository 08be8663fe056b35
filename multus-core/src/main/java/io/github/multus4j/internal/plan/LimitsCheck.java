package io.github.multus4j.internal.plan;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.TypeLimits;
import io.github.multus4j.result.Finding;
import io.github.multus4j.result.PlannedInterface;
import io.github.multus4j.result.PlannedInterface.Step;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Compares a plan with the limits of the instance type (<a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInfo.html">NetworkInfo</a>).
 * A certain violation blocks the plan, if the spec says so. A network card's own limit only warns,
 * since flexible ENA queues can raise it.
 */
final class LimitsCheck {

    private final NodeGroupSpec spec;
    private final Snapshot snapshot;
    private final Instance instance;
    private final List<Finding> findings;
    private final List<String> warnings;

    /** Adds its results to the two lists. */
    LimitsCheck(NodeGroupSpec spec, Snapshot snapshot, List<Finding> findings, List<String> warnings) {
        this.spec = spec;
        this.snapshot = snapshot;
        this.instance = snapshot.instance();
        this.findings = findings;
        this.warnings = warnings;
    }

    void check(List<PlannedInterface> interfaces) {
        List<PlannedInterface> toAttach =
                interfaces.stream().filter(i -> i.steps().contains(Step.ATTACH)).toList();
        InstanceType type = snapshot.instanceType();
        if (type == null) {
            if (!toAttach.isEmpty()) {
                warnings.add("EC2 does not tell the limits of instance type " + instance.type());
            }
            return;
        }
        int total = count(toAttach, card -> true);
        if (!toAttach.isEmpty()) {
            checkSure(type, toAttach, total);
        }
        if (findings.isEmpty()) {
            warnIfNothingIsLeft(type, interfaces, toAttach, total);
        }
    }

    private void checkSure(InstanceType type, List<PlannedInterface> toAttach, int total) {
        if (total > type.maximumNetworkInterfaces()) {
            exceeded(
                    Finding.Code.TOO_MANY_INTERFACES,
                    instance.id() + " would have " + total + " network interfaces, " + type.name() + " allows "
                            + type.maximumNetworkInterfaces() + ": take a larger type or fewer Multus subnets");
        }
        toAttach.stream()
                .map(PlannedInterface::networkCardIndex)
                .distinct()
                .sorted()
                .forEach(card -> checkCard(type, toAttach, card));
        if (!type.ipv6Supported() && toAttach.stream().anyMatch(i -> i.subnet().hasIpv6())) {
            exceeded(Finding.Code.NO_IPV6_ON_TYPE, type.name() + " does not support IPv6");
        }
    }

    private void checkCard(InstanceType type, List<PlannedInterface> toAttach, int index) {
        Optional<InstanceType.NetworkCard> card = type.networkCard(index);
        if (card.isEmpty()) {
            exceeded(
                    Finding.Code.NO_SUCH_NETWORK_CARD,
                    type.name() + " has no network card " + index + ", it has " + type.networkCards());
            return;
        }
        int onCard = count(toAttach, each -> each == index);
        int allowed = card.get().maximumNetworkInterfaces();
        if (onCard > allowed) {
            warnings.add("network card " + index + " of " + instance.id() + " would have " + onCard + " interfaces, "
                    + type.name() + " allows " + allowed);
        }
    }

    /**
     * The VPC CNI attaches further interfaces to network card 0 as Pods come, and one more (the
     * trunk) for security groups for Pods. After those have found a place there, a finished node
     * needs no warning.
     */
    private void warnIfNothingIsLeft(
            InstanceType type, List<PlannedInterface> interfaces, List<PlannedInterface> toAttach, int total) {
        boolean othersToo = snapshot.attachments().stream()
                .filter(a -> !a.isPrimary())
                .map(Attachment::networkInterfaceId)
                .anyMatch(id -> interfaces.stream()
                        .map(PlannedInterface::existing)
                        .noneMatch(existing -> existing != null && existing.id().equals(id)));
        if (toAttach.isEmpty() && othersToo) {
            return;
        }
        int allowed = type.networkCard(0)
                .map(InstanceType.NetworkCard::maximumNetworkInterfaces)
                .orElse(type.maximumNetworkInterfaces());
        boolean full = total == type.maximumNetworkInterfaces();
        if (full || count(toAttach, card -> card == 0) == allowed) {
            warnings.add((full ? "" : "network card 0 of ") + instance.id() + " (" + type.name() + ") has no interface"
                    + " left for the VPC CNI: it can attach neither further ones nor a trunk, and Pods beyond the"
                    + " addresses of those it has do not start; take a larger type, fewer Multus subnets"
                    + (type.networkCards().size() > 1 ? ", or another network card for some (NetworkCards)" : ""));
        }
    }

    /**
     * The number of interfaces on such cards. A detaching interface that is attached again counts
     * once.
     */
    private int count(List<PlannedInterface> toAttach, IntPredicate card) {
        Set<String> there = snapshot.attachments().stream()
                .filter(a -> card.test(a.networkCardIndex()))
                .map(Attachment::networkInterfaceId)
                .collect(Collectors.toCollection(TreeSet::new));
        toAttach.stream()
                .map(PlannedInterface::existing)
                .filter(Objects::nonNull)
                .forEach(existing -> there.remove(existing.id()));
        return there.size()
                + (int) toAttach.stream()
                        .filter(i -> card.test(i.networkCardIndex()))
                        .count();
    }

    private void exceeded(Finding.Code code, String message) {
        if (spec.typeLimits() == TypeLimits.REFUSE) {
            findings.add(new Finding(code, message));
        } else {
            warnings.add(message);
        }
    }
}
