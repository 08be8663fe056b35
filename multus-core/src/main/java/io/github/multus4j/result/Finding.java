package io.github.multus4j.result;

import org.jspecify.annotations.Nullable;

/**
 * An obstacle to making a node Multus-ready, found before anything was made.
 *
 * @param code its code, for programs
 * @param message the obstacle, the id, and the next step
 * @param exception the exception of the user's code; null if there is none
 */
public record Finding(Code code, String message, @Nullable RuntimeException exception) {

    /** A finding without an exception. */
    public Finding(Code code, String message) {
        this(code, message, null);
    }

    /** The kind of the obstacle. */
    public enum Code {
        /** EC2 shows no such instance. */
        INSTANCE_NOT_FOUND,
        /** The time ran out before all reads had ended. */
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
         * not allow that.
         */
        SUBNETS_IN_OTHER_VPC,
        /**
         * The addressing needs the subnet's CIDR reservations, and a permission to read them is
         * missing.
         */
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
        /**
         * The user's subnet selection, security groups or address allocation gave a wrong answer,
         * none in time, or threw.
         */
        POLICY_FAILED;

        /** Whether it may go away without a repair. */
        public boolean mayHeal() {
            return this == NOT_SEEN_IN_TIME || this == NO_FREE_ADDRESS;
        }
    }

    @Override
    public String toString() {
        return message;
    }
}
