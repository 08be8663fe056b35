package io.github.multus4j.ec2;

import io.github.multus4j.net.Cidr;

/**
 * A part of a subnet that is set aside: EC2 does not choose addresses from an {@code explicit}
 * reservation, and takes prefixes from a {@code prefix} one. It may cover addresses that are in use
 * already.
 *
 * @param id {@code scr-…}
 * @param subnetId its subnet
 * @param cidr its range, of either family
 * @param type {@code explicit} or {@code prefix}, as EC2 gave it
 * @param description its description, empty if it has none
 * @see <a
 *     href="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-cidr-reservation.html">Subnet
 *     CIDR reservations</a>
 */
public record CidrReservation(String id, String subnetId, Cidr cidr, String type, String description) {}
