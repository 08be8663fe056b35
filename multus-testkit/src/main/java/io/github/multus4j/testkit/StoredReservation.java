package io.github.multus4j.testkit;

import io.github.multus4j.ec2.CidrReservation;
import io.github.multus4j.net.Cidr;
import java.util.Map;

/** A subnet CIDR reservation. */
final class StoredReservation extends Stored {

    final String subnetId;
    final Cidr cidr;
    final String type;
    final String description;

    StoredReservation(
            Birth birth, String subnetId, Cidr cidr, String type, String description, Map<String, String> tags) {
        super(birth, tags);
        this.subnetId = subnetId;
        this.cidr = cidr;
        this.type = type;
        this.description = description;
    }

    @Override
    String resourceType() {
        return "subnet-cidr-reservation";
    }

    CidrReservation reservation() {
        return new CidrReservation(id, subnetId, cidr, type, description);
    }
}
