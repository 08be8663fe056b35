package io.github.multus4j.testkit.internal.call;

import java.util.List;
import java.util.Map;

/** A VPC as the API shows it; its first IPv4 block is the primary one. */
public record VpcItem(String id, List<CidrAssociation> ipv4, List<CidrAssociation> ipv6, Map<String, String> tags) {

    public VpcItem {
        ipv4 = List.copyOf(ipv4);
        ipv6 = List.copyOf(ipv6);
        tags = Map.copyOf(tags);
    }
}
