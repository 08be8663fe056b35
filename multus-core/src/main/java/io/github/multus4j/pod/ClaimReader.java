package io.github.multus4j.pod;

import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.nodegroup.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the claims of a Pod from two annotations. A finished Pod has no claims. Thread-safe if its
 * two functions are.
 *
 * <p>{@value #NETWORK_STATUS}, which Multus writes once, when all interfaces of the Pod exist: a
 * claim for each address of each entry that is not the default network and has the name of a
 * NetworkAttachmentDefinition and a MAC address. Other entries, such as the {@code dummy…}
 * entries of the VPC CNI, are no claims.
 *
 * <p>{@value #ADDRESSES}, for addresses that Multus does not report: a JSON array of objects with
 * these members.
 *
 * <ul>
 *   <li>{@code network}, required: {@code namespace/name} of a NetworkAttachmentDefinition, or a
 *   name in the Pod's namespace
 *   <li>{@code addresses}, required: an array of addresses, and prefixes of {@code /28} or
 *   {@code /80}
 *   <li>{@code mac} or {@code deviceIndex}: the interface. Without them it is that of the network
 *   in {@value #NETWORK_STATUS}
 *   <li>{@code holder}: makes the addresses floating. Several Pods may claim them; a Pod is
 *   selected while it is ready and fulfils the condition: {@code "ready"} (no more), or
 *   <code>{"label": "role=active"}</code>, <code>{"annotation": "role=active"}</code>, or
 *   <code>{"lease": "name"}</code>, a Lease of the Pod's namespace whose holder identity is the
 *   Pod's name or UID, alone or followed by {@code _} and more
 * </ul>
 *
 * <p>Limits: 256 addresses and prefixes of a Pod, 256 KiB of text (Kubernetes' own limit for
 * annotations).
 *
 * @see <a
 *     href="https://github.com/k8snetworkplumbingwg/multi-net-spec">Network Plumbing Working
 *     Group: de facto standard, v1.3, network status</a>
 */
public final class ClaimReader {

    /** The annotation of Multus. */
    public static final String NETWORK_STATUS = NetworkStatus.ANNOTATION;

    /** Our own annotation. */
    public static final String ADDRESSES = AddressesAnnotation.ANNOTATION;

    private final Function<String, ? extends List<?>> json;
    private final Function<String, Optional<String>> leaseHolders;

    /**
     * A reader.
     *
     * @param json reads a JSON array; throws {@link IllegalArgumentException} if it is none. The
     *     artifact {@code multus-aws} has one: {@code Json::readArray}
     * @param leaseHolders the holder identity of a Lease, by {@code namespace/name}; empty if
     *     nobody holds it
     */
    public ClaimReader(Function<String, ? extends List<?>> json, Function<String, Optional<String>> leaseHolders) {
        this.json = json;
        this.leaseHolders = leaseHolders;
    }

    /** The claims of a Pod. */
    public PodClaims read(Pod pod) {
        if (pod.finished()) {
            return new PodClaims(pod.ref(), pod.node(), List.of(), List.of());
        }
        List<Problem> problems = new ArrayList<>();
        NetworkStatus status = new NetworkStatus(pod, problems);
        array(pod, NETWORK_STATUS, problems).forEach(status::add);
        AddressesAnnotation own = new AddressesAnnotation(pod, status, leaseHolders, problems);
        array(pod, ADDRESSES, problems).forEach(own::add);

        // An annotation's own claim of an address replaces that of the network status: it says
        // more.
        Map<Object, Claim> claims = new LinkedHashMap<>();
        status.claims().forEach(claim -> claims.put(claim.block(), claim));
        own.claims().forEach(claim -> claims.put(claim.block(), claim));
        if (claims.size() > Timing.POD_ADDRESSES) {
            problems.add(new Problem("addresses", claims.size() + " addresses", "at most " + Timing.POD_ADDRESSES));
            claims.clear();
        }
        return new PodClaims(pod.ref(), pod.node(), List.copyOf(claims.values()), problems);
    }

    private List<?> array(Pod pod, String annotation, List<Problem> problems) {
        String text = pod.annotations().getOrDefault(annotation, "");
        if (text.isBlank()) {
            return List.of();
        }
        if (text.length() > Timing.ANNOTATION_LENGTH) {
            problems.add(new Problem(annotation, text.length() + " characters", "at most " + Timing.ANNOTATION_LENGTH));
            return List.of();
        }
        try {
            return json.apply(text);
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(annotation, text, "expected a JSON array: " + e.getMessage()));
            return List.of();
        }
    }
}
