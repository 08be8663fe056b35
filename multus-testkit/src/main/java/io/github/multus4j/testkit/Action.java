package io.github.multus4j.testkit;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The calls that the fake understands, each under the name that the EC2 and EC2 Auto Scaling API
 * references give it.
 */
public enum Action {
    CREATE_VPC,
    DESCRIBE_VPCS,
    DELETE_VPC,
    DESCRIBE_VPC_ATTRIBUTE,
    MODIFY_VPC_ATTRIBUTE,
    ASSOCIATE_VPC_CIDR_BLOCK,
    CREATE_SUBNET,
    DESCRIBE_SUBNETS,
    DELETE_SUBNET,
    MODIFY_SUBNET_ATTRIBUTE,
    ASSOCIATE_SUBNET_CIDR_BLOCK,
    DISASSOCIATE_SUBNET_CIDR_BLOCK,
    CREATE_SUBNET_CIDR_RESERVATION,
    GET_SUBNET_CIDR_RESERVATIONS,
    DELETE_SUBNET_CIDR_RESERVATION,
    CREATE_SECURITY_GROUP,
    DESCRIBE_SECURITY_GROUPS,
    DELETE_SECURITY_GROUP,
    AUTHORIZE_SECURITY_GROUP_INGRESS,
    AUTHORIZE_SECURITY_GROUP_EGRESS,
    REVOKE_SECURITY_GROUP_INGRESS,
    REVOKE_SECURITY_GROUP_EGRESS,
    DESCRIBE_SECURITY_GROUP_RULES,
    ASSOCIATE_SECURITY_GROUP_VPC,
    DISASSOCIATE_SECURITY_GROUP_VPC,
    DESCRIBE_SECURITY_GROUP_VPC_ASSOCIATIONS,
    CREATE_ROUTE_TABLE,
    DESCRIBE_ROUTE_TABLES,
    DELETE_ROUTE_TABLE,
    ASSOCIATE_ROUTE_TABLE,
    DISASSOCIATE_ROUTE_TABLE,
    REPLACE_ROUTE_TABLE_ASSOCIATION,
    CREATE_ROUTE,
    REPLACE_ROUTE,
    DELETE_ROUTE,
    CREATE_INTERNET_GATEWAY,
    DESCRIBE_INTERNET_GATEWAYS,
    ATTACH_INTERNET_GATEWAY,
    DETACH_INTERNET_GATEWAY,
    DELETE_INTERNET_GATEWAY,
    RUN_INSTANCES,
    DESCRIBE_INSTANCES,
    DESCRIBE_INSTANCE_STATUS,
    DESCRIBE_INSTANCE_ATTRIBUTE,
    MODIFY_INSTANCE_ATTRIBUTE,
    TERMINATE_INSTANCES,
    STOP_INSTANCES,
    START_INSTANCES,
    CREATE_NETWORK_INTERFACE,
    DESCRIBE_NETWORK_INTERFACES,
    DESCRIBE_NETWORK_INTERFACE_ATTRIBUTE,
    MODIFY_NETWORK_INTERFACE_ATTRIBUTE,
    ATTACH_NETWORK_INTERFACE,
    DETACH_NETWORK_INTERFACE,
    DELETE_NETWORK_INTERFACE,
    ASSIGN_PRIVATE_IP_ADDRESSES,
    UNASSIGN_PRIVATE_IP_ADDRESSES,
    ASSIGN_IPV6_ADDRESSES,
    UNASSIGN_IPV6_ADDRESSES,
    CREATE_TAGS,
    DELETE_TAGS,
    DESCRIBE_TAGS,
    DESCRIBE_INSTANCE_TYPES,
    DESCRIBE_AVAILABILITY_ZONES,
    DESCRIBE_IMAGES,
    CREATE_AUTO_SCALING_GROUP,
    DESCRIBE_AUTO_SCALING_GROUPS,
    PUT_LIFECYCLE_HOOK,
    ATTACH_INSTANCES,
    COMPLETE_LIFECYCLE_ACTION,
    RECORD_LIFECYCLE_ACTION_HEARTBEAT,
    DESCRIBE_AUTO_SCALING_INSTANCES,
    DESCRIBE_LIFECYCLE_HOOKS;

    private final String wireName;

    Action() {
        StringBuilder name = new StringBuilder();
        for (String word : name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        this.wireName = name.toString();
    }

    /** Whether the call changes something. */
    public boolean isMutating() {
        return !wireName.startsWith("Describe") && !wireName.startsWith("Get");
    }

    /** Whether the call is one of EC2 Auto Scaling's, not of EC2's. */
    public boolean isAutoScaling() {
        return compareTo(CREATE_AUTO_SCALING_GROUP) >= 0;
    }

    /**
     * The action of that API name, such as {@code CreateSubnet}; empty if the fake does not know
     * it.
     */
    public static Optional<Action> of(String wireName) {
        return Stream.of(values()).filter(a -> a.wireName.equals(wireName)).findFirst();
    }

    /** The API's name, such as {@code AttachNetworkInterface}. */
    @Override
    public String toString() {
        return wireName;
    }
}
