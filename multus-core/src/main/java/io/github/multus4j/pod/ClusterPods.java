package io.github.multus4j.pod;

import java.util.List;
import java.util.Map;

/**
 * The nodes and Pods of a cluster, as one look at Kubernetes shows them. A look that failed is no
 * look: do not pass an empty list instead.
 *
 * @param nodes the names of all nodes, by instance id
 * @param pods the claims of all living Pods
 */
public record ClusterPods(Map<String, String> nodes, List<PodClaims> pods) {

    public ClusterPods {
        nodes = Map.copyOf(nodes);
        pods = List.copyOf(pods);
    }
}
