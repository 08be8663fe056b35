package io.github.multus4j.result;

import org.jspecify.annotations.Nullable;

/**
 * Something that stands in the way of making a node Multus-ready, found before anything was made.
 *
 * @param code what it is, for programs
 * @param message what it is, on which id, and what to do
 * @param exception what the user's code threw; null if nothing was thrown
 */
public record Finding(Code code, String message, @Nullable RuntimeException exception) {

    /** Nothing was thrown. */
    public Finding(Code code, String message) {
        this(code, message, null);
    }

    /** What stands in the way. */
    public enum Code {
        /** EC2 shows no such instance. */
        INSTANCE_NOT_FOUND,
        /** The time ran out before everything was seen. */
        NOT_SEEN_IN_TIME,
        /** The instance is being terminated. */
        INSTANCE_GOING,
        /** No configured subnet lies in the instance's zone. */
        NO_SUBNET_IN_ZONE,
        /** The security groups do not pair with the zone's subnets. */
        GROUPS_DO_NOT_PAIR,
        /** There is no such security group. */
        GROUP_NOT_FOUND,
        /**
         * The security group belongs to another VPC than the subnet, and is not associated with the
         * subnet's.
         */
        GROUP_IN_OTHER_VPC,
        /**
         * The subnets of the instance's zone lie in other VPCs than the instance, and the spec does
         * not ask for that.
         */
        SUBNETS_IN_OTHER_VPC,
        /** The addressing needs the subnet's CIDR reservations, and they must not be read. */
        RESERVATIONS_DENIED,
        /** The subnet has no free address for this addressing. */
        NO_FREE_ADDRESS,
        /** The instance type does not allow so many interfaces. */
        TOO_MANY_INTERFACES,
        /**
         * An interface has, or would get, another device index than its subnet's own, and the spec
         * requires that one.
         */
        OWN_INDEX_TAKEN,
        /** The device index of the local network interface is taken. */
        LOCAL_INDEX_TAKEN,
        /** The instance type has no such network card. */
        NO_SUCH_NETWORK_CARD,
        /** The subnet has IPv6 and the instance type does not. */
        NO_IPV6_ON_TYPE,
        /** A subnet selection, security groups or an address allocation of the user's gave a wrong answer, none in time, or threw. */
        POLICY_FAILED;

        /** Whether it may go away although nobody mends anything. */
        public boolean mayHeal() {
            return this == NOT_SEEN_IN_TIME || this == NO_FREE_ADDRESS;
        }
    }

    @Override
    public String toString() {
        return message;
    }
}
