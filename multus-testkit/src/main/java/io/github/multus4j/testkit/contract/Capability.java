package io.github.multus4j.testkit.contract;

/**
 * A part of EC2's behaviour that an emulator may lack. A target of {@link Ec2NetworkContract} or
 * {@link Ec2AddressesContract} declares its capabilities. A test that needs a missing one still
 * runs, and is skipped after its failure, with the difference as the reason. If it passes, the
 * declaration is out of date and the test fails.
 */
public enum Capability {
    ADDRESS_CONFLICTS("an address that is in use is refused"),
    ADDRESS_RANGE("an address outside of the subnet is refused"),
    RESERVED_ADDRESSES("the first four addresses of a subnet and its last are refused"),
    ADDRESS_CHOICE("a chosen address is free and not one of the reserved ones"),
    SUBNET_EXHAUSTION("a full subnet is said to be full"),
    RESERVATIONS_BIND("no address is chosen in a CIDR reservation"),
    ADDRESS_MOVES("a secondary address moves between interfaces, a primary one never"),
    ADDRESS_LIMITS("an interface has as many addresses as its instance type allows"),
    UNASSIGN_CHECKS("the primary address, and addresses that an interface lacks, are not unassigned"),
    PREFIXES("prefixes of an interface are shown, and their addresses are in use"),
    CLIENT_TOKENS("creating is idempotent by its client token"),
    SECURITY_GROUP_CHECKS("a security group that is unknown or of another VPC is refused"),
    IPV6_ASSOCIATION_STATE("a subnet shows its associated IPv6 blocks"),
    IPV6_ONLY_SUBNETS("an interface in an IPv6-only subnet has no IPv4 address"),
    VALID_MAC("a MAC address is six pairs of hexadecimal digits"),
    DEVICE_INDEX_CONFLICTS("a device index that is taken is refused"),
    ATTACHED_ONCE("an attached interface is not attached again"),
    ZONE_CHECKS("an interface is attached in its own Availability Zone only"),
    ATTACHMENT_LIMITS("an instance has as many interfaces as its type allows"),
    NETWORK_CARDS("an interface goes to the network card that was asked for"),
    INSTANCE_STATES("nothing is attached to a terminated instance"),
    DELETE_ON_TERMINATION("whether an interface goes with its instance can be set"),
    TAGGED_RESOURCE_CHECKS("tags of an instance that does not exist are refused"),
    PRIMARY_STAYS("the primary interface is not detached"),
    DELETE_REFUSED_WHILE_ATTACHED("an attached interface is not deleted"),
    TERMINATION_RELEASES("a terminated instance releases or deletes its interfaces");

    private final String meaning;

    Capability(String meaning) {
        this.meaning = meaning;
    }

    /** The behaviour of a target with this capability, in a few words. */
    public String meaning() {
        return meaning;
    }
}
