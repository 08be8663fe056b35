package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Filter;
import io.github.multus4j.ec2.InstanceState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls about instances. */
final class InstanceRequests {

    private InstanceRequests() {}

    /** With network interfaces given, subnet and groups go there and not into the call. */
    record RunInstances(
            String imageId,
            String instanceType,
            int minCount,
            int maxCount,
            @Nullable String subnetId,
            @Nullable String availabilityZone,
            List<String> securityGroupIds,
            List<LaunchInterface> networkInterfaces,
            Map<String, String> tags,
            Map<String, String> interfaceTags,
            @Nullable String clientToken)
            implements Ec2Request<List<InstanceItem>> {

        @Override
        public Action action() {
            return Action.RUN_INSTANCES;
        }

        @Override
        public List<InstanceItem> on(Ec2Engine ec2) {
            return ec2.instances().run(this);
        }
    }

    record DescribeInstances(List<String> instanceIds, List<Filter> filters, Page page)
            implements Ec2Request<Listing<InstanceItem>> {

        @Override
        public Action action() {
            return Action.DESCRIBE_INSTANCES;
        }

        @Override
        public Listing<InstanceItem> on(Ec2Engine ec2) {
            return ec2.instances().describe(this);
        }
    }

    record TerminateInstances(List<String> instanceIds) implements Ec2Request<List<StateChange>> {

        @Override
        public Action action() {
            return Action.TERMINATE_INSTANCES;
        }

        @Override
        public List<StateChange> on(Ec2Engine ec2) {
            return ec2.instances().terminate(this);
        }
    }

    record StopInstances(List<String> instanceIds) implements Ec2Request<List<StateChange>> {

        @Override
        public Action action() {
            return Action.STOP_INSTANCES;
        }

        @Override
        public List<StateChange> on(Ec2Engine ec2) {
            return ec2.instances().stop(this);
        }
    }

    record StartInstances(List<String> instanceIds) implements Ec2Request<List<StateChange>> {

        @Override
        public Action action() {
            return Action.START_INSTANCES;
        }

        @Override
        public List<StateChange> on(Ec2Engine ec2) {
            return ec2.instances().start(this);
        }
    }

    /**
     * An interface that RunInstances makes, or takes if it has an id.
     *
     * @param deviceIndex its device index
     * @param networkCardIndex its network card
     * @param networkInterfaceId an existing interface; null to make one
     * @param subnetId the subnet of a new one; null takes that of the call
     * @param groups the security groups of a new one; empty takes the VPC's default group
     * @param privateIpAddress the primary address of a new one; null leaves the choice to EC2
     * @param ipv6AddressCount how many IPv6 addresses; null takes what the subnet says
     * @param description its description
     * @param deleteOnTermination null is true for a new one, false for an existing one
     */
    record LaunchInterface(
            int deviceIndex,
            int networkCardIndex,
            @Nullable String networkInterfaceId,
            @Nullable String subnetId,
            List<String> groups,
            @Nullable String privateIpAddress,
            @Nullable Integer ipv6AddressCount,
            String description,
            @Nullable Boolean deleteOnTermination) {}

    /** What became of one instance. */
    record StateChange(String instanceId, InstanceState previous, InstanceState current) {}
}
