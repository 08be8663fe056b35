package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.net.IpAddress;

/** Private DNS names. */
public final class DnsName {

    private DnsName() {}

    /** The name that EC2's resolver has for a private address, in the Region of that zone. */
    public static String of(IpAddress address, String zone) {
        String region = zone.substring(0, zone.length() - 1);
        String domain = region.equals("us-east-1") ? "ec2.internal" : region + ".compute.internal";
        return "ip-" + address.toString().replace('.', '-') + "." + domain;
    }
}
