package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The addresses of one interface over time. The metadata service shows those of a while ago; the
 * calls of EC2 show those of now.
 */
public final class AddressHistory {

    /** The addresses and prefixes of an interface at one time. */
    public record Addresses(
            List<IpAddress> ipv4, List<IpAddress> ipv6, List<Cidr> ipv4Prefixes, List<Cidr> ipv6Prefixes) {

        public Addresses {
            ipv4 = List.copyOf(ipv4);
            ipv6 = List.copyOf(ipv6);
            ipv4Prefixes = List.copyOf(ipv4Prefixes);
            ipv6Prefixes = List.copyOf(ipv6Prefixes);
        }
    }

    private record Change(Instant time, Addresses before) {}

    /** In ascending order of time. Each has the addresses until then. */
    private final Deque<Change> changes = new ArrayDeque<>();

    /** Records a change at that time, which is not before the last one. */
    void changed(Instant time, Addresses before) {
        changes.removeIf(change -> change.time().isBefore(time.minus(StateHistory.REACH)));
        changes.addLast(new Change(time, before));
    }

    /**
     * The addresses at that time.
     *
     * @param now the present addresses
     */
    Addresses at(Instant time, Addresses now) {
        return changes.stream()
                .filter(change -> change.time().isAfter(time))
                .findFirst()
                .map(Change::before)
                .orElse(now);
    }
}
