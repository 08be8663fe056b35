package io.github.multus4j.testkit;

import io.github.multus4j.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A VPC. */
final class StoredVpc extends Stored {

    /** The primary block first. */
    final List<CidrAssociation> ipv4 = new ArrayList<>();

    final List<CidrAssociation> ipv6 = new ArrayList<>();

    boolean dnsSupport = true;
    boolean dnsHostnames;
    boolean networkAddressUsageMetrics;

    StoredVpc(Birth birth, Map<String, String> tags) {
        super(birth, tags);
    }

    @Override
    String resourceType() {
        return "vpc";
    }

    Stream<Cidr> cidrs() {
        return Stream.concat(ipv4.stream(), ipv6.stream())
                .filter(CidrAssociation::isAssociated)
                .map(CidrAssociation::cidr);
    }

    VpcItem item() {
        return new VpcItem(id, ipv4, ipv6, tags());
    }
}
