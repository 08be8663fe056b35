package io.github.multus4j.pod;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.net.Cidr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a node's Pods: those that are right, those to assign, those that cannot be
 * assigned. Claims of Pods that wait to be selected are in none of the lists.
 *
 * @param instanceId the node's instance
 * @param kept the claims whose address is on their interface
 * @param assignments the addresses to assign
 * @param refusals the claims that cannot be served
 * @param warnings observations that stop nothing
 */
public record AddressPlan(
        String instanceId,
        List<Claim> kept,
        List<Assignment> assignments,
        List<Refusal> refusals,
        List<String> warnings) {

    public AddressPlan {
        kept = List.copyOf(kept);
        assignments = List.copyOf(assignments);
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
    }

    /** Whether EC2 needs no call. */
    public boolean isComplete() {
        return assignments.isEmpty();
    }

    /**
     * One address to assign.
     *
     * @param claims the claims that it serves: one, or those of several Pods to the same address
     * @param to the interface that gets it
     * @param from the interface that has it; null if no interface has it
     */
    public record Assignment(
            List<Claim> claims,
            NetworkInterface to,
            @Nullable NetworkInterface from) {

        public Assignment {
            claims = List.copyOf(claims);
        }

        /** The address as a {@code /32} or {@code /128}, or the prefix. */
        public Cidr block() {
            return claims.get(0).block();
        }

        /** Whether it is a prefix, and not one address. */
        public boolean isPrefix() {
            return claims.get(0).isPrefix();
        }

        /** Whether the address is taken from another interface. */
        public boolean isTakeover() {
            return from != null;
        }

        @Override
        public String toString() {
            return claims.get(0) + ": to " + to.id() + (from == null ? "" : " from " + from.id());
        }
    }

    /**
     * A claim that cannot be served.
     *
     * @param claim the claim
     * @param code the reason, for programs
     * @param message the reason, with ids, and the next step
     */
    public record Refusal(Claim claim, Code code, String message) {

        /** The reason of a refusal. */
        public enum Code {
            /** No interface of the node fits the claim; it may not be attached yet. */
            NO_INTERFACE,
            /** Several interfaces of the node fit the claim. */
            SEVERAL_INTERFACES,
            /** The interface is the primary one, or the VPC CNI manages it. */
            NOT_A_MULTUS_INTERFACE,
            /** The address does not lie in the interface's subnet. */
            NOT_IN_SUBNET,
            /** EC2 reserves the address. */
            RESERVED_BY_EC2,
            /** The address lies outside the ranges of the Pods. */
            NOT_FOR_PODS,
            /** The interface has as many addresses as its instance type allows. */
            NO_ROOM,
            /** Another Pod of this node claims it on another interface. */
            CLAIMED_TWICE,
            /** It is the primary address of an interface. */
            PRIMARY_ADDRESS,
            /** It lies in a prefix of another interface, or is a prefix with used addresses. */
            IN_A_PREFIX,
            /** An interface holds it that is not a Multus interface. */
            HELD_BY_OTHERS,
            /** A living Pod of another interface claims it, too. */
            HELD_BY_A_POD,
            /** It is not known which Pods the holder's node has. */
            HOLDER_NOT_KNOWN;

            /** Whether it may go away without a repair. */
            public boolean mayHeal() {
                return this == NO_INTERFACE || this == HELD_BY_A_POD || this == HOLDER_NOT_KNOWN || this == NO_ROOM;
            }
        }

        @Override
        public String toString() {
            return claim + ": " + message;
        }
    }
}
