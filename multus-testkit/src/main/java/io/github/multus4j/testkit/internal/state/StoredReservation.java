package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.net.Cidr;
import java.util.Map;

/** A subnet CIDR reservation. */
public final class StoredReservation extends Stored {

    public final String subnetId;
    public final Cidr cidr;
    public final String type;
    final String description;

    public StoredReservation(
            Birth birth, String subnetId, Cidr cidr, String type, String description, Map<String, String> tags) {
        super(birth, tags);
        this.subnetId = subnetId;
        this.cidr = cidr;
        this.type = type;
        this.description = description;
    }

    @Override
    public String resourceType() {
        return "subnet-cidr-reservation";
    }

    public CidrReservation reservation() {
        return new CidrReservation(id, subnetId, cidr, type, description);
    }
}
