package io.github.multus4j.aws;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.net.Cidr;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.SubnetCidrBlockStateCode;
import software.amazon.awssdk.services.ec2.model.SubnetCidrReservation;
import software.amazon.awssdk.services.ec2.model.SubnetIpv6CidrBlockAssociation;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Maps EC2's subnets, CIDR blocks and security groups to the port's values, and holds the
 * conversions that all mappings share.
 */
final class Mapping {

    private Mapping() {}

    /** Sorted: the same request for the same client token, byte by byte. */
    static List<Tag> toSdk(Map<String, String> tags) {
        return tags.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    static Subnet subnet(software.amazon.awssdk.services.ec2.model.Subnet from) {
        String ipv4 = text(from.cidrBlock());
        return new Subnet(
                text(from.subnetId()),
                text(from.vpcId()),
                text(from.availabilityZone()),
                ipv4.isEmpty() ? null : Cidr.parse(ipv4),
                list(from.ipv6CidrBlockAssociationSet()).stream()
                        .filter(Mapping::isAssociated)
                        .map(association -> Cidr.parse(association.ipv6CidrBlock()))
                        .toList(),
                tags(from.tags()),
                outpost(from.outpostArn()),
                lniDeviceIndex(from.enableLniAtDeviceIndex()));
    }

    /** Null where none is switched on. The primary interface, at index 0, is never a local one. */
    private static @Nullable Integer lniDeviceIndex(@Nullable Integer index) {
        return index == null || index < 1 ? null : index;
    }

    /** Null where EC2 names none. */
    static @Nullable String outpost(@Nullable String arn) {
        return text(arn).isEmpty() ? null : arn;
    }

    /** A block in transition, or in an unknown state, does not belong to the subnet. */
    private static boolean isAssociated(SubnetIpv6CidrBlockAssociation association) {
        return association.ipv6CidrBlockState() != null
                && association.ipv6CidrBlockState().state() == SubnetCidrBlockStateCode.ASSOCIATED;
    }

    static CidrReservation reservation(SubnetCidrReservation from) {
        return new CidrReservation(
                text(from.subnetCidrReservationId()),
                text(from.subnetId()),
                Cidr.parse(text(from.cidr())),
                text(from.reservationTypeAsString()),
                text(from.description()));
    }

    static SecurityGroup securityGroup(software.amazon.awssdk.services.ec2.model.SecurityGroup from) {
        return new SecurityGroup(text(from.groupId()), text(from.vpcId()), text(from.groupName()));
    }

    static SecurityGroup.VpcAssociation association(
            software.amazon.awssdk.services.ec2.model.SecurityGroupVpcAssociation from) {
        return new SecurityGroup.VpcAssociation(text(from.groupId()), text(from.vpcId()), text(from.stateAsString()));
    }

    static Map<String, String> tags(@Nullable List<Tag> from) {
        Map<String, String> tags = new LinkedHashMap<>();
        list(from).forEach(tag -> tags.put(text(tag.key()), text(tag.value())));
        return tags;
    }

    static String text(@Nullable String from) {
        return from == null ? "" : from;
    }

    static int number(@Nullable Integer from) {
        return from == null ? 0 : from;
    }

    static <T> List<T> list(@Nullable List<T> from) {
        return from == null ? List.of() : from;
    }

    /**
     * Maps an answer. A malformed address or block fails the call: without it, a listing would be
     * shorter than the truth.
     */
    static <T> T read(String action, Kind kind, Supplier<T> mapping) {
        try {
            return mapping.get();
        } catch (IllegalArgumentException | NullPointerException e) {
            throw unreadable(action, kind, String.valueOf(e.getMessage()), e);
        }
    }

    static Ec2Exception unreadable(String action, Kind kind, String what, @Nullable RuntimeException cause) {
        return new Ec2Exception(kind, action, "UnreadableAnswer", "EC2's answer makes no sense: " + what, null, cause);
    }
}
