package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A subnet. */
final class StoredSubnet extends Stored {

    final String vpcId;
    final String zone;
    final @Nullable Cidr ipv4Cidr;
    final boolean ipv6Native;
    final @Nullable String outpostArn;
    final List<CidrAssociation> ipv6 = new ArrayList<>();
    boolean assignIpv6AddressOnCreation;
    boolean mapPublicIpOnLaunch;

    @Nullable
    Integer lniDeviceIndex;

    StoredSubnet(
            Birth birth,
            String vpcId,
            String zone,
            @Nullable Cidr ipv4Cidr,
            boolean ipv6Native,
            @Nullable String outpostArn,
            Map<String, String> tags) {
        super(birth, tags);
        this.vpcId = vpcId;
        this.zone = zone;
        this.ipv4Cidr = ipv4Cidr;
        this.ipv6Native = ipv6Native;
        this.outpostArn = outpostArn;
        this.assignIpv6AddressOnCreation = ipv6Native;
    }

    @Override
    String resourceType() {
        return "subnet";
    }

    Subnet subnet() {
        return new Subnet(
                id,
                vpcId,
                zone,
                ipv4Cidr,
                ipv6.stream()
                        .filter(CidrAssociation::isAssociated)
                        .map(CidrAssociation::cidr)
                        .toList(),
                tags(),
                outpostArn,
                lniDeviceIndex);
    }

    SubnetItem item(long availableIpAddressCount) {
        return new SubnetItem(
                subnet(), ipv6, availableIpAddressCount, assignIpv6AddressOnCreation, mapPublicIpOnLaunch, ipv6Native);
    }
}
