package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.net.Cidr;
import io.github.multus4j.testkit.internal.call.CidrAssociation;
import io.github.multus4j.testkit.internal.call.VpcItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A VPC. */
public final class StoredVpc extends Stored {

    /** The primary block first. */
    public final List<CidrAssociation> ipv4 = new ArrayList<>();

    public final List<CidrAssociation> ipv6 = new ArrayList<>();

    public boolean dnsSupport = true;
    public boolean dnsHostnames;
    public boolean networkAddressUsageMetrics;

    public StoredVpc(Birth birth, Map<String, String> tags) {
        super(birth, tags);
    }

    @Override
    public String resourceType() {
        return "vpc";
    }

    public Stream<Cidr> cidrs() {
        return Stream.concat(ipv4.stream(), ipv6.stream())
                .filter(CidrAssociation::isAssociated)
                .map(CidrAssociation::cidr);
    }

    public VpcItem item() {
        return new VpcItem(id, ipv4, ipv6, tags());
    }
}
