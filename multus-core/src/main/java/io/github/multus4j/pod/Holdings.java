package io.github.multus4j.pod;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.List;
import java.util.stream.Stream;

/** The addresses and prefixes that an interface has. */
final class Holdings {

    private Holdings() {}

    /** Its addresses as blocks, and its prefixes. */
    static List<Cidr> of(NetworkInterface networkInterface) {
        return Stream.concat(
                        Stream.concat(
                                        networkInterface.ipv4Addresses().stream(),
                                        networkInterface.ipv6Addresses().stream())
                                .map(Holdings::block),
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

    /** Whether the block has the primary address of the interface. */
    static boolean hasPrimaryIn(NetworkInterface networkInterface, Cidr block) {
        return networkInterface.primaryAddress().filter(block::contains).isPresent();
    }

    static Cidr block(IpAddress address) {
        return Cidr.containing(address, address.bits());
    }
}
