package io.github.multus4j.plan;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.TypeLimits;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds a plan against the limits of the instance type
 * (<a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInfo.html">NetworkInfo</a>). What is sure stands in the way, if the
 * spec says so; a network card's own limit only warns, since flexible ENA queues can raise it.
 */
final class LimitsCheck {

    private final NodeGroupSpec spec;
    private final Snapshot snapshot;
    private final Instance instance;
    private final List<Finding> findings;
    private final List<String> warnings;

    /** Adds to the two lists what it finds. */
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
        if (toAttach.isEmpty()) {
            return;
        }
        if (type == null) {
            warnings.add("EC2 does not tell the limits of instance type " + instance.type());
            return;
        }
        int total = besides(toAttach, a -> true) + toAttach.size();
        if (total > type.maximumNetworkInterfaces()) {
            exceeded(
                    Finding.Code.TOO_MANY_INTERFACES,
                    instance.id() + " would have " + total + " network interfaces, " + type.name() + " allows "
                            + type.maximumNetworkInterfaces() + ": take a larger type or fewer Multus subnets");
        }
        checkCard(type, toAttach);
        if (!type.ipv6Supported() && toAttach.stream().anyMatch(i -> i.subnet().hasIpv6())) {
            exceeded(Finding.Code.NO_IPV6_ON_TYPE, type.name() + " does not support IPv6");
        }
    }

    private void checkCard(InstanceType type, List<PlannedInterface> toAttach) {
        int index = spec.networkCard();
        Optional<InstanceType.NetworkCard> card = type.networkCard(index);
        if (card.isEmpty()) {
            exceeded(
                    Finding.Code.NO_SUCH_NETWORK_CARD,
                    type.name() + " has no network card " + index + ", it has " + type.networkCards());
            return;
        }
        int onCard = besides(toAttach, a -> a.networkCardIndex() == index) + toAttach.size();
        int allowed = card.get().maximumNetworkInterfaces();
        if (onCard > allowed) {
            warnings.add("network card " + index + " of " + instance.id() + " would have " + onCard + " interfaces, "
                    + type.name() + " allows " + allowed);
        }
    }

    /** How many interfaces are at the instance already. One that is just leaving it and is to come back counts once. */
    private int besides(List<PlannedInterface> toAttach, Predicate<Attachment> which) {
        Set<String> there = Stream.concat(instance.attachments().stream(), snapshot.seenAttachments().stream())
                .filter(which)
                .map(Attachment::networkInterfaceId)
                .collect(Collectors.toCollection(TreeSet::new));
        toAttach.stream()
                .map(PlannedInterface::existing)
                .filter(Objects::nonNull)
                .forEach(existing -> there.remove(existing.id()));
        return there.size();
    }

    private void exceeded(Finding.Code code, String message) {
        if (spec.typeLimits() == TypeLimits.REFUSE) {
            findings.add(new Finding(code, message));
        } else {
            warnings.add(message);
        }
    }
}
