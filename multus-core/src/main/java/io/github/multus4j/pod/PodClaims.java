package io.github.multus4j.pod;

import io.github.multus4j.nodegroup.Problem;
import java.util.List;

/**
 * The claims of one Pod.
 *
 * @param pod the Pod
 * @param node the Pod's node
 * @param claims its claims
 * @param problems the mistakes in its annotations; an entry with a mistake may have lost claims
 */
public record PodClaims(Pod.Ref pod, String node, List<Claim> claims, List<Problem> problems) {

    public PodClaims {
        claims = List.copyOf(claims);
        problems = List.copyOf(problems);
    }

    /**
     * Whether these are all claims of the Pod. If not, no address of its node may be released: the
     * Pod may use it.
     */
    public boolean isComplete() {
        return problems.isEmpty();
    }
}
