package io.github.multus4j.pod;

import java.time.Instant;
import java.util.Map;

/**
 * A Pod, as far as its addresses depend on it.
 *
 * @param ref its identity
 * @param node the node that it is bound to
 * @param created the time of its creation
 * @param finished whether its phase is {@code Succeeded} or {@code Failed}: it runs no more, and
 *     its annotations stay. A Pod that is being deleted is not finished: its containers may still
 *     run
 * @param ready whether its condition {@code Ready} is true
 * @param labels its labels
 * @param annotations its annotations
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/">Pod
 *     lifecycle</a>
 */
public record Pod(
        Ref ref,
        String node,
        Instant created,
        boolean finished,
        boolean ready,
        Map<String, String> labels,
        Map<String, String> annotations) {

    public Pod {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /**
     * The identity of a Pod. The UID alone decides: a Pod of a StatefulSet that returns has the
     * name of its predecessor, and is another Pod.
     *
     * @param uid its UID
     * @param namespace its namespace, for messages
     * @param name its name, for messages
     */
    public record Ref(String uid, String namespace, String name) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Ref ref && uid.equals(ref.uid);
        }

        @Override
        public int hashCode() {
            return uid.hashCode();
        }

        /** {@code namespace/name}, and the UID. */
        @Override
        public String toString() {
            return namespace + "/" + name + " (" + uid + ")";
        }
    }
}
