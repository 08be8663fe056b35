package io.github.multus4j.deploy.http;

import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that are reached without a proxy: {@code NO_PROXY} as curl reads it. A domain counts
 * for itself and all below it, with a leading dot or without; an address or a block counts for
 * hosts that are given as addresses; {@code *} alone is all. Two things are read beyond curl:
 * {@code *.domain}, and a port after a host. The metadata and credentials services of EC2 and EKS
 * are never reached by a proxy: their addresses are link-local.
 *
 * @param entries the list
 */
record NoProxy(List<Entry> entries) {

    private static final List<Cidr> LINK_LOCAL =
            List.of(Cidr.parse("169.254.0.0/16"), Cidr.parse("fe80::/10"), Cidr.parse("fd00:ec2::/32"));

    /**
     * One entry.
     *
     * @param domain a domain without a leading dot; empty for all hosts
     * @param block the same as a block of addresses; null if it is none
     * @param port the only port that counts; -1 for all
     */
    private record Entry(String domain, @Nullable Cidr block, int port) {

        static Entry of(String text) {
            Optional<Cidr> block = blockOf(text);
            if (block.isPresent()) {
                return new Entry(text, block.get(), -1);
            }
            int colon = text.lastIndexOf(':');
            boolean hasPort = colon > 0 && text.substring(colon + 1).matches("\\d{1,5}");
            String host = hasPort ? text.substring(0, colon) : text;
            int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : -1;
            return new Entry(domain(host), blockOf(host).orElse(null), port);
        }

        private static String domain(String host) {
            String lower = withoutDot(host.toLowerCase(Locale.ROOT));
            return lower.equals("*") ? "" : lower.replaceFirst("^\\*?\\.", "");
        }

        boolean covers(String host, @Nullable IpAddress address, int requested) {
            if (port >= 0 && port != requested) {
                return false;
            }
            if (address != null && block != null) {
                return block.contains(address);
            }
            return domain.isEmpty() || host.equals(domain) || (address == null && host.endsWith("." + domain));
        }
    }

    static NoProxy of(String list) {
        return new NoProxy(Arrays.stream(list.split("[,\\s]+"))
                .filter(text -> !text.isEmpty())
                .map(Entry::of)
                .toList());
    }

    boolean covers(URI url) {
        String host = withoutDot(String.valueOf(url.getHost()).toLowerCase(Locale.ROOT));
        IpAddress address = IpAddress.tryParse(bare(host)).orElse(null);
        int port = url.getPort() >= 0 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        boolean isLinkLocal = address != null && LINK_LOCAL.stream().anyMatch(block -> block.contains(address));
        return isLinkLocal || entries.stream().anyMatch(entry -> entry.covers(host, address, port));
    }

    /** An address is a block of one; the bits behind a block's prefix do not count. */
    private static Optional<Cidr> blockOf(String text) {
        int slash = text.indexOf('/');
        String first = bare(slash < 0 ? text : text.substring(0, slash));
        return IpAddress.tryParse(first)
                .flatMap(
                        address -> prefix(text, slash, address.bits()).map(length -> Cidr.containing(address, length)));
    }

    private static Optional<Integer> prefix(String text, int slash, int bits) {
        return slash < 0
                ? Optional.of(bits)
                : Stream.of(text.substring(slash + 1))
                        .filter(digits -> digits.matches("\\d{1,3}"))
                        .map(Integer::valueOf)
                        .filter(length -> length <= bits)
                        .findFirst();
    }

    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** A name's last dot is the root's. */
    private static String withoutDot(String host) {
        return host.endsWith(".") && host.length() > 1 ? host.substring(0, host.length() - 1) : host;
    }
}
