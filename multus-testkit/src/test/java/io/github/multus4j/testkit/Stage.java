package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.testkit.internal.call.Ec2Request;
import io.github.multus4j.testkit.internal.query.QueryProtocol;
import io.github.multus4j.testkit.internal.rule.CannotShow;
import io.github.multus4j.testkit.internal.rule.WireAnswer;
import io.github.multus4j.testkit.internal.rule.WireTarget;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A VPC (10.0.0.0/16 and an IPv6 block) of one target, in which a scenario plays: calls by name and
 * parameters, as they go over the wire.
 */
public final class Stage {

    public static final String ZONE = "us-east-1a";
    public static final String OTHER_ZONE = "us-east-1b";

    /**
     * The digits of an id that was never assigned: an emulator may invent a resource for an unknown
     * id, and keep it.
     */
    public static final String NONE =
            "0" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);

    public final String vpc;
    public final Cidr ipv6;

    private final WireTarget target;
    private final @Nullable FakeEc2Network fake;

    private Stage(WireTarget target, @Nullable FakeEc2Network fake) {
        this.target = target;
        this.fake = fake;
        this.vpc = must("CreateVpc", "CidrBlock", "10.0.0.0/16", "AmazonProvidedIpv6CidrBlock", "true")
                .text("vpcId");
        this.ipv6 = Cidr.parse(must("DescribeVpcs", "VpcId.1", vpc).text("ipv6CidrBlock"));
    }

    public static Stage in(FakeEc2Network fake) {
        return new Stage(WireTarget.of(fake), fake);
    }

    public static Stage at(WireTarget target) {
        return new Stage(target, null);
    }

    /** The fake, for settings that only a fake has. */
    public FakeEc2Network fake() {
        if (fake == null) {
            throw new CannotShow("");
        }
        return fake;
    }

    boolean isFake() {
        return fake != null;
    }

    /** A call of EC2, as parameter names and values; refused or not. */
    public WireAnswer call(String action, String... parameters) {
        return target.call(QueryProtocol.EC2, action, map(parameters));
    }

    /** A call of the fake that has no form on the wire; refused or not. */
    public WireAnswer direct(Ec2Request<?> request) {
        return WireTarget.answer(() -> {
            fake().engine().call(request);
            return "";
        });
    }

    /** A call of EC2 Auto Scaling; refused or not. */
    public WireAnswer scale(String action, String... parameters) {
        return target.call(QueryProtocol.AUTO_SCALING, action, map(parameters));
    }

    /** A preparing call: the scenario fails without it. */
    public WireAnswer must(String action, String... parameters) {
        return succeeded(action, call(action, parameters));
    }

    /** As {@link #must}, for EC2 Auto Scaling. */
    public WireAnswer mustScale(String action, String... parameters) {
        return succeeded(action, scale(action, parameters));
    }

    private static WireAnswer succeeded(String action, WireAnswer answer) {
        if (!answer.isSuccess()) {
            throw new CannotShow(action + " answers " + answer.outcome());
        }
        return answer;
    }

    private static Map<String, String> map(String... parameters) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            map.put(parameters[i], parameters[i + 1]);
        }
        return map;
    }

    public static String[] join(String[] some, String... others) {
        return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
    }

    /** {@code prefix.1=value, prefix.2=value …} */
    public static String[] numbered(String prefix, List<String> values) {
        List<String> parameters = new ArrayList<>();
        for (String value : values) {
            parameters.add(prefix + "." + (parameters.size() / 2 + 1));
            parameters.add(value);
        }
        return parameters.toArray(String[]::new);
    }

    public String subnet(String cidr) {
        return subnet(cidr, ZONE);
    }

    public String subnet(String cidr, String zone) {
        return must("CreateSubnet", "VpcId", vpc, "CidrBlock", cidr, "AvailabilityZone", zone)
                .text("subnetId");
    }

    /** 10.0.4.0/24 */
    public String subnet() {
        return subnet("10.0.4.0/24");
    }

    /** 10.0.4.0/24 and {@link #ipv6Block}. */
    public String dualStackSubnet() {
        return must(
                        "CreateSubnet",
                        "VpcId",
                        vpc,
                        "CidrBlock",
                        "10.0.4.0/24",
                        "Ipv6CidrBlock",
                        ipv6Block().toString(),
                        "AvailabilityZone",
                        ZONE)
                .text("subnetId");
    }

    public Cidr ipv6Block() {
        return Cidr.containing(ipv6.first().plus(BigInteger.valueOf(4).shiftLeft(64)), 64);
    }

    public String ipv6Address(int number) {
        return ipv6Block().first().plus(number).toString();
    }

    public WireAnswer create(String subnet, String... parameters) {
        return call("CreateNetworkInterface", join(parameters, "SubnetId", subnet));
    }

    /** A network interface in that subnet. */
    public String eni(String subnet, String... parameters) {
        return must("CreateNetworkInterface", join(parameters, "SubnetId", subnet))
                .text("networkInterfaceId");
    }

    public String instance(String subnet, String type) {
        return run(subnet, type).text("instanceId");
    }

    /** An m5.large: three interfaces, ten addresses each. */
    public String instance(String subnet) {
        return instance(subnet, "m5.large");
    }

    private WireAnswer run(String subnet, String type) {
        return must("RunInstances", Stage.join(Stage.launch(type), "SubnetId", subnet));
    }

    public static String[] launch(String type) {
        return new String[] {"ImageId", "ami-12c6146b", "InstanceType", type, "MinCount", "1", "MaxCount", "1"};
    }

    public WireAnswer attach(String eni, String instance, int index, String... parameters) {
        return call(
                "AttachNetworkInterface",
                join(
                        parameters,
                        "NetworkInterfaceId",
                        eni,
                        "InstanceId",
                        instance,
                        "DeviceIndex",
                        String.valueOf(index)));
    }

    /** The id of an attachment that is made. */
    public String attached(String eni, String instance, int index) {
        return succeeded("AttachNetworkInterface", attach(eni, instance, index)).text("attachmentId");
    }

    public String group(String name) {
        return must("CreateSecurityGroup", "VpcId", vpc, "GroupName", name, "GroupDescription", name)
                .text("groupId");
    }

    public String reserve(String subnet, String cidr) {
        return must("CreateSubnetCidrReservation", "SubnetId", subnet, "Cidr", cidr, "ReservationType", "explicit")
                .text("subnetCidrReservationId");
    }

    /** An Auto Scaling group; an emulator requires a launch template. */
    public String autoScalingGroup() {
        String name = "group-" + UUID.randomUUID();
        if (!isFake()) {
            must(
                    "CreateLaunchTemplate",
                    "LaunchTemplateName",
                    name,
                    "LaunchTemplateData.ImageId",
                    "ami-12c6146b",
                    "LaunchTemplateData.InstanceType",
                    "m5.large");
        }
        mustScale("CreateAutoScalingGroup", autoScalingGroup(name, subnet("10.0.200.0/24")));
        return name;
    }

    public static String[] autoScalingGroup(String name, String subnet) {
        return new String[] {
            "AutoScalingGroupName",
            name,
            "LaunchTemplate.LaunchTemplateName",
            name,
            "MinSize",
            "0",
            "MaxSize",
            "9",
            "VPCZoneIdentifier",
            subnet
        };
    }

    public void hook(String group, String hook) {
        mustScale(
                "PutLifecycleHook",
                "AutoScalingGroupName",
                group,
                "LifecycleHookName",
                hook,
                "LifecycleTransition",
                "autoscaling:EC2_INSTANCE_LAUNCHING");
    }

    /** An instance that enters the group. */
    public String member(String group) {
        String instance = instance(subnet());
        mustScale("AttachInstances", "AutoScalingGroupName", group, "InstanceIds.member.1", instance);
        return instance;
    }

    /** The fake's own view of a subnet. */
    public Subnet look(String subnet) {
        return fake().describeSubnets(
                        List.of(Filter.of("subnet-id", subnet)), Deadline.in(Duration.ofMinutes(1), fake().clock()))
                .get(0);
    }
}
