package io.github.multus4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.testkit.InterfaceRequests.AssignIpv6Addresses;
import io.github.multus4j.testkit.InterfaceRequests.AssignPrivateIpAddresses;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules about the parameters of calls: which exclude each other, which are missing, what their values may be. */
class ParameterRuleTest extends RuleTest {

    private static final String IPV6 = "2600:1f18:1234:5604::";

    private Subnet dualStack() {
        return vpc.dualStackSubnet("10.0.4.0/24", IPV6 + "/64", ZONE);
    }

    private static String[] launch(String count, String... more) {
        String[] all = {"ImageId", "ami-" + NONE, "InstanceType", "m5.large", "MinCount", count, "MaxCount", count};
        return Stage.join(all, more);
    }

    @Test
    void addresses_inTwoForms_isRefused() {
        String subnet = dualStack().id();
        String[] address = {"PrivateIpAddresses.1.PrivateIpAddress", "10.0.4.10"};
        String[] count = {"SecondaryPrivateIpAddressCount", "1"};
        String[] prefix = {"Ipv4Prefix.1.Ipv4Prefix", "10.0.4.32/28"};
        String[] prefixes = {"Ipv4PrefixCount", "1"};
        String[] address6 = {"Ipv6Addresses.1.Ipv6Address", IPV6 + "9"};
        String[] count6 = {"Ipv6AddressCount", "1"};
        String[] prefix6 = {"Ipv6Prefix.1.Ipv6Prefix", IPV6 + "/80"};
        String[] prefixes6 = {"Ipv6PrefixCount", "1"};

        for (String[][] two : new String[][][] {
            {address, prefix},
            {address, prefixes},
            {count, prefix},
            {count, prefixes},
            {address6, prefix6},
            {address6, prefixes6},
            {count6, prefix6},
            {count6, prefixes6}
        }) {
            refusedOnWire(
                    AddressRule.ADDRESSES_IN_TWO_FORMS,
                    "CreateNetworkInterface",
                    Stage.join(Stage.join(two[0], two[1]), "SubnetId", subnet));
        }
    }

    @Test
    void primaryAddress_goesWithEachForm() {
        Subnet subnet = dualStack();

        NetworkInterface made = call(CreateCall.in(subnet)
                        .address("10.0.4.10")
                        .prefixCount(1)
                        .ipv6Count(1)
                        .request())
                .networkInterface();

        assertThat(made.ipv4Addresses()).hasSize(1);
        assertThat(made.prefixes()).hasSize(1);
    }

    @Test
    void assignedAddresses_byValueAndCount_areRefused_alsoIfTheyAreItsOwn() {
        Subnet subnet = dualStack();
        NetworkInterface made = call(CreateCall.in(subnet)
                        .secondary("10.0.4.10")
                        .ipv6(IPV6 + "9")
                        .request())
                .networkInterface();
        call(CreateCall.in(subnet).secondary("10.0.4.20").request());

        for (String address : List.of("10.0.4.10", "10.0.4.20")) {
            refused(
                    AddressRule.ADDRESSES_BY_VALUE_AND_COUNT,
                    new AssignPrivateIpAddresses(made.id(), List.of(address), 1, List.of(), null, true));
        }
        refused(
                AddressRule.ADDRESSES_BY_VALUE_AND_COUNT,
                new AssignPrivateIpAddresses(made.id(), List.of(), null, List.of("10.0.4.32/28"), 1, false));
        refused(
                AddressRule.ADDRESSES_BY_VALUE_AND_COUNT,
                new AssignIpv6Addresses(made.id(), List.of(IPV6 + "9"), 1, List.of(), null));
        refused(
                AddressRule.ADDRESSES_BY_VALUE_AND_COUNT,
                new AssignIpv6Addresses(made.id(), List.of(), null, List.of(IPV6 + "/80"), 1));
    }

    @Test
    void address_countNegative_isRefused() {
        Subnet subnet = dualStack();
        String id = create(subnet).id();

        for (String count : List.of("SecondaryPrivateIpAddressCount", "Ipv4PrefixCount")) {
            refusedOnWire(
                    AddressRule.ADDRESS_COUNT_NEGATIVE, "CreateNetworkInterface", "SubnetId", subnet.id(), count, "-1");
            refusedOnWire(
                    AddressRule.ADDRESS_COUNT_NEGATIVE,
                    "AssignPrivateIpAddresses",
                    "NetworkInterfaceId",
                    id,
                    count,
                    "-1");
        }
        for (String count : List.of("Ipv6AddressCount", "Ipv6PrefixCount")) {
            refusedOnWire(
                    AddressRule.ADDRESS_COUNT_NEGATIVE, "AssignIpv6Addresses", "NetworkInterfaceId", id, count, "-1");
        }
    }

