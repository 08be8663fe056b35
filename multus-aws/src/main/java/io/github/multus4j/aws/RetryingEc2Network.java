package io.github.multus4j.aws;

import io.github.multus4j.aws.CallRetry.Effect;
import io.github.multus4j.ec2.CidrReservation;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.SecurityGroupVpcAssociation;
import io.github.multus4j.ec2.Subnet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Repeats the calls of another port by the rules of {@link AwsEc2Network}, for a port that does not repeat them itself, such as a fake in the
 * same process. A read goes again after {@link Ec2Exception.Kind#THROTTLED}, {@link Ec2Exception.Kind#UNAVAILABLE}, {@link
 * Ec2Exception.Kind#OUTCOME_UNKNOWN} and, once, {@link Ec2Exception.Kind#CLOCK_SKEWED}; a change goes again after the same but for the unknown
 * outcome, which is the caller's. A listing goes again as a whole.
 *
 * <p>Of the {@link CallPolicy}, clock, sleeper and random are used; how long an attempt takes and what its errors mean is the other port's.
 * That port is given the deadline as it is. Never put this around {@link AwsEc2Network}: repetitions would multiply. Thread-safe if the other
 * port and the policy are.
 */
public final class RetryingEc2Network implements Ec2Network {

    private final Ec2Network ec2;
    private final CallRetry retry;

    private RetryingEc2Network(Ec2Network ec2, CallPolicy policy) {
        this.ec2 = ec2;
        this.retry = new CallRetry(policy);
    }

    /**
     * That port, with repetitions.
     *
     * @param ec2 makes each call once
     * @param policy how calls are repeated
     */
    public static RetryingEc2Network over(Ec2Network ec2, CallPolicy policy) {
        return new RetryingEc2Network(ec2, policy);
    }

    @Override
    public List<Instance> describeInstances(List<Filter> filters, Deadline deadline) {
        return retry.call("DescribeInstances", Effect.READ, deadline, () -> ec2.describeInstances(filters, deadline));
    }

    @Override
    public List<Subnet> describeSubnets(List<Filter> filters, Deadline deadline) {
        return retry.call("DescribeSubnets", Effect.READ, deadline, () -> ec2.describeSubnets(filters, deadline));
    }

    @Override
    public List<NetworkInterface> describeNetworkInterfaces(List<Filter> filters, Deadline deadline) {
        return retry.call(
                "DescribeNetworkInterfaces",
                Effect.READ,
                deadline,
                () -> ec2.describeNetworkInterfaces(filters, deadline));
    }

    @Override
    public List<CidrReservation> getSubnetCidrReservations(String subnetId, Deadline deadline) {
        return retry.call(
                "GetSubnetCidrReservations",
                Effect.READ,
                deadline,
                () -> ec2.getSubnetCidrReservations(subnetId, deadline));
    }

    @Override
    public List<SecurityGroup> describeSecurityGroups(List<Filter> filters, Deadline deadline) {
        return retry.call(
                "DescribeSecurityGroups", Effect.READ, deadline, () -> ec2.describeSecurityGroups(filters, deadline));
    }

    @Override
    public Optional<List<SecurityGroupVpcAssociation>> describeSecurityGroupVpcAssociations(
            List<Filter> filters, Deadline deadline) {
        return retry.call(
                "DescribeSecurityGroupVpcAssociations",
                Effect.READ,
                deadline,
                () -> ec2.describeSecurityGroupVpcAssociations(filters, deadline));
    }

    @Override
    public Optional<InstanceType> describeInstanceType(String name, Deadline deadline) {
        return retry.call(
                "DescribeInstanceTypes", Effect.READ, deadline, () -> ec2.describeInstanceType(name, deadline));
    }

    @Override
    public NetworkInterface createNetworkInterface(NewNetworkInterface request, Deadline deadline) {
        return retry.call(
                "CreateNetworkInterface", Effect.CHANGE, deadline, () -> ec2.createNetworkInterface(request, deadline));
    }

    @Override
    public String attachNetworkInterface(
            String networkInterfaceId, String instanceId, int deviceIndex, int networkCardIndex, Deadline deadline) {
        return retry.call(
                "AttachNetworkInterface",
                Effect.CHANGE,
                deadline,
                () -> ec2.attachNetworkInterface(
                        networkInterfaceId, instanceId, deviceIndex, networkCardIndex, deadline));
    }

    @Override
    public void modifySourceDestCheck(String networkInterfaceId, boolean enabled, Deadline deadline) {
        change(
                "ModifyNetworkInterfaceAttribute",
                deadline,
                () -> ec2.modifySourceDestCheck(networkInterfaceId, enabled, deadline));
    }

    @Override
    public void modifyDeleteOnTermination(
            String networkInterfaceId, String attachmentId, boolean deleteOnTermination, Deadline deadline) {
        change(
                "ModifyNetworkInterfaceAttribute",
                deadline,
                () -> ec2.modifyDeleteOnTermination(networkInterfaceId, attachmentId, deleteOnTermination, deadline));
    }

    @Override
    public void createTags(String resourceId, Map<String, String> tags, Deadline deadline) {
        change("CreateTags", deadline, () -> ec2.createTags(resourceId, tags, deadline));
    }

    @Override
    public void detachNetworkInterface(String attachmentId, Deadline deadline) {
        change("DetachNetworkInterface", deadline, () -> ec2.detachNetworkInterface(attachmentId, deadline));
    }

    @Override
    public void deleteNetworkInterface(String networkInterfaceId, Deadline deadline) {
        change("DeleteNetworkInterface", deadline, () -> ec2.deleteNetworkInterface(networkInterfaceId, deadline));
    }

    private void change(String action, Deadline deadline, Runnable attempt) {
        retry.call(action, Effect.CHANGE, deadline, () -> {
            attempt.run();
            return true;
        });
    }
}
