package io.github.multus4j.pod;

import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the annotation of Multus. An entry is a claim if it names a
 * NetworkAttachmentDefinition and has a MAC address and addresses. The others are left out: the
 * default network, the {@code dummy…} entry of the VPC CNI (no addresses, MAC {@code 0}), DPDK
 * (no addresses).
 */
final class NetworkStatus {

    /** The annotation of Multus. */
    static final String ANNOTATION = "k8s.v1.cni.cncf.io/network-status";

    static final Pattern MAC = Pattern.compile("(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}");

    /** Names of Kubernetes: DNS labels and subdomains. */
    static final Pattern NETWORK =
            Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?/[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");

    private static final Pattern ANY = Pattern.compile(".{0,1024}", Pattern.DOTALL);

    private final Pod pod;
    private final List<Problem> problems;
    private final List<Claim> claims = new ArrayList<>();
    private final Map<String, String> macs = new HashMap<>();
    private int entries;

    /**
     * The annotation of a Pod.
     *
     * @param problems gets the mistakes
     */
    NetworkStatus(Pod pod, List<Problem> problems) {
        this.pod = pod;
        this.problems = problems;
    }

    /** Adds an entry. */
    void add(@Nullable Object value) {
        AnnotationEntry entry = AnnotationEntry.of(value, ANNOTATION + "[" + entries++ + "]", problems);
        if (entry == null || Boolean.TRUE.equals(entry.get("default"))) {
            return;
        }
        String network = entry.text("name", ANY, "expected the network's name");
        String mac = entry.text("mac", ANY, "expected a MAC address").toLowerCase(Locale.ROOT);
        if (!NETWORK.matcher(network).matches() || !MAC.matcher(mac).matches()) {
            return;
        }
        macs.put(network, mac);
        for (String text : entry.texts("ips", "expected an array of addresses")) {
            Optional<IpAddress> address = IpAddress.tryParse(text);
            address.ifPresentOrElse(
                    found -> claims.add(new Claim(
                            pod.ref(),
                            pod.node(),
                            network,
                            Cidr.of(found),
                            mac,
                            null,
                            Claim.Standing.FIXED,
                            pod.created())),
                    () -> entry.problem("ips", text, "expected an IPv4 or IPv6 address"));
        }
    }

    /** The claims of all entries. */
    List<Claim> claims() {
        return claims;
    }

    /** The MAC address of the Pod's interface on that network, if Multus reports one. */
    Optional<String> macOf(String network) {
        return Optional.ofNullable(macs.get(network));
    }
}
