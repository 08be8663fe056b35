package io.github.multus4j.testkit.internal.rule;

import io.github.multus4j.testkit.Stage;
import io.github.multus4j.testkit.internal.rule.Scenarios.Scenario;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Scenarios for {@link InstanceRule}. */
final class InstanceScenarios {

    private InstanceScenarios() {}

    static Map<InstanceRule, Scenario> all() {
        Map<InstanceRule, Scenario> all = new EnumMap<>(InstanceRule.class);
        all.put(InstanceRule.INSTANCE_ID_MALFORMED, s -> s.attach(s.eni(s.subnet()), "i-xyz", 1));
        all.put(InstanceRule.INSTANCE_UNKNOWN, s -> s.attach(s.eni(s.subnet()), "i-" + Stage.NONE, 1));
        all.put(InstanceRule.STATUS_RUNNING_ONLY, s -> {
            String instance = s.instance(s.subnet());
            s.must("StopInstances", "InstanceId.1", instance);
            String[] everyState = {"InstanceId.1", instance, "IncludeAllInstances", "true"};
            return Seen.effect(s.must("DescribeInstanceStatus", "InstanceId.1", instance)
                            .texts("instanceId")
                            .isEmpty()
                    && s.must("DescribeInstanceStatus", everyState)
                            .texts("instanceId")
                            .equals(List.of(instance)));
        });
        all.put(InstanceRule.RUN_TYPE_UNKNOWN, s -> run(s, "m5.gigantic", "SubnetId", s.subnet()));
        all.put(
                InstanceRule.RUN_COUNT_INVALID,
                s -> s.call(
                        "RunInstances",
                        "ImageId",
                        "ami-12c6146b",
                        "InstanceType",
                        "m5.large",
                        "MinCount",
                        "2",
                        "MaxCount",
                        "1",
                        "SubnetId",
                        s.subnet()));
        all.put(
                InstanceRule.RUN_IMAGE_MALFORMED,
                s -> s.call(
                        "RunInstances",
                        "ImageId",
                        "nonsense",
                        "InstanceType",
                        "m5.large",
                        "MinCount",
                        "1",
                        "MaxCount",
                        "1",
                        "SubnetId",
                        s.subnet()));
        all.put(InstanceRule.IMAGE_SHOWN, s -> {
            String instance = s.instance(s.subnet());
            String image = s.must("DescribeInstances", "InstanceId.1", instance).text("imageId");
            WireAnswer shown = s.must("DescribeImages", "ImageId.1", image);
            return Seen.effect(shown.texts("imageId").equals(List.of(image))
                    && shown.texts("imageState").equals(List.of("available")));
        });
        all.put(InstanceRule.INSTANCE_IDS_MISSING, s -> s.call("TerminateInstances"));
        all.put(
                InstanceRule.RUN_TAGS_WITHOUT_INTERFACE,
                s -> run(
                        s,
                        "m5.large",
                        "NetworkInterface.1.DeviceIndex",
                        "0",
                        "NetworkInterface.1.NetworkInterfaceId",
                        s.eni(s.subnet()),
                        "TagSpecification.1.ResourceType",
                        "network-interface",
                        "TagSpecification.1.Tag.1.Key",
                        "Owner",
                        "TagSpecification.1.Tag.1.Value",
                        "a"));
        all.put(
                InstanceRule.RUN_ADDRESS_FOR_MANY,
                s -> s.call(
                        "RunInstances",
                        "ImageId",
                        "ami-12c6146b",
                        "InstanceType",
                        "m5.large",
                        "MinCount",
                        "2",
                        "MaxCount",
                        "2",
                        "SubnetId",
                        s.subnet(),
                        "PrivateIpAddress",
                        "10.0.4.10"));
        all.put(InstanceRule.RUN_INTERFACE_TWICE, s -> {
            String subnet = s.subnet();
            return run(
                    s,
                    "m5.large",
                    "NetworkInterface.1.DeviceIndex",
                    "0",
                    "NetworkInterface.1.NetworkInterfaceId",
                    s.eni(subnet),
                    "NetworkInterface.1.SubnetId",
                    subnet);
        });
        all.put(InstanceRule.RUN_WITHOUT_SUBNET, s -> run(s, "m5.large"));
        all.put(InstanceRule.RUN_SUBNET_TWICE, s -> {
            String subnet = s.subnet();
            return run(
                    s,
                    "m5.large",
                    "SubnetId",
                    subnet,
                    "NetworkInterface.1.DeviceIndex",
                    "0",
                    "NetworkInterface.1.SubnetId",
                    subnet);
        });
        all.put(
                InstanceRule.RUN_WITHOUT_PRIMARY,
                s -> run(
                        s,
                        "m5.large",
                        "NetworkInterface.1.DeviceIndex",
                        "1",
                        "NetworkInterface.1.SubnetId",
                        s.subnet()));
        all.put(
                InstanceRule.RUN_INTERFACES_OF_ZONES,
                s -> run(
                        s,
                        "m5.large",
                        "NetworkInterface.1.DeviceIndex",
                        "0",
                        "NetworkInterface.1.SubnetId",
                        s.subnet(),
                        "NetworkInterface.2.DeviceIndex",
                        "1",
                        "NetworkInterface.2.SubnetId",
                        s.subnet("10.0.5.0/24", Stage.OTHER_ZONE)));
        all.put(
                InstanceRule.RUN_INTERFACE_FOR_MANY,
                s -> s.call(
                        "RunInstances",
                        "ImageId",
                        "ami-12c6146b",
                        "InstanceType",
                        "m5.large",
                        "MinCount",
                        "2",
                        "MaxCount",
                        "2",
                        "NetworkInterface.1.DeviceIndex",
                        "0",
                        "NetworkInterface.1.NetworkInterfaceId",
                        s.eni(s.subnet())));
        all.put(
                InstanceRule.RUN_OTHER_ZONE,
                s -> run(s, "m5.large", "SubnetId", s.subnet(), "Placement.AvailabilityZone", Stage.OTHER_ZONE));
        all.put(InstanceRule.TERMINATE_INTERFACES, s -> {
            String subnet = s.subnet();
            String instance = s.instance(subnet);
            String goes = s.eni(subnet);
            String stays = s.eni(subnet);
            InterfaceScenarios.modifyDeleteOnTermination(s, goes, s.attached(goes, instance, 1));
            s.attached(stays, instance, 2);
            s.must("TerminateInstances", "InstanceId.1", instance);
            WireAnswer left =
                    s.must("DescribeNetworkInterfaces", "Filter.1.Name", "subnet-id", "Filter.1.Value.1", subnet);
            return Seen.effect(left.texts("networkInterfaceId").equals(List.of(stays))
                    && left.texts("status").equals(List.of("available")));
        });
        all.put(InstanceRule.STOP_NOT_RUNNING, s -> s.call("StopInstances", "InstanceId.1", terminated(s)));
        all.put(InstanceRule.START_NOT_STOPPED, s -> s.call("StartInstances", "InstanceId.1", terminated(s)));
        all.put(InstanceRule.TYPE_UNKNOWN, s -> s.call("DescribeInstanceTypes", "InstanceType.1", "m5.gigantic"));
        all.put(
                InstanceRule.TYPES_OVER_LIMIT,
                s -> s.call(
                        "DescribeInstanceTypes",
                        Stage.numbered(
                                "InstanceType",
                                IntStream.range(0, 101).mapToObj(i -> "m5." + i).toList())));
        return all;
    }

    private static Seen run(Stage s, String type, String... parameters) {
        return s.call("RunInstances", Stage.join(Stage.launch(type), parameters));
    }

    private static String terminated(Stage s) {
        String instance = s.instance(s.subnet());
        s.must("TerminateInstances", "InstanceId.1", instance);
        return instance;
    }
}
