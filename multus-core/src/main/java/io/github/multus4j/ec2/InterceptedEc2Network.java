package io.github.multus4j.ec2;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A port in front of another one: each call goes through an {@link Interceptor}. For metrics,
 * traces, log lines, limits, and tests:
 *
 * <pre>{@code
 * Ec2Network logged = new InterceptedEc2Network(ec2, new InterceptedEc2Network.Interceptor() {
 *     @Override
 *     public <T> T intercept(InterceptedEc2Network.Call<T> call) {
 *         log.debug("{} {}", call.action(), call.parameters());
 *         return call.proceed();
 *     }
 * });
 * }</pre>
 *
 * <p>A subclass that changes one call overrides its method. {@link InterceptedEc2Addresses} does
 * the same for the other port, with the same interceptor. Thread-safe if the other port and the
 * interceptor are.
 */
public class InterceptedEc2Network implements Ec2Network {

    /** The calls of this port and of {@link Ec2Addresses}, by EC2's names. */
    public enum PortAction {
        DESCRIBE_INSTANCES,
        DESCRIBE_SUBNETS,
        DESCRIBE_NETWORK_INTERFACES,
        GET_SUBNET_CIDR_RESERVATIONS,
        DESCRIBE_SECURITY_GROUPS,
        DESCRIBE_SECURITY_GROUP_VPC_ASSOCIATIONS,
        DESCRIBE_INSTANCE_TYPES,
        CREATE_NETWORK_INTERFACE,
        ATTACH_NETWORK_INTERFACE,
        MODIFY_NETWORK_INTERFACE_ATTRIBUTE,
        CREATE_TAGS,
        DETACH_NETWORK_INTERFACE,
        DELETE_NETWORK_INTERFACE,
        ASSIGN_PRIVATE_IP_ADDRESSES,
        UNASSIGN_PRIVATE_IP_ADDRESSES,
        ASSIGN_IPV6_ADDRESSES,
        UNASSIGN_IPV6_ADDRESSES;

        private final String wireName;

        PortAction() {
            StringBuilder name = new StringBuilder();
            for (String word : name().split("_", -1)) {
                name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
            }
            this.wireName = name.toString();
        }

        /** Whether the call changes something. */
        public boolean isChange() {
            return compareTo(CREATE_NETWORK_INTERFACE) >= 0;
        }

        /** EC2's name of the call, such as {@code AttachNetworkInterface}. */
        @Override
        public String toString() {
            return wireName;
        }
    }

    /**
     * Code around each call. It throws {@link Ec2Exception} and no other exception, as the port
     * does.
     */
    public interface Interceptor {

        /**
         * Makes the call, once, often or not at all.
         *
         * @return the result that the caller gets
         */
        <T> T intercept(Call<T> call);
    }

    /**
     * A call on its way.
     *
     * @param <T> the type of its result
     */
    public static final class Call<T> {

        private final PortAction action;
        private final Map<String, Object> parameters;
        private final Deadline deadline;
        private final Function<Deadline, T> effect;

        Call(PortAction action, Map<String, Object> parameters, Deadline deadline, Function<Deadline, T> effect) {
            this.action = action;
            this.parameters = parameters;
            this.deadline = deadline;
            this.effect = effect;
        }

        /** The name of the call. */
        public PortAction action() {
            return action;
        }

        /**
         * The arguments by the names that the methods of the port give them, the deadline not among
         * them.
         */
        public Map<String, Object> parameters() {
            return parameters;
        }

        /** The time by which the call ends. */
        public Deadline deadline() {
            return deadline;
        }

        /** Makes the call at the other port. A call without a result gives {@code done}. */
        public T proceed() {
            return proceed(deadline);
        }

        /** Makes the call at the other port, with another deadline. */
        public T proceed(Deadline until) {
            return effect.apply(until);
        }

        /** The call's name and parameters. */
        @Override
        public String toString() {
            return action + " " + parameters;
        }
    }

    private final Ec2Network ec2;
    private final Interceptor interceptor;

    /**
     * A port in front of another one.
     *
     * @param ec2 the other port
     * @param interceptor the code around each of its calls
     */
    public InterceptedEc2Network(Ec2Network ec2, Interceptor interceptor) {
        this.ec2 = ec2;
        this.interceptor = interceptor;
    }

    @Override
    public List<Instance> describeInstances(List<Ec2Network.Filter> filters, Deadline deadline) {
        return call(
                PortAction.DESCRIBE_INSTANCES,
                Map.of("filters", filters),
                deadline,
                until -> ec2.describeInstances(filters, until));
    }

    @Override
    public List<Subnet> describeSubnets(List<Ec2Network.Filter> filters, Deadline deadline) {
        return call(
                PortAction.DESCRIBE_SUBNETS,
                Map.of("filters", filters),
                deadline,
                until -> ec2.describeSubnets(filters, until));
    }

