package io.github.multus4j.testkit.internal.http;

import io.github.multus4j.net.IpAddress;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses requests of web pages in a browser on this machine. Such a page may send requests to this
 * server; their {@code Origin} shows it. Or its name's address was changed to this machine's (DNS
 * rebinding); their {@code Host} shows it.
 *
 * <p>Accepted as {@code Host} are loopback names and addresses, the address that the client is
 * connected to, the addresses of the instance metadata service, AWS's names of EC2 and EC2 Auto
 * Scaling (a proxy may lead them here), names that no name server of the Internet answers for
 * (without a dot, or below {@code .internal}), and the names that the server was given. Accepted as
 * {@code Origin} are loopback names and addresses, the names that the server was given, and the
 * request's own host.
 */
final class AcceptedHosts {

    private static final Set<String> METADATA_ADDRESSES = Set.of("169.254.169.254", "fd00:ec2::254");

    private static final Pattern AWS_SERVICE = Pattern.compile(
            "(ec2|autoscaling)(-fips)?(\\.[a-z]{2,}(-[a-z]+)+-[0-9])?\\.(amazonaws\\.com(\\.cn)?|api\\.aws)");

    private static final Pattern ORIGIN = Pattern.compile("https?://([^/?#@]+)");

    private final Set<String> named = new HashSet<>();

    /** @param names in addition to {@code bound} */
    AcceptedHosts(String bound, Collection<String> names) {
        named.add(host(bound));
        names.forEach(name -> named.add(host(name)));
    }

    /** The reason of a refusal; empty if the request is accepted. */
    Optional<String> refusal(WebRequest request) {
        for (String authority : request.headers("Host")) {
            if (!isHost(host(authority), request.localAddress())) {
                return Optional.of("Host '" + authority
                        + "' is refused to web pages of other hosts. Use localhost or the"
                        + " endpoint's address, or start the endpoint with --allow-host " + host(authority) + ".");
            }
        }
        for (String origin : request.headers("Origin")) {
            if (!isOrigin(origin, request.headers("Host"))) {
                return Optional.of("Origin '" + origin + "' is refused to web pages of other hosts.");
            }
        }
        return Optional.empty();
    }

    private boolean isHost(String host, InetAddress local) {
        return isLoopbackOrNamed(host)
                || AWS_SERVICE.matcher(host).matches()
                || host.endsWith(".internal")
                || (!host.isEmpty() && !host.contains(".") && !host.contains(":"))
                || IpAddress.tryParse(host)
                        .filter(address -> METADATA_ADDRESSES.contains(address.toString())
                                || address.equals(IpAddress.parse(withoutScope(local.getHostAddress()))))
                        .isPresent();
    }

    private boolean isOrigin(String origin, List<String> hosts) {
        var parts = ORIGIN.matcher(origin);
        return parts.matches()
                && (isLoopbackOrNamed(host(parts.group(1)))
                        || hosts.stream().anyMatch(own -> own.equalsIgnoreCase(parts.group(1))));
    }

    private boolean isLoopbackOrNamed(String host) {
        return named.contains(host)
                || host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("::1")
                || (host.startsWith("127.") && IpAddress.tryParse(host).isPresent());
    }

    /** The host of {@code host:port}, in lower case. */
    private static String host(String authority) {
        String host = authority.strip().toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            return host.replaceFirst("^\\[([^\\]]*)\\](:\\d*)?$", "$1");
        }
        boolean address = host.indexOf(':') != host.lastIndexOf(':');
        return (address ? host : host.replaceFirst(":\\d*$", "")).replaceFirst("\\.$", "");
    }

    private static String withoutScope(String address) {
        return address.replaceFirst("%.*", "");
    }
}