    @Test
    void reassignment_ofSeveralAddresses_namesAllThatMayNotMove() {
        Subnet subnet = subnet();
        call(CreateCall.in(subnet).secondary("10.0.4.10", "10.0.4.11").request());
        List<String> addresses = List.of("10.0.4.10", "10.0.4.11", "10.0.4.12");

        Ec2Error error = refused(
                AddressRule.REASSIGN_NOT_ALLOWED,
                new AssignPrivateIpAddresses(create(subnet).id(), addresses, null, List.of(), null, false));

        assertThat(error.code()).isEqualTo("InvalidParameterValue");
        assertThat(error.text()).isEqualTo("[10.0.4.10, 10.0.4.11] assigned, but move is not allowed.");
    }

    @Test
    void interface_typeUnknown_isRefused() {
        for (String type : List.of("nonsense", "branch", "")) {
            refusedOnWire(
                    InterfaceRule.INTERFACE_TYPE_UNKNOWN,
                    "CreateNetworkInterface",
                    "SubnetId",
                    vpc.ipv6OnlySubnet(ZONE).id(),
                    "InterfaceType",
                    type);
        }
    }

    @Test
    void efaOnly_addresses_areRefused() {
        String subnet = subnet().id();

        for (String[] wish : List.of(
                new String[] {"PrivateIpAddress", "10.0.4.10"},
                new String[] {"SecondaryPrivateIpAddressCount", "1"},
                new String[] {"Ipv4PrefixCount", "1"})) {
            refusedOnWire(
                    InterfaceRule.EFA_ONLY_ADDRESSES,
                    "CreateNetworkInterface",
                    Stage.join(wish, "SubnetId", subnet, "InterfaceType", "efa-only"));
        }
        assertThat(onWire("CreateNetworkInterface", "SubnetId", subnet, "InterfaceType", "efa-only")
                        .texts("privateIpAddress"))
                .isEmpty();
    }

    @Test
    void cidr_canonical_isMade() {
        assertThat(onWire("CreateVpc", "CidrBlock", "10.9.0.1/16").text("cidrBlock"))
                .isEqualTo("10.9.0.0/16");
        assertThat(onWire("CreateSubnet", "VpcId", vpc.id(), "CidrBlock", "10.0.66.7/24")
                        .text("cidrBlock"))
                .isEqualTo("10.0.66.0/24");
        assertThat(onWire("AssociateVpcCidrBlock", "VpcId", vpc.id(), "CidrBlock", "100.68.0.18/18")
                        .text("cidrBlock"))
                .isEqualTo("100.68.0.0/18");
    }

    @Test
    void vpc_ipv6PoolMissing_isRefused() {
        refusedOnWire(
                VpcRule.VPC_IPV6_POOL_MISSING,
                "CreateVpc",
                "CidrBlock",
                "10.9.0.0/16",
                "Ipv6CidrBlock",
                "2600:1f18:9::/56");
        refusedOnWire(
                VpcRule.VPC_IPV6_POOL_MISSING,
                "AssociateVpcCidrBlock",
                "VpcId",
                vpc.id(),
                "Ipv6CidrBlock",
                "2600:1f18:9::/56");
    }

    @Test
    void vpc_blocksMany_isRefused() {
        String[] own = {"Ipv6CidrBlock", "2600:1f18:9::/56", "Ipv6Pool", "ipv6pool-ec2-" + NONE};
        String[] amazons = {"AmazonProvidedIpv6CidrBlock", "true"};

        refusedOnWire(
                VpcRule.VPC_BLOCKS_MANY, "CreateVpc", Stage.join(Stage.join(own, amazons), "CidrBlock", "10.9.0.0/16"));
        for (String[] ipv6 : List.of(own, amazons)) {
            refusedOnWire(
                    VpcRule.VPC_BLOCKS_MANY,
                    "AssociateVpcCidrBlock",
                    Stage.join(ipv6, "VpcId", vpc.id(), "CidrBlock", "10.9.0.0/16"));
        }
    }

    @Test
    void vpc_tenancyUnknown_isRefused() {
        for (String tenancy : List.of("host", "nonsense")) {
            refusedOnWire(
                    VpcRule.VPC_TENANCY_UNKNOWN, "CreateVpc", "CidrBlock", "10.9.0.0/16", "InstanceTenancy", tenancy);
        }
    }

