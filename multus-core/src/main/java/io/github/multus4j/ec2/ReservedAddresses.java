package io.github.multus4j.ec2;

import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import java.math.BigInteger;

/**
 * The addresses that EC2 reserves in each block of a subnet: the first four and the last, in both
 * families (<a href="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html">subnet
 * CIDR blocks</a>). {@code LowestFreeAddress} never chooses one, and the answer of a custom
 * allocation is checked for them.
 */
public final class ReservedAddresses {

    private ReservedAddresses() {}

    /** Those of one block; all of a block of fewer than five, which EC2 does not allow. */
    public static AddressSet of(Cidr block) {
        AddressSet.Builder reserved = AddressSet.builder().add(block.last());
        int first = block.size().min(BigInteger.valueOf(4)).intValueExact();
        for (int i = 0; i < first; i++) {
            reserved.add(block.first().plus(i));
        }
        return reserved.build();
    }
}
