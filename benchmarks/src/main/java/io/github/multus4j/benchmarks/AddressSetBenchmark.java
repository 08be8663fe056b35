package io.github.multus4j.benchmarks;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The lowest free address of a subnet, in three ways: on ranges, as {@link AddressSet} does it; by
 * {@link BitSet#nextClearBit}, with a bit for each address; and by a walk from one address to the
 * next with a look-up in a hash set, as most programs do. Also measures the cost of building each
 * structure from EC2's listing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AddressSetBenchmark {

    /** The occupancy of a subnet. */
    public enum Used {
        /** A /28 with 3 used addresses and 8 free ones. */
        SMALL("10.0.0.0/28", 3, 1),
        /** A /16 of which all are used but the last: 65,530 addresses. */
        FULL("10.0.0.0/16", 65_530, 1),
        /** A /16 of which every second address is used: the lowest free one is the second. */
        FRAGMENTED("10.0.0.0/16", 32_765, 2),
        /** An IPv6 /64 with 10,000 used addresses, one after the other. */
        IPV6("2001:db8::/64", 10_000, 1);

        private final String block;
        private final int count;
        private final int step;

        Used(String block, int count, int step) {
            this.block = block;
            this.count = count;
            this.step = step;
        }

        private List<IpAddress> addresses() {
            IpAddress first = Cidr.parse(block).first();
            return IntStream.range(0, count)
                    .mapToObj(i -> first.plus(4L + (long) step * i))
                    .toList();
        }
    }

    private static final String SUBNET = "subnet-0";

    /** The occupancy that is measured. */
    @Param
    public Used used = Used.SMALL;

    private Cidr block = Cidr.parse("10.0.0.0/28");
    private List<IpAddress> addresses = List.of();
    private List<NetworkInterface> listing = List.of();
    private AddressSet ranges = AddressSet.empty();
    private BitSet bits = new BitSet();
    private Set<IpAddress> hashed = Set.of();

    /** Builds the structures for that occupancy. */
    @Setup
    public void build() {
        block = Cidr.parse(used.block);
        addresses = used.addresses();
        listing = addresses.stream().map(AddressSetBenchmark::holding).toList();
        ranges = buildRanges();
        bits = buildBits();
        hashed = buildHashed();
    }

    /** The first four addresses and the last are EC2's. */
    private AddressSet reserved() {
        IpAddress first = block.first();
        return AddressSet.of(first, first.plus(1), first.plus(2), first.plus(3), block.last());
    }

    /** Each address belongs to an interface of its own, as EC2's pages show them. */
    private static NetworkInterface holding(IpAddress address) {
        return new NetworkInterface(
                "eni-" + address,
                SUBNET,
                "vpc-0",
                "us-east-1a",
                "",
                "",
                NetworkInterface.Status.AVAILABLE,
                true,
                List.of(),
                address.isIpv4() ? List.of(address) : List.of(),
                address.isIpv6() ? List.of(address) : List.of(),
                List.of(),
                null,
                Map.of());
    }

    @Benchmark
    public AddressSet buildRangesFromListing() {
        return NetworkInterface.addressesInUse(SUBNET, listing);
    }

    @Benchmark
    public AddressSet buildRanges() {
        return AddressSet.builder().add(reserved()).addAddresses(addresses).build();
    }

    /**
     * A bit for each address from the block's first on: not possible for addresses scattered over a
     * /64.
     */
    @Benchmark
    public BitSet buildBits() {
        BitSet built = new BitSet();
        built.set(0, 4);
        long first = block.first().toBigInteger().longValue();
        for (IpAddress address : addresses) {
            built.set((int) (address.toBigInteger().longValue() - first));
        }
        return built;
    }

    @Benchmark
    public Set<IpAddress> buildHashed() {
        return new HashSet<>(addresses);
    }

    @Benchmark
    public Optional<IpAddress> lowestFreeOnRanges() {
        return ranges.lowestAbsent(block);
    }

    @Benchmark
    public IpAddress lowestFreeByBits() {
        return block.first().plus(bits.nextClearBit(0));
    }

    @Benchmark
    public IpAddress lowestFreeByWalking() {
        IpAddress candidate = block.first().plus(4);
        while (hashed.contains(candidate)) {
            candidate = candidate.plus(1);
        }
        return candidate;
    }
}
