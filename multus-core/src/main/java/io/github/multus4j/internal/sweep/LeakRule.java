package io.github.multus4j.internal.sweep;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.nodegroup.OwnerTags;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a leak: an available interface of ours whose owner is gone, or has another
 * interface in its place. The interface of a living owner without one is half-made, and the next
 * run for it takes it up. The interfaces of an instance that is shutting down may still go with it.
 */
final class LeakRule {

    private LeakRule() {}

    /**
     * The reason why an interface is a leak; empty if it is none.
     *
     * @param suspect an available interface of ours
     * @param ownerId its owner, by its tags
     * @param owner the owner; null if EC2 shows no such instance
     * @param attached the owner's interfaces in the same subnets
     */
    static Optional<String> why(
            NetworkInterface suspect, String ownerId, @Nullable Instance owner, List<NetworkInterface> attached) {
        if (owner == null) {
            return Optional.of("its owner " + ownerId + " does not exist any more");
        }
        if (owner.state() == Instance.State.TERMINATED) {
            return Optional.of("its owner " + ownerId + " is terminated");
        }
        if (owner.state().isGoing()) {
            return Optional.empty();
        }
        return attached.stream()
                .filter(other -> other.subnetId().equals(suspect.subnetId()))
                .filter(other ->
                        OwnerTags.ownerOf(other.tags()).filter(ownerId::equals).isPresent())
                .filter(other -> other.isAttachmentComplete(ownerId))
                .map(NetworkInterface::id)
                .sorted()
                .findFirst()
                .map(other -> "its owner " + ownerId + " has " + other + " in its place");
    }
}