    @Override
    public List<NetworkInterface> describeNetworkInterfaces(List<Ec2Network.Filter> filters, Deadline deadline) {
        return call(
                PortAction.DESCRIBE_NETWORK_INTERFACES,
                Map.of("filters", filters),
                deadline,
                until -> ec2.describeNetworkInterfaces(filters, until));
    }

    @Override
    public List<Subnet.CidrReservation> getSubnetCidrReservations(String subnetId, Deadline deadline) {
        return call(
                PortAction.GET_SUBNET_CIDR_RESERVATIONS,
                Map.of("subnetId", subnetId),
                deadline,
                until -> ec2.getSubnetCidrReservations(subnetId, until));
    }

    @Override
    public List<SecurityGroup> describeSecurityGroups(List<Ec2Network.Filter> filters, Deadline deadline) {
        return call(
                PortAction.DESCRIBE_SECURITY_GROUPS,
                Map.of("filters", filters),
                deadline,
                until -> ec2.describeSecurityGroups(filters, until));
    }

    @Override
    public Optional<List<SecurityGroup.VpcAssociation>> describeSecurityGroupVpcAssociations(
            List<Ec2Network.Filter> filters, Deadline deadline) {
        return call(
                PortAction.DESCRIBE_SECURITY_GROUP_VPC_ASSOCIATIONS,
                Map.of("filters", filters),
                deadline,
                until -> ec2.describeSecurityGroupVpcAssociations(filters, until));
    }

    @Override
    public Optional<InstanceType> describeInstanceType(String name, Deadline deadline) {
        return call(
                PortAction.DESCRIBE_INSTANCE_TYPES,
                Map.of("name", name),
                deadline,
                until -> ec2.describeInstanceType(name, until));
    }

    @Override
    public NetworkInterface createNetworkInterface(NewNetworkInterface request, Deadline deadline) {
        return call(
                PortAction.CREATE_NETWORK_INTERFACE,
                Map.of("request", request),
                deadline,
                until -> ec2.createNetworkInterface(request, until));
    }

    @Override
    public String attachNetworkInterface(
            String networkInterfaceId, String instanceId, int deviceIndex, int networkCardIndex, Deadline deadline) {
        return call(
                PortAction.ATTACH_NETWORK_INTERFACE,
                Map.of(
                        "networkInterfaceId", networkInterfaceId,
                        "instanceId", instanceId,
                        "deviceIndex", deviceIndex,
                        "networkCardIndex", networkCardIndex),
                deadline,
                until -> ec2.attachNetworkInterface(
                        networkInterfaceId, instanceId, deviceIndex, networkCardIndex, until));
    }

    @Override
    public void modifySourceDestCheck(String networkInterfaceId, boolean enabled, Deadline deadline) {
        run(
                PortAction.MODIFY_NETWORK_INTERFACE_ATTRIBUTE,
                Map.of("networkInterfaceId", networkInterfaceId, "sourceDestCheck", enabled),
                deadline,
                until -> ec2.modifySourceDestCheck(networkInterfaceId, enabled, until));
    }

    @Override
    public void modifyDeleteOnTermination(
            String networkInterfaceId, String attachmentId, boolean deleteOnTermination, Deadline deadline) {
        run(
                PortAction.MODIFY_NETWORK_INTERFACE_ATTRIBUTE,
                Map.of(
                        "networkInterfaceId", networkInterfaceId,
                        "attachmentId", attachmentId,
                        "deleteOnTermination", deleteOnTermination),
                deadline,
                until -> ec2.modifyDeleteOnTermination(networkInterfaceId, attachmentId, deleteOnTermination, until));
    }

    @Override
    public void createTags(String resourceId, Map<String, String> tags, Deadline deadline) {
        run(
                PortAction.CREATE_TAGS,
                Map.of("resourceId", resourceId, "tags", tags),
                deadline,
                until -> ec2.createTags(resourceId, tags, until));
    }

    @Override
    public void detachNetworkInterface(String attachmentId, Deadline deadline) {
        run(
                PortAction.DETACH_NETWORK_INTERFACE,
                Map.of("attachmentId", attachmentId),
                deadline,
                until -> ec2.detachNetworkInterface(attachmentId, until));
    }

    @Override
    public void deleteNetworkInterface(String networkInterfaceId, Deadline deadline) {
        run(
                PortAction.DELETE_NETWORK_INTERFACE,
                Map.of("networkInterfaceId", networkInterfaceId),
                deadline,
                until -> ec2.deleteNetworkInterface(networkInterfaceId, until));
    }

    private <T> T call(
            PortAction action, Map<String, Object> parameters, Deadline deadline, Function<Deadline, T> effect) {
        return interceptor.intercept(new Call<>(action, parameters, deadline, effect));
    }

    private void run(PortAction action, Map<String, Object> parameters, Deadline deadline, Consumer<Deadline> effect) {
        call(action, parameters, deadline, until -> {
            effect.accept(until);
            return "done";
        });
    }
}
