package io.github.multus4j.pod;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Pods of a node, and a way to ask for those of another.
 *
 * @param instanceId the node's instance
 * @param pods the claims of its living Pods
 * @param otherNodes the claims of other nodes' Pods; called only for a node that holds a claimed
 *     address
 */
public record NodePods(String instanceId, List<PodClaims> pods, OtherNodes otherNodes) {

    public NodePods {
        pods = List.copyOf(pods);
    }

    /** The claims of the Pods of other nodes, from Kubernetes. */
    @FunctionalInterface
    public interface OtherNodes {

        /**
         * The claims of all living Pods of the node on that instance, as Kubernetes shows them now.
         *
         * @param instanceId the instance, alive or terminated
         * @return the claims; null if they are not known: Kubernetes gave no answer, an annotation
         *     cannot be read, or the instance is no node of this cluster
         */
        @Nullable
        List<Claim> claimsOn(String instanceId);
    }
}
