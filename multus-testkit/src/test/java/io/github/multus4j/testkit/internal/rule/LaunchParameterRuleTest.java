package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.testkit.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules about the parameters of launches. */
class LaunchParameterRuleTest extends RuleTest {

    private static final String IPV6 = "2600:1f18:1234:5604::";

    private Subnet dualStack() {
        return vpc.dualStackSubnet("10.0.4.0/24", IPV6 + "/64", ZONE);
    }

    private static String[] launch(String count, String... more) {
        String[] all = {"ImageId", "ami-" + NONE, "InstanceType", "m5.large", "MinCount", count, "MaxCount", count};
        return Stage.join(all, more);
    }

    @Test
    void run_imageMalformed_isRefused() {
        for (String image : List.of("nonsense", "ami-xyz", "i-" + NONE)) {
            refusedOnWire(
                    InstanceRule.RUN_IMAGE_MALFORMED,
                    "RunInstances",
                    "ImageId",
                    image,
                    "InstanceType",
                    "m5.large",
                    "MinCount",
                    "1",
                    "MaxCount",
                    "1",
                    "SubnetId",
                    vpc.ipv6OnlySubnet(ZONE).id());
        }
    }

    @Test
    void instance_idsMissing_isRefused() {
        for (String action : List.of("TerminateInstances", "StopInstances", "StartInstances")) {
            refusedOnWire(InstanceRule.INSTANCE_IDS_MISSING, action);
        }
    }

    @Test
    void run_tagsWithoutInterface_isRefused() {
        String[] tags = {
            "TagSpecification.1.ResourceType", "network-interface",
            "TagSpecification.1.Tag.1.Key", "Owner",
            "TagSpecification.1.Tag.1.Value", "a"
        };
        Subnet subnet = subnet();

        refusedOnWire(
                InstanceRule.RUN_TAGS_WITHOUT_INTERFACE,
                "RunInstances",
                Stage.join(
                        launch("1", tags),
                        "NetworkInterface.1.DeviceIndex",
                        "0",
                        "NetworkInterface.1.NetworkInterfaceId",
                        create(subnet).id()));
        assertThat(onWire("RunInstances", Stage.join(launch("1", tags), "SubnetId", subnet.id()))
                        .isSuccess())
                .isTrue();
    }

    @Test
    void run_addressForMany_isRefused() {
        String subnet = dualStack().id();

        refusedOnWire(
                InstanceRule.RUN_ADDRESS_FOR_MANY,
                "RunInstances",
                launch("2", "SubnetId", subnet, "PrivateIpAddress", "10.0.4.10"));
        refusedOnWire(
                InstanceRule.RUN_ADDRESS_FOR_MANY,
                "RunInstances",
                launch("2", "SubnetId", subnet, "Ipv6Address.1.Ipv6Address", IPV6 + "9"));
    }

    @Test
    void run_interfaceTwice_isRefused() {
        Subnet subnet = subnet();

        refusedOnWire(
                InstanceRule.RUN_INTERFACE_TWICE,
                "RunInstances",
                launch(
                        "1",
                        "NetworkInterface.1.DeviceIndex",
                        "0",
                        "NetworkInterface.1.NetworkInterfaceId",
                        create(subnet).id(),
                        "NetworkInterface.1.SubnetId",
                        subnet.id()));
    }

    @Test
    void launch_withAddresses_givesThemToThePrimaryInterface() {
        WireAnswer launched = onWire(
                "RunInstances",
                launch("1", "SubnetId", dualStack().id(), "PrivateIpAddress", "10.0.4.10", "Ipv6AddressCount", "2"));
        Instance instance = ec2.instance(launched.text("instanceId"));

        NetworkInterface primary = ec2.interfaces().get(0);
        assertThat(instance.id()).startsWith("i-");
        assertThat(primary.ipv4Addresses()).hasToString("[10.0.4.10]");
        assertThat(primary.ipv6Addresses()).hasSize(2);
        refusedOnWire(
                InstanceRule.RUN_SUBNET_TWICE,
                "RunInstances",
                launch(
                        "1",
                        "PrivateIpAddress",
                        "10.0.4.11",
                        "NetworkInterface.1.DeviceIndex",
                        "0",
                        "NetworkInterface.1.SubnetId",
                        primary.subnetId()));
    }

    @Test
    void launch_withTooManyInterfaces_reportsTheRequestedNumber() {
        String subnet = subnet().id();
        String[] wanted = {};
        for (int i = 0; i < 5; i++) {
            String name = "NetworkInterface." + (i + 1);
            wanted = Stage.join(wanted, name + ".DeviceIndex", String.valueOf(i), name + ".SubnetId", subnet);
        }

        assertThat(refusedOnWire(InterfaceRule.ATTACH_OVER_TYPE_LIMIT, "RunInstances", launch("1", wanted)))
                .isEqualTo("Interface count 5 exceeds the limit for m5.large");
    }
}