    @Test
    void subnet_ipv6OnlyWithIpv4_isRefused() {
        refusedOnWire(
                VpcRule.SUBNET_IPV6_ONLY_WITH_IPV4,
                "CreateSubnet",
                "VpcId",
                vpc.id(),
                "CidrBlock",
                "10.0.4.0/24",
                "Ipv6CidrBlock",
                IPV6 + "/64",
                "Ipv6Native",
                "true");
    }

    @Test
    void subnet_zoneTwice_isRefused() {
        String[] subnet = {"VpcId", vpc.id(), "CidrBlock", "10.0.4.0/24", "AvailabilityZoneId"};

        refusedOnWire(
                VpcRule.SUBNET_ZONE_TWICE, "CreateSubnet", Stage.join(subnet, "use1-az2", "AvailabilityZone", ZONE));
        refusedOnWire(VpcRule.ZONE_UNKNOWN, "CreateSubnet", Stage.join(subnet, "use1-az9"));
        assertThat(onWire("CreateSubnet", Stage.join(subnet, "use1-az2")).text("availabilityZone"))
                .isEqualTo(OTHER_ZONE);
    }

    @Test
    void group_withoutVpc_isRefused() {
        refusedOnWire(VpcRule.GROUP_WITHOUT_VPC, "CreateSecurityGroup", "GroupName", "g", "GroupDescription", "g");
    }

    @Test
    void group_nameInvalid_isRefused() {
        for (String name : List.of("g".repeat(256), "ü", "a'b", "a<b", "tab\t")) {
            refusedOnWire(
                    VpcRule.GROUP_NAME_INVALID,
                    "CreateSecurityGroup",
                    "VpcId",
                    vpc.id(),
                    "GroupName",
                    name,
                    "GroupDescription",
                    "g");
        }
        SecurityGroup made = vpc.securityGroup("a-Z 09._:/()#,@[]+=&;{}!$*" + "g".repeat(229));
        assertThat(made.name()).hasSize(255);
    }

    @Test
    void group_descriptionInvalid_isRefused() {
        for (String description : List.of("g".repeat(256), "ü", "somebody's")) {
            refusedOnWire(
                    VpcRule.GROUP_DESCRIPTION_INVALID,
                    "CreateSecurityGroup",
                    "VpcId",
                    vpc.id(),
                    "GroupName",
                    "g",
                    "GroupDescription",
                    description);
        }
    }

    @Test
    void groupName_inOtherCase_isADuplicate() {
        vpc.securityGroup("Twice");

        refusedOnWire(
                VpcRule.GROUP_DUPLICATE,
                "CreateSecurityGroup",
                "VpcId",
                vpc.id(),
                "GroupName",
                "twice",
                "GroupDescription",
                "g");
    }

    @Test
    void filter_withoutName_isRefused() {
        for (String action : List.of("DescribeInstances", "DescribeSubnets", "DescribeTags")) {
            assertThat(refusedOnWire(RequestRule.FILTER_WITHOUT_NAME, action, "Filter.1.Value.1", "a"))
                    .isEqualTo("The filter 'null' is invalid");
        }
    }

    @Test
    void page_sizeOutOfRange_isRefusedByEachListing() {
        Stream.of(
                        "DescribeInstances",
                        "DescribeNetworkInterfaces",
                        "DescribeSubnets",
                        "DescribeVpcs",
                        "DescribeSecurityGroups",
                        "DescribeTags",
                        "DescribeInstanceTypes",
                        "DescribeSecurityGroupVpcAssociations")
                .forEach(action -> assertThat(
                                refusedOnWire(RequestRule.PAGE_SIZE_OUT_OF_RANGE, action, "MaxResults", "1"))
                        .isEqualTo(
                                "Value ( 1 ) for parameter maxResults is invalid. Expecting a value greater than 5."));
    }

    @Test
    void tag_resourcesOverLimit_isRefused() {
        refusedOnWire(
                RequestRule.TAG_RESOURCES_OVER_LIMIT,
                "CreateTags",
                Stage.join(
                        Stage.numbered("ResourceId", Collections.nCopies(1001, vpc.id())),
                        "Tag.1.Key",
                        "k",
                        "Tag.1.Value",
                        "v"));
    }

    @Test
    void tags_areListedByKeyAndValue() {
        call(CreateCall.in(subnet())
                .tags(Map.of("Owner", "TeamA", "Other", "x"))
                .request());

        assertThat(onWire("DescribeTags", "Filter.1.Name", "tag:Owner", "Filter.1.Value.1", "Team*")
                        .texts("key"))
                .containsExactly("Owner");
        assertThat(onWire("DescribeTags", "Filter.1.Name", "tag:Owner", "Filter.1.Value.1", "TeamB")
                        .texts("key"))
                .isEmpty();
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
    void launch_withTooManyInterfaces_saysHowManyWereAskedFor() {
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
