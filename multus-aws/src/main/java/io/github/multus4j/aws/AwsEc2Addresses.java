package io.github.multus4j.aws;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AssignPrivateIpAddressesResponse;

/**
 * The addresses of network interfaces over the AWS SDK for Java 2.x: the production form of
 * {@link Ec2Addresses}. What {@link AwsEc2Network} says about the client, retries, exceptions and
 * threads holds here too.
 *
 * <pre>{@code
 * Ec2Network ec2 = AwsEc2Network.over(client);
 * Ec2Addresses addresses = AwsEc2Addresses.over(client);
 * }</pre>
 */
public final class AwsEc2Addresses implements Ec2Addresses {

    private final Ec2Client client;
    private final SdkCalls calls;

    private AwsEc2Addresses(Ec2Client client, CallPolicy policy) {
        this.client = client;
        this.calls = new SdkCalls(policy);
    }

    /**
     * Addresses over that client, with the default policy.
     *
     * @param client is never closed here; the caller closes it
     */
    public static AwsEc2Addresses over(Ec2Client client) {
        return over(client, CallPolicy.ofDefaults());
    }

    /**
     * Addresses over that client.
     *
     * @param client is never closed here; the caller closes it
     * @param policy how calls are made and repeated
     */
    public static AwsEc2Addresses over(Ec2Client client, CallPolicy policy) {
        return new AwsEc2Addresses(client, policy);
    }

    @Override
    public AddressList assignPrivateIpAddresses(
            String networkInterfaceId, AddressList ipv4, boolean allowReassignment, Deadline deadline) {
        String action = "AssignPrivateIpAddresses";
        var answer = calls.call(
                action,
                Effect.CHANGE,
                deadline,
                options -> client.assignPrivateIpAddresses(request -> request.networkInterfaceId(networkInterfaceId)
                        .privateIpAddresses(texts(ipv4.addresses()))
                        .ipv4Prefixes(texts(ipv4.prefixes()))
                        .allowReassignment(allowReassignment)
                        .overrideConfiguration(options)));
        return assigned(action, answer);
    }

    private static AddressList assigned(String action, AssignPrivateIpAddressesResponse answer) {
        return read(
                action,
                Mapping.list(answer.assignedPrivateIpAddresses()).stream()
                        .map(assigned -> Mapping.text(assigned.privateIpAddress())),
                Mapping.list(answer.assignedIpv4Prefixes()).stream()
                        .map(assigned -> Mapping.text(assigned.ipv4Prefix())));
    }

    @Override
    public void unassignPrivateIpAddresses(String networkInterfaceId, AddressList ipv4, Deadline deadline) {
        calls.call(
                "UnassignPrivateIpAddresses",
                Effect.CHANGE,
                deadline,
                options -> client.unassignPrivateIpAddresses(request -> request.networkInterfaceId(networkInterfaceId)
                        .privateIpAddresses(texts(ipv4.addresses()))
                        .ipv4Prefixes(texts(ipv4.prefixes()))
                        .overrideConfiguration(options)));
    }

    @Override
    public AddressList assignIpv6Addresses(String networkInterfaceId, AddressList ipv6, Deadline deadline) {
        String action = "AssignIpv6Addresses";
        var answer = calls.call(
                action,
                Effect.CHANGE,
                deadline,
                options -> client.assignIpv6Addresses(request -> request.networkInterfaceId(networkInterfaceId)
                        .ipv6Addresses(texts(ipv6.addresses()))
                        .ipv6Prefixes(texts(ipv6.prefixes()))
                        .overrideConfiguration(options)));
        return read(
                action,
                Mapping.list(answer.assignedIpv6Addresses()).stream(),
                Mapping.list(answer.assignedIpv6Prefixes()).stream());
    }

    @Override
    public AddressList unassignIpv6Addresses(String networkInterfaceId, AddressList ipv6, Deadline deadline) {
        String action = "UnassignIpv6Addresses";
        var answer = calls.call(
                action,
                Effect.CHANGE,
                deadline,
                options -> client.unassignIpv6Addresses(request -> request.networkInterfaceId(networkInterfaceId)
                        .ipv6Addresses(texts(ipv6.addresses()))
                        .ipv6Prefixes(texts(ipv6.prefixes()))
                        .overrideConfiguration(options)));
        return read(
                action,
                Mapping.list(answer.unassignedIpv6Addresses()).stream(),
                Mapping.list(answer.unassignedIpv6Prefixes()).stream());
    }

    /** Null for none: an empty list is not sent, but a null one says so. */
    private static @Nullable List<String> texts(List<?> values) {
        return values.isEmpty() ? null : values.stream().map(Object::toString).toList();
    }

    /** The change is made, so that an answer that makes no sense leaves its outcome unknown. */
    private static AddressList read(String action, Stream<String> addresses, Stream<String> prefixes) {
        return Mapping.read(
                action,
                Kind.OUTCOME_UNKNOWN,
                () -> new AddressList(
                        addresses.map(IpAddress::parse).toList(),
                        prefixes.map(Cidr::parse).toList()));
    }
}
