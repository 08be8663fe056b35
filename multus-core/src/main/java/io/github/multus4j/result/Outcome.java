package io.github.multus4j.result;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Excerpt;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run for one instance. Each case of normal operation is one of these, not an
 * exception. Its text is one line for a log; {@link #toMap()} is the same for machines.
 */
public sealed interface Outcome {

    /** The instance; empty if an event named none. */
    String instanceId();

    /** Whether the node has all of its Multus interfaces now. */
    default boolean isReady() {
        return false;
    }

    /**
     * Maps, lists, strings, numbers and booleans, ready to be written as JSON. The keys are stable.
     * Long lists and texts are shortened, see {@link Excerpt}; the components have their full
     * length.
     */
    Map<String, Object> toMap();

    /** Answers by case; Java 21's {@code switch} does the same. */
    default <T> T fold(
            Function<? super Attached, ? extends T> attached,
            Function<? super Complete, ? extends T> complete,
            Function<? super Skipped, ? extends T> skipped,
            Function<? super Failed, ? extends T> failed) {
        if (this instanceof Attached a) {
            return attached.apply(a);
        } else if (this instanceof Complete c) {
            return complete.apply(c);
        } else if (this instanceof Skipped s) {
            return skipped.apply(s);
        }
        return failed.apply((Failed) this);
    }

    /**
     * The node has all of its interfaces, and this run made or finished some of them.
     *
     * @param instanceId the instance
     * @param interfaces all Multus interfaces of the node, in device order
     * @param warnings observations that did not fail the run
     */
    record Attached(String instanceId, List<AttachedInterface> interfaces, List<String> warnings) implements Outcome {

        public Attached {
            interfaces = List.copyOf(interfaces);
            warnings = List.copyOf(warnings);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public Map<String, Object> toMap() {
            return ready("attached", instanceId, interfaces, warnings);
        }

        @Override
        public String toString() {
            return readyLine("attached", instanceId, interfaces, warnings);
        }
    }

    /**
     * The node had all of its interfaces already; this run changed nothing.
     *
     * @param instanceId the instance
     * @param interfaces all Multus interfaces of the node, in device order
     * @param warnings observations that did not fail the run
     */
    record Complete(String instanceId, List<AttachedInterface> interfaces, List<String> warnings) implements Outcome {

        public Complete {
            interfaces = List.copyOf(interfaces);
            warnings = List.copyOf(warnings);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public Map<String, Object> toMap() {
            return ready("complete", instanceId, interfaces, warnings);
        }

        @Override
        public String toString() {
            return readyLine("complete", instanceId, interfaces, warnings);
        }
    }

    /**
     * There was nothing to do: not for us.
     *
     * @param instanceId the instance; empty if an event named none
     * @param reason the reason
     * @param gone whether the instance is being terminated or gone, or EC2 does not know it
     */
    record Skipped(String instanceId, String reason, boolean gone) implements Outcome {

        /** For an instance that is not for us. */
        public Skipped(String instanceId, String reason) {
            this(instanceId, reason, false);
        }

        @Override
        public Map<String, Object> toMap() {
            Map<String, Object> map = start("skipped", instanceId);
            map.put("reason", Excerpt.of(reason));
            return map;
        }

        @Override
        public String toString() {
            return "skipped" + (instanceId.isEmpty() ? "" : " " + instanceId) + ": " + Excerpt.of(reason);
        }
    }

    /**
     * The node does not have all of its interfaces.
     *
     * @param instanceId the instance
     * @param cause the first failure
     * @param removed the interfaces of this run that the roll-back has removed
     * @param leftovers the interfaces of this run that still exist, with the reason
     * @param warnings observations that did not fail the run
     */
    record Failed(String instanceId, Cause cause, List<String> removed, List<Leftover> leftovers, List<String> warnings)
            implements Outcome {

        public Failed {
            removed = List.copyOf(removed);
            leftovers = List.copyOf(leftovers);
            warnings = List.copyOf(warnings);
        }

        @Override
        public Map<String, Object> toMap() {
            Map<String, Object> map = start("failed", instanceId);
            map.put("code", cause.code().name());
            map.put("cause", Excerpt.of(cause.message()));
            if (cause.exception() instanceof Ec2Exception refusal) {
                map.put("ec2Code", refusal.code());
            }
            map.put("removed", Excerpt.of(removed));
            Excerpt.put(
                    map,
                    "leftovers",
                    leftovers.stream()
                            .map(l -> Map.<String, Object>of(
                                    "networkInterfaceId", l.networkInterfaceId(), "why", Excerpt.of(l.why())))
                            .toList(),
                    Excerpt.ITEMS);
            map.put("warnings", Excerpt.of(warnings));
            return map;
        }

        @Override
        public String toString() {
            return "failed " + instanceId + ": " + Excerpt.of(cause.toString())
                    + (removed.isEmpty() ? "" : "; removed: " + Excerpt.of(removed))
                    + "; left behind: " + (leftovers.isEmpty() ? "nothing" : Excerpt.of(leftovers))
                    + (warnings.isEmpty() ? "" : "; warnings: " + Excerpt.of(warnings));
        }
    }

    private static Map<String, Object> start(String outcome, String instanceId) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("outcome", outcome);
        map.put("instanceId", instanceId);
        return map;
    }

    private static Map<String, Object> ready(
            String outcome, String instanceId, List<AttachedInterface> interfaces, List<String> warnings) {
        Map<String, Object> map = start(outcome, instanceId);
        Excerpt.put(
                map,
                "interfaces",
                interfaces.stream().map(AttachedInterface::toMap).toList(),
                Excerpt.ITEMS);
        map.put("warnings", Excerpt.of(warnings));
        return map;
    }

    private static String readyLine(
            String outcome, String instanceId, List<AttachedInterface> interfaces, List<String> warnings) {
        return outcome + " " + instanceId + ": "
                + Excerpt.joined(interfaces, ", ")
                + (warnings.isEmpty() ? "" : "; warnings: " + Excerpt.of(warnings));
    }

    /**
     * The first failure of a run.
     *
     * @param code its code, for programs
     * @param message the failed call, its id, and EC2's message if there is one
     * @param exception the exception, an {@link io.github.multus4j.ec2.Ec2Exception} if a call
     *     failed; null if there is none
     * @param findings the findings that block the plan; empty if the code is another than
     *     {@link Code#FINDINGS}
     */
    record Cause(Code code, String message, @Nullable RuntimeException exception, List<Finding> findings) {

        public Cause {
            findings = List.copyOf(findings);
        }

        /** Without findings. */
        public Cause(Code code, String message, @Nullable RuntimeException exception) {
            this(code, message, exception, List.of());
        }

        /** The kind of the failure. */
        public enum Code {
            /** The plan is blocked by findings; nothing was made. */
            FINDINGS,
            /** EC2 refused a call, or could not be reached. */
            EC2,
            /** The time ran out. */
            DEADLINE,
            /** The instance was terminated meanwhile. */
            INSTANCE_GONE,
            /** An interface of ours disappeared, or went to another instance. */
            INTERFACE_LOST,
            /** The thread was interrupted. */
            INTERRUPTED,
            /** An unexpected exception: a defect, here or in a port. */
            UNEXPECTED
        }

        /**
         * Whether the same run may succeed later without a repair: EC2 was busy or slow, the time
         * ran out, a subnet was full. False after a finding, a denial or a refused value. An event
         * of such a failure is worth another delivery, and its lifecycle hook stays open.
         */
        public boolean mayHeal() {
            return switch (code) {
                case DEADLINE, INTERRUPTED, INTERFACE_LOST -> true;
                case INSTANCE_GONE, UNEXPECTED -> false;
                case FINDINGS ->
                    !findings.isEmpty()
                            && findings.stream()
                                    .allMatch(finding -> finding.code().mayHeal());
                case EC2 -> exception instanceof Ec2Exception refusal && mayHeal(refusal);
            };
        }

        private static boolean mayHeal(Ec2Exception refusal) {
            return switch (refusal.kind()) {
                case DENIED, INVALID, NOT_FOUND, ADDRESS_UNUSABLE, INDEX_TAKEN -> false;
                // Deleted interfaces make room in the account's limit, never in that of an instance
                // type.
                case LIMIT_REACHED -> refusal.action().equals("CreateNetworkInterface");
                default -> true;
            };
        }

        @Override
        public String toString() {
            return message;
        }
    }

    /**
     * An interface that a failed run made and could not remove. It carries the owner tags, so a
     * later run for the instance continues with it, and a sweep finds it.
     *
     * @param networkInterfaceId {@code eni-…}; if the id is not known, a description of the
     *     possible interface
     * @param why the reason why it was not removed
     */
    record Leftover(String networkInterfaceId, String why) {

        /**
         * A possible interface of a slot: the answer to its creation was lost, and no read has
         * shown it since.
         */
        public static Leftover unseen(PlannedInterface.Slot slot, String why) {
            return new Leftover("an interface that may exist in " + slot.subnetId(), why);
        }

        @Override
        public String toString() {
            return networkInterfaceId + " (" + why + ")";
        }
    }

    /**
     * A Multus interface of a node, as EC2 shows it. There is no Linux name in it ({@code eth1},
     * {@code ens6}): names differ by family and image; match on the MAC address.
     *
     * @param id {@code eni-…}
     * @param macAddress the MAC address, as EC2 gave it
     * @param deviceIndex the device index on its network card
     * @param networkCardIndex the network card
     * @param subnetId the subnet
     * @param subnetCidrs the subnet's blocks, the IPv4 one first
     * @param gateway the VPC router's IPv4 address in the subnet; null in an IPv6-only subnet
     * @param addresses its addresses, IPv4 before IPv6, the primary one first
     * @param securityGroupIds its security groups
     * @param deleteOnTermination whether it is deleted with the instance
     * @param sourceDestCheck whether EC2 checks source and destination
     */
    record AttachedInterface(
            String id,
            String macAddress,
            int deviceIndex,
            int networkCardIndex,
            String subnetId,
            List<Cidr> subnetCidrs,
            @Nullable IpAddress gateway,
            List<IpAddress> addresses,
            List<String> securityGroupIds,
            boolean deleteOnTermination,
            boolean sourceDestCheck) {

        public AttachedInterface {
            subnetCidrs = List.copyOf(subnetCidrs);
            addresses = List.copyOf(addresses);
            securityGroupIds = List.copyOf(securityGroupIds);
        }

        public static AttachedInterface of(Subnet subnet, NetworkInterface networkInterface, Attachment attachment) {
            return new AttachedInterface(
                    networkInterface.id(),
                    networkInterface.macAddress(),
                    attachment.deviceIndex(),
                    attachment.networkCardIndex(),
                    subnet.id(),
                    subnet.cidrs(),
                    subnet.gateway().orElse(null),
                    networkInterface.individualAddresses(),
                    networkInterface.securityGroupIds(),
                    attachment.deleteOnTermination(),
                    networkInterface.sourceDestCheck());
        }

        /** The primary address. */
        public IpAddress address() {
            return addresses.get(0);
        }

        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("networkInterfaceId", id);
            map.put("macAddress", macAddress);
            map.put("deviceIndex", deviceIndex);
            map.put("networkCardIndex", networkCardIndex);
            map.put("subnetId", subnetId);
            map.put("subnetCidrs", subnetCidrs.stream().map(Cidr::toString).toList());
            if (gateway != null) {
                map.put("gateway", gateway.toString());
            }
            map.put("addresses", addresses.stream().map(IpAddress::toString).toList());
            map.put("securityGroupIds", securityGroupIds);
            map.put("deleteOnTermination", deleteOnTermination);
            map.put("sourceDestCheck", sourceDestCheck);
            return map;
        }

        /** Index, id, addresses: {@code 1: eni-0123 10.0.4.4}. */
        @Override
        public String toString() {
            return deviceIndex + ": " + id + " "
                    + String.join(
                            " ", addresses.stream().map(IpAddress::toString).toList());
        }
    }
}
