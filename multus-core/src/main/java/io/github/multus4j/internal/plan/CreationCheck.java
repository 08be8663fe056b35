package io.github.multus4j.internal.plan;

import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.AddressAllocation;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds defects for which EC2 would certainly refuse a new interface, and warns of checks for which
 * a permission is missing.
 */
final class CreationCheck {

    private final NodeGroupSpec spec;
    private final Snapshot snapshot;
    private final List<Finding> findings;
    private final List<String> warnings;

    /** Adds its results to the two lists. */
    CreationCheck(NodeGroupSpec spec, Snapshot snapshot, List<Finding> findings, List<String> warnings) {
        this.spec = spec;
        this.snapshot = snapshot;
        this.findings = findings;
        this.warnings = warnings;
    }

    /** The reservations of the subnet, if the addressing needs to know them. */
    void checkReservations(Subnet subnet) {
        Optional<AddressAllocation> allocation = spec.addressing().allocation();
        if (allocation.isEmpty() || !snapshot.denied().reservationsOf().contains(subnet.id())) {
            return;
        }
        String denied = "ec2:GetSubnetCidrReservations is denied for " + subnet.id();
        if (allocation.get().needsReservations()) {
            findings.add(new Finding(
                    Finding.Code.RESERVATIONS_DENIED,
                    denied + ", and the addresses (" + spec.addressing()
                            + ") cannot be chosen without its CIDR reservations: allow the action, or use another"
                            + " addressing"));
        } else {
            warnings.add(denied + ": an address of a CIDR reservation may be taken; allow the action if the subnet has"
                    + " reservations");
        }
    }

    /** Whether there are such groups, and whether they can be used in the subnet's VPC. */
    void checkGroups(Subnet subnet, List<String> groupIds) {
        if (snapshot.denied().securityGroups()) {
            warnOnce("ec2:DescribeSecurityGroups is denied: the security groups are not checked, and EC2 decides"
                    + " whether they can be used");
            return;
        }
        Map<String, SecurityGroup> known = snapshot.securityGroups().stream()
                .collect(Collectors.toMap(SecurityGroup::id, Function.identity(), (a, b) -> a));
        for (String id : groupIds) {
            SecurityGroup group = known.get(id);
            if (group == null) {
                findings.add(new Finding(
                        Finding.Code.GROUP_NOT_FOUND,
                        "security group " + id + " for " + subnet.id() + " does not exist"));
            } else if (!group.vpcId().equals(subnet.vpcId())) {
                checkAssociation(subnet, group);
            }
        }
    }

    private void checkAssociation(Subnet subnet, SecurityGroup group) {
        Set<String> associated = group.associatedVpcIds();
        String where = "security group " + group.id() + " belongs to " + group.vpcId() + ", " + subnet.id() + " to "
                + subnet.vpcId();
        if (associated == null) {
            warnOnce(where + ": whether the group is associated with " + subnet.vpcId()
                    + " is not known (ec2:DescribeSecurityGroupVpcAssociations), and EC2 decides");
        } else if (!associated.contains(subnet.vpcId())) {
            findings.add(new Finding(
                    Finding.Code.GROUP_IN_OTHER_VPC,
                    where + ", and the group is not associated with " + subnet.vpcId()
                            + ": associate it (AssociateSecurityGroupVpc), or give a group of " + subnet.vpcId()));
        }
    }

    private void warnOnce(String warning) {
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }
}
