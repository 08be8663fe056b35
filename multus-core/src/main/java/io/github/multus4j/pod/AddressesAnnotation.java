package io.github.multus4j.pod;

import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.Problem;
import io.github.multus4j.pod.Claim.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The entries of our own annotation: addresses that Multus does not report. */
final class AddressesAnnotation {

    /** The annotation. */
    static final String ANNOTATION = "multus4j/addresses";

    private static final Set<String> MEMBERS = Set.of("network", "addresses", "mac", "deviceIndex", "holder");
    private static final Pattern NETWORK =
            Pattern.compile("(" + NetworkStatus.NETWORK + ")|[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");
    private static final String ADDRESS = "expected an address such as 10.0.4.50, or a prefix of /28 or /80";
    private static final String INTERFACE =
            "which interface? Multus reports no MAC address for it; add \"deviceIndex\" or \"mac\"";
    private static final int MAX_DEVICE_INDEX = 255;

    private final Pod pod;
    private final NetworkStatus status;
    private final HolderCondition condition;
    private final List<Problem> problems;
    private final List<Claim> claims = new ArrayList<>();
    private int entries;

    /**
     * The annotation of a Pod.
     *
     * @param status tells the interface of a network
     * @param leaseHolders the holder identities of Leases, by {@code namespace/name}
     * @param problems gets the mistakes
     */
    AddressesAnnotation(
            Pod pod, NetworkStatus status, Function<String, Optional<String>> leaseHolders, List<Problem> problems) {
        this.pod = pod;
        this.status = status;
        this.condition = new HolderCondition(pod, leaseHolders);
        this.problems = problems;
    }

    /** Adds an entry. */
    void add(@Nullable Object value) {
        AnnotationEntry entry = AnnotationEntry.of(value, ANNOTATION + "[" + entries++ + "]", problems);
        if (entry == null) {
            return;
        }
        entry.allow(MEMBERS);
        String network = network(entry);
        Integer deviceIndex = deviceIndex(entry);
        String mac = entry.text("mac", NetworkStatus.MAC, "expected a MAC address such as 0e:00:00:00:00:01")
                .toLowerCase(Locale.ROOT);
        if (mac.isEmpty() && deviceIndex == null) {
            mac = status.macOf(network).orElse("");
        }
        Standing standing = condition.standing(entry);
        List<Cidr> blocks = blocks(entry);
        if (mac.isEmpty() && deviceIndex == null && entry.isGood()) {
            entry.problem("network", network, INTERFACE);
        }
        if (entry.isGood()) {
            for (Cidr block : blocks) {
                claims.add(new Claim(
                        pod.ref(),
                        pod.node(),
                        network,
                        block,
                        mac.isEmpty() ? null : mac,
                        deviceIndex,
                        standing,
                        pod.created()));
            }
        }
    }

    /** The claims of all good entries. */
    List<Claim> claims() {
        return claims;
    }

    private String network(AnnotationEntry entry) {
        String name = entry.required("network", NETWORK, "expected namespace/name of a NetworkAttachmentDefinition");
        return name.isEmpty() || name.contains("/") ? name : pod.ref().namespace() + "/" + name;
    }

    private static @Nullable Integer deviceIndex(AnnotationEntry entry) {
        Object value = entry.get("deviceIndex");
        if (value instanceof Integer index && index >= 1 && index <= MAX_DEVICE_INDEX) {
            return index;
        }
        if (value != null) {
            entry.problem("deviceIndex", value, "expected a number from 1 to " + MAX_DEVICE_INDEX);
        }
        return null;
    }

    private static List<Cidr> blocks(AnnotationEntry entry) {
        List<Cidr> blocks = new ArrayList<>();
        List<String> texts = entry.texts("addresses", ADDRESS);
        if (texts.isEmpty() && entry.isGood()) {
            entry.problem("addresses", entry.get("addresses"), ADDRESS);
        }
        for (String text : texts) {
            Optional<Cidr> block = IpAddress.tryParse(text)
                    .map(Cidr::of)
                    .or(() -> Cidr.tryParse(text).filter(Claim::canBeClaimed));
            block.ifPresentOrElse(blocks::add, () -> entry.problem("addresses", text, ADDRESS));
        }
        return blocks;
    }
}
