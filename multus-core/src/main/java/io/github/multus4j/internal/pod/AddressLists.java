package io.github.multus4j.internal.pod;

import io.github.multus4j.ec2.Ec2Addresses.AddressList;
import io.github.multus4j.net.Cidr;
import java.util.List;

/** Blocks as the parameters of a call: single addresses and prefixes apart. */
final class AddressLists {

    private AddressLists() {}

    static AddressList of(List<Cidr> blocks) {
        return new AddressList(
                blocks.stream().filter(AddressLists::isAddress).map(Cidr::first).toList(),
                blocks.stream().filter(block -> !isAddress(block)).toList());
    }

    private static boolean isAddress(Cidr block) {
        return block.prefixLength() == block.first().bits();
    }
}
