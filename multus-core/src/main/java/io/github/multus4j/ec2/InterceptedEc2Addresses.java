package io.github.multus4j.ec2;

import io.github.multus4j.ec2.InterceptedEc2Network.Call;
import io.github.multus4j.ec2.InterceptedEc2Network.Interceptor;
import io.github.multus4j.ec2.InterceptedEc2Network.PortAction;
import java.util.Map;

/**
 * A port to the addresses in front of another one: each call goes through an
 * {@link InterceptedEc2Network.Interceptor}, the same as for {@link InterceptedEc2Network}.
 *
 * <p>A subclass that changes one call overrides its method. Thread-safe if the other port and the
 * interceptor are.
 */
public class InterceptedEc2Addresses implements Ec2Addresses {

    private final Ec2Addresses ec2;
    private final Interceptor interceptor;

    /**
     * A port in front of another one.
     *
     * @param ec2 the other port
     * @param interceptor the code around each of its calls
     */
    public InterceptedEc2Addresses(Ec2Addresses ec2, Interceptor interceptor) {
        this.ec2 = ec2;
        this.interceptor = interceptor;
    }

    @Override
    public AddressList assignPrivateIpAddresses(
            String networkInterfaceId, AddressList ipv4, boolean allowReassignment, Deadline deadline) {
        return interceptor.intercept(new Call<>(
                PortAction.ASSIGN_PRIVATE_IP_ADDRESSES,
                Map.of(
                        "networkInterfaceId", networkInterfaceId,
                        "ipv4", ipv4,
                        "allowReassignment", allowReassignment),
                deadline,
                until -> ec2.assignPrivateIpAddresses(networkInterfaceId, ipv4, allowReassignment, until)));
    }

    @Override
    public void unassignPrivateIpAddresses(String networkInterfaceId, AddressList ipv4, Deadline deadline) {
        interceptor.intercept(new Call<>(
                PortAction.UNASSIGN_PRIVATE_IP_ADDRESSES,
                Map.of("networkInterfaceId", networkInterfaceId, "ipv4", ipv4),
                deadline,
                until -> {
                    ec2.unassignPrivateIpAddresses(networkInterfaceId, ipv4, until);
                    return "done";
                }));
    }

    @Override
    public AddressList assignIpv6Addresses(String networkInterfaceId, AddressList ipv6, Deadline deadline) {
        return interceptor.intercept(new Call<>(
                PortAction.ASSIGN_IPV6_ADDRESSES,
                Map.of("networkInterfaceId", networkInterfaceId, "ipv6", ipv6),
                deadline,
                until -> ec2.assignIpv6Addresses(networkInterfaceId, ipv6, until)));
    }

    @Override
    public AddressList unassignIpv6Addresses(String networkInterfaceId, AddressList ipv6, Deadline deadline) {
        return interceptor.intercept(new Call<>(
                PortAction.UNASSIGN_IPV6_ADDRESSES,
                Map.of("networkInterfaceId", networkInterfaceId, "ipv6", ipv6),
                deadline,
                until -> ec2.unassignIpv6Addresses(networkInterfaceId, ipv6, until)));
    }
}
