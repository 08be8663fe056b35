package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.testkit.internal.call.CidrAssociation;
import io.github.multus4j.testkit.internal.call.SubnetItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A subnet. */
public final class StoredSubnet extends Stored {

    public final String vpcId;
    public final String zone;
    public final @Nullable Cidr ipv4Cidr;
    public final boolean ipv6Native;
    public final @Nullable String outpostArn;
    public final List<CidrAssociation> ipv6 = new ArrayList<>();
    public boolean assignIpv6AddressOnCreation;
    public boolean mapPublicIpOnLaunch;

    @Nullable
    public Integer lniDeviceIndex;

    public StoredSubnet(
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
    public String resourceType() {
        return "subnet";
    }

    public Subnet subnet() {
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

    public SubnetItem item(long availableIpAddressCount) {
        return new SubnetItem(
                subnet(), ipv6, availableIpAddressCount, assignIpv6AddressOnCreation, mapPublicIpOnLaunch, ipv6Native);
    }
}
