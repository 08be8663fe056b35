package io.github.multus4j.pod;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.pod.AddressPlan.Refusal.Code;
import io.github.multus4j.pod.Claim.Standing;
import io.github.multus4j.pod.NodeState.Holder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rule that decides whether an address is taken from the interface that has it. It is taken
 * only from a Multus interface, as a secondary address, and if Kubernetes shows that no living Pod
 * of that node claims it, or only Pods that wait to be selected. In doubt it is not taken.
 */
final class TakeoverRule {

    private final NodeState state;

    TakeoverRule(NodeState state) {
        this.state = state;
    }

    /**
     * A decision.
     *
     * @param from the interface that has the address; null if none has it, or it is refused
     * @param refusal the reason against it; null if it may be assigned
     * @param message the reason for people
     */
    record Decision(
            @Nullable NetworkInterface from, @Nullable Code refusal, String message) {

        static Decision free() {
            return new Decision(null, null, "");
        }

        static Decision takenFrom(NetworkInterface holder) {
            return new Decision(holder, null, "");
        }

        static Decision refused(Code code, String message) {
            return new Decision(null, code, message);
        }
    }

    /** Whether it is hidden from the VPC CNI, and not the primary interface of an instance. */
    static boolean isMultusInterface(NetworkInterface networkInterface) {
        return OwnerTags.isHiddenFromCni(networkInterface.tags())
                && (networkInterface.attachment() == null
                        || !networkInterface.attachment().isPrimary());
    }

    /** The decision on the address of a claim for that interface, which does not have it. */
    Decision decide(Claim claim, NetworkInterface to) {
        Cidr block = claim.block();
        // The living Pods of this node that claim it are known, and none has a better right.
        Stream<Holder> here = state.interfaces().stream().map(own -> new Holder(own, List.of()));
        Optional<Holder> found = Stream.concat(here, state.holders().stream())
                .filter(holder -> Holdings.overlaps(holder.networkInterface(), block))
                .findFirst();
        return found.isEmpty() ? Decision.free() : decide(block, found.get(), to);
    }

    private static Decision decide(Cidr block, Holder holder, NetworkInterface to) {
        NetworkInterface from = holder.networkInterface();
        if (Holdings.hasPrimaryIn(from, block)) {
            return Decision.refused(
                    Code.PRIMARY_ADDRESS, "it is the primary address of " + from.id() + ", which EC2 never moves");
        }
        if (!Holdings.has(from, block)) {
            return Decision.refused(
                    Code.IN_A_PREFIX,
                    from.id() + " has a prefix or addresses that overlap with it, of " + Holdings.of(from));
        }
        if (!isMultusInterface(from)) {
            return Decision.refused(
                    Code.HELD_BY_OTHERS,
                    from.id() + " has it, and is no Multus interface: it is a primary interface, or lacks the tag "
                            + OwnerTags.NO_MANAGE + "=true");
        }
        if (!from.subnetId().equals(to.subnetId())) {
            return Decision.refused(
                    Code.HELD_BY_OTHERS, from.id() + " has it in " + from.subnetId() + ", another subnet");
        }
        List<Claim> rivals = holder.rivalsFor(block);
        if (rivals == null) {
            return Decision.refused(
                    Code.HOLDER_NOT_KNOWN,
                    from.id() + " has it, and Kubernetes does not tell the Pods of its node" + nodeOf(from));
        }
        return rivals.stream()
                .filter(rival -> rival.standing() != Standing.STANDBY)
                .findFirst()
                .map(rival -> Decision.refused(
                        Code.HELD_BY_A_POD,
                        from.id() + " has it for " + rival.pod() + " on " + rival.node() + ", which is alive"
                                + (rival.standing() == Standing.SELECTED ? " and selected" : "")))
                .orElseGet(() -> Decision.takenFrom(from));
    }

    private static String nodeOf(NetworkInterface from) {
        return from.attachment() == null ? "" : " " + from.attachment().instanceId();
    }
}
