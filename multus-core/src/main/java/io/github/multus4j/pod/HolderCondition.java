package io.github.multus4j.pod;

import io.github.multus4j.pod.Claim.Standing;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The rule that selects the holder of a floating address: the Pod is ready, and the label, the
 * annotation or the Lease of the application's own election names it.
 */
final class HolderCondition {

    private static final String EXPECTED =
            "expected \"ready\", {\"label\": \"key=value\"}, {\"annotation\": \"key=value\"} or {\"lease\": \"name\"}";
    private static final Pattern PAIR = Pattern.compile("([^=\\s]{1,317})=([^\\p{Cc}]{0,253})");
    private static final Pattern LEASE = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");

    private final Pod pod;
    private final Function<String, Optional<String>> leaseHolders;

    HolderCondition(Pod pod, Function<String, Optional<String>> leaseHolders) {
        this.pod = pod;
        this.leaseHolders = leaseHolders;
    }

    /** The standing that the member {@code holder} gives to the claims of an entry. */
    Standing standing(AnnotationEntry entry) {
        Object holder = entry.get("holder");
        if (holder == null) {
            return Standing.FIXED;
        }
        Optional<Boolean> selected = "ready".equals(holder) ? Optional.of(true) : condition(holder);
        if (selected.isEmpty()) {
            entry.problem("holder", holder, EXPECTED);
        }
        return pod.ready() && selected.orElse(false) ? Standing.SELECTED : Standing.STANDBY;
    }

    /** Whether the one condition of the object holds; empty if it is none. */
    private Optional<Boolean> condition(Object holder) {
        if (!(holder instanceof Map<?, ?> map)
                || map.size() != 1
                || !(map.values().iterator().next() instanceof String value)) {
            return Optional.empty();
        }
        Object kind = map.keySet().iterator().next();
        if ("label".equals(kind)) {
            return isIn(pod.labels(), value);
        }
        if ("annotation".equals(kind)) {
            return isIn(pod.annotations(), value);
        }
        return "lease".equals(kind) && LEASE.matcher(value).matches()
                ? Optional.of(leaseHolders
                        .apply(pod.ref().namespace() + "/" + value)
                        .filter(this::isThisPod)
                        .isPresent())
                : Optional.empty();
    }

    private static Optional<Boolean> isIn(Map<String, String> entries, String pair) {
        var parts = PAIR.matcher(pair);
        return parts.matches() ? Optional.of(parts.group(2).equals(entries.get(parts.group(1)))) : Optional.empty();
    }

    /** client-go's convention is the host's name, {@code _}, and a UUID. */
    private boolean isThisPod(String identity) {
        String name = identity.contains("_") ? identity.substring(0, identity.indexOf('_')) : identity;
        return name.equals(pod.ref().name()) || name.equals(pod.ref().uid());
    }
}
