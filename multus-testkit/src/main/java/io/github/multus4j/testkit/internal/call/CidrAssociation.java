package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.net.Cidr;

/**
 * A block of a VPC or subnet.
 *
 * @param id {@code vpc-cidr-assoc-…} or {@code subnet-cidr-assoc-…}
 * @param cidr the block
 * @param state {@code associated} or {@code disassociated}
 */
public record CidrAssociation(String id, Cidr cidr, String state) {

    public boolean isAssociated() {
        return state.equals("associated");
    }
}
