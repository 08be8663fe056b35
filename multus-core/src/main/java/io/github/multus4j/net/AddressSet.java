package io.github.multus4j.net;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An immutable set of addresses of both families, kept as ranges that neither touch nor overlap.
 * Its costs grow with the number of ranges, never with the number of addresses: the lowest absent
 * address of an IPv6 {@code /64} is found as fast as that of an IPv4 {@code /28}.
 */
public final class AddressSet {

    private static final AddressSet EMPTY = new AddressSet(List.of());

    /** In ascending order; between any two there is at least one address that is not in the set. */
    private final List<Range> ranges;

    private AddressSet(List<Range> ranges) {
        this.ranges = ranges;
    }

    /** A range of addresses of one family, both ends included. */
    private record Range(IpAddress first, IpAddress last) {

        boolean continuesInto(IpAddress address) {
            return last.compareTo(address) >= 0
                    || (last.isIpv4() == address.isIpv4()
                            && last.next().map(address::equals).orElse(false));
        }
    }

    /** The set without an address. */
    public static AddressSet empty() {
        return EMPTY;
    }

    /** The set of these addresses. */
    public static AddressSet of(IpAddress... addresses) {
        return builder().addAddresses(Arrays.asList(addresses)).build();
    }

    /** The set of all addresses of these blocks. */
    public static AddressSet of(Cidr... blocks) {
        return builder().addBlocks(Arrays.asList(blocks)).build();
    }

    /** Collects addresses and blocks into a set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether there is no address in it. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Whether the address is in the set. */
    public boolean contains(IpAddress address) {
        return rangeOf(address).isPresent();
    }

    /** The number of addresses. */
    public BigInteger size() {
        return ranges.stream().map(AddressSet::size).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** The set with one address more. */
    public AddressSet plus(IpAddress address) {
        if (contains(address)) {
            return this;
        }
        int from = indexAtOrBelow(address) + 1;
        int to = from;
        Range added = new Range(address, address);
        if (to < ranges.size() && added.continuesInto(ranges.get(to).first())) {
            added = new Range(address, ranges.get(to).last());
            to++;
        }
        if (from > 0 && ranges.get(from - 1).continuesInto(address)) {
            from--;
            added = new Range(ranges.get(from).first(), added.last());
        }
        List<Range> all = new ArrayList<>(ranges.size() + 1);
        all.addAll(ranges.subList(0, from));
        all.add(added);
        all.addAll(ranges.subList(to, ranges.size()));
        return new AddressSet(Collections.unmodifiableList(all));
    }

    /** The addresses of both sets. */
    public AddressSet union(AddressSet other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        return new Builder().add(this).add(other).build();
    }

    /**
     * The lowest address of the block that is not in this set; empty if the set covers the block.
     * Found by binary search.
     */
    public Optional<IpAddress> lowestAbsent(Cidr block) {
        IpAddress first = block.first();
        Optional<Range> range = rangeOf(first);
        if (range.isEmpty()) {
            return Optional.of(first);
        }
        // Ranges never touch, so the address after one is not in the set.
        return range.get().last().next().filter(block::contains);
    }

    /** The number of addresses of the block that are not in this set. */
    public BigInteger countAbsent(Cidr block) {
        BigInteger present = BigInteger.ZERO;
        for (int i = Math.max(0, indexAtOrBelow(block.first())); i < ranges.size(); i++) {
            Range range = ranges.get(i);
            if (range.first().compareTo(block.last()) > 0) {
                break;
            }
            IpAddress first = max(range.first(), block.first());
            IpAddress last = min(range.last(), block.last());
            if (first.compareTo(last) <= 0) {
                present = present.add(size(new Range(first, last)));
            }
        }
        return block.size().subtract(present);
    }

    private Optional<Range> rangeOf(IpAddress address) {
        int index = indexAtOrBelow(address);
        return index < 0
                ? Optional.empty()
                : Optional.of(ranges.get(index)).filter(r -> r.last().compareTo(address) >= 0);
    }

    /** The index of the last range that starts at the address or below it, or -1. */
    private int indexAtOrBelow(IpAddress address) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).first().compareTo(address) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private static BigInteger size(Range range) {
        return range.last()
                .toBigInteger()
                .subtract(range.first().toBigInteger())
                .add(BigInteger.ONE);
    }

    private static IpAddress max(IpAddress a, IpAddress b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static IpAddress min(IpAddress a, IpAddress b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressSet that && ranges.equals(that.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    /** The ranges, such as {@code [10.0.4.0-10.0.4.3, 10.0.4.255]}. */
    @Override
    public String toString() {
        return ranges.stream()
                .map(r -> r.first().equals(r.last()) ? r.first().toString() : r.first() + "-" + r.last())
                .toList()
                .toString();
    }

    /** Collects addresses and blocks in any order, overlapping as they may. Not thread-safe. */
    public static final class Builder {

        private final List<Range> collected = new ArrayList<>();

        private Builder() {}

        /** Adds one address. */
        public Builder add(IpAddress address) {
            collected.add(new Range(address, address));
            return this;
        }

        /** Adds all addresses of a block. */
        public Builder add(Cidr block) {
            collected.add(new Range(block.first(), block.last()));
            return this;
        }

        /** Adds all addresses of a set. */
        public Builder add(AddressSet set) {
            collected.addAll(set.ranges);
            return this;
        }

        /** Adds each of the addresses. */
        public Builder addAddresses(Collection<IpAddress> addresses) {
            addresses.forEach(this::add);
            return this;
        }

        /** Adds all addresses of each of the blocks. */
        public Builder addBlocks(Collection<Cidr> blocks) {
            blocks.forEach(this::add);
            return this;
        }

        /** The set of all that was added; more may be added afterwards, for another set. */
        public AddressSet build() {
            // The usual case of an interface: nothing to sort and to merge.
            if (collected.size() <= 1) {
                return collected.isEmpty() ? EMPTY : new AddressSet(List.of(collected.get(0)));
            }
            List<Range> sorted = new ArrayList<>(collected);
            sorted.sort(Comparator.comparing(Range::first));
            List<Range> merged = new ArrayList<>();
            Range current = sorted.get(0);
            for (Range next : sorted.subList(1, sorted.size())) {
                if (current.continuesInto(next.first())) {
                    current = new Range(current.first(), max(current.last(), next.last()));
                } else {
                    merged.add(current);
                    current = next;
                }
            }
            merged.add(current);
            return new AddressSet(List.copyOf(merged));
        }
    }
}
