package io.github.multus4j.internal.pod;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.observe.FactCache;
import java.time.Clock;
import java.util.List;

/**
 * Reads the CIDR reservations of subnets, and keeps them for five minutes. They are a precaution:
 * without the permission to read them, plans go without.
 */
public final class ReservationReader {

    private final Ec2Network ec2;
    private final FactCache<List<CidrReservation>> reservations;

    public ReservationReader(Ec2Network ec2, Clock clock) {
        this.ec2 = ec2;
        this.reservations = new FactCache<>(clock, Timing.FACTS_TIME_TO_LIVE);
    }

    List<CidrReservation> of(String subnetId, Deadline deadline) {
        List<CidrReservation> known = reservations.get(subnetId);
        if (known != null) {
            return known;
        }
        List<CidrReservation> read =
                Precaution.read(() -> ec2.getSubnetCidrReservations(subnetId, deadline), List.of());
        reservations.put(subnetId, read);
        return read;
    }
}
