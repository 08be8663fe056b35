package io.github.multus4j.pod;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.net.Cidr;
import java.util.List;
import java.util.stream.Stream;

/** The addresses and prefixes that an interface has. */
final class Holdings {

    private Holdings() {}

    /** Its addresses as blocks, and its prefixes. */
    static List<Cidr> of(NetworkInterface networkInterface) {
        return Stream.concat(
                        networkInterface.individualAddresses().stream().map(Cidr::of),
                        networkInterface.prefixes().stream())
                .toList();
    }

    /** Whether the interface has the block, as itself or in a prefix. */
    static boolean covers(NetworkInterface networkInterface, Cidr block) {
        return of(networkInterface).stream().anyMatch(held -> held.contains(block));
    }

    /** Whether the interface has exactly the block. */
    static boolean has(NetworkInterface networkInterface, Cidr block) {
        return of(networkInterface).contains(block);
    }

    /** Whether the interface has the block or a part of it. */
    static boolean overlaps(NetworkInterface networkInterface, Cidr block) {
        return of(networkInterface).stream().anyMatch(held -> held.overlaps(block));
    }

    /** Whether the block has a primary address of the interface, of either family. */
    static boolean hasPrimaryIn(NetworkInterface networkInterface, Cidr block) {
        return Stream.concat(
                        networkInterface.primaryAddress().stream(),
                        Stream.ofNullable(networkInterface.primaryIpv6Address()))
                .anyMatch(block::contains);
    }
}
