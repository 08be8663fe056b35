package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.testkit.Ec2Endpoint;
import io.github.multus4j.testkit.FakeEc2Network;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingInstanceDetails;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AttachmentStatus;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfaceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAttribute;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;
import software.amazon.awssdk.services.ec2.model.NewDhcpConfiguration;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.SubnetCidrBlockStateCode;
import software.amazon.awssdk.services.ec2.model.SubnetCidrReservationType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** The testkit's endpoint as the AWS SDK for Java sees it: every action that it has, by the SDK's own types. */
class Ec2EndpointSdkTest {

    private final FakeEc2Network fake = FakeEc2Network.strict();
    private Ec2Endpoint endpoint;
    private Ec2Client ec2;
    private AutoScalingClient autoScaling;
    private Vpc vpc;
    private Subnet ipv4;
    private Subnet dual;
    private String groupId;

    @BeforeEach
    void buildWorld() {
        endpoint = Ec2Endpoint.start(fake);
        ec2 = configured(Ec2Client.builder().httpClient(UrlConnectionHttpClient.create()))
                .build();
        autoScaling = configured(AutoScalingClient.builder().httpClient(UrlConnectionHttpClient.create()))
                .build();
        String vpcId = ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16")
                        .amazonProvidedIpv6CidrBlock(true)
                        .tagSpecifications(tags(ResourceType.VPC, "Name", "test")))
                .vpc()
                .vpcId();
        vpc = ec2.describeVpcs(r -> r.vpcIds(vpcId)).vpcs().get(0);
        ipv4 = subnet("10.0.1.0/24", null);
        dual = subnet("10.0.2.0/24", ipv6Block(2));
        groupId = ec2.createSecurityGroup(
                        r -> r.groupName("media").description("Media traffic").vpcId(vpcId))
                .groupId();
    }

    @AfterEach
    void stop() {
        ec2.close();
        autoScaling.close();
        endpoint.close();
    }

    @Test
    void vpcs() {
        assertThat(vpc.cidrBlock()).isEqualTo("10.0.0.0/16");
        assertThat(vpc.ipv6CidrBlockAssociationSet())
                .singleElement()
                .satisfies(association -> assertThat(
                                association.ipv6CidrBlockState().stateAsString())
                        .isEqualTo("associated"));
        assertThat(vpc.tags()).containsExactly(tag("Name", "test"));
        assertThat(ec2.associateVpcCidrBlock(r -> r.vpcId(vpc.vpcId()).cidrBlock("10.1.0.0/16"))
                        .cidrBlockAssociation()
                        .cidrBlock())
                .isEqualTo("10.1.0.0/16");
        assertRefused(() -> ec2.deleteVpc(r -> r.vpcId(vpc.vpcId())), "DependencyViolation");

        String empty = ec2.createVpc(r -> r.cidrBlock("10.9.0.0/16")).vpc().vpcId();
        ec2.deleteVpc(r -> r.vpcId(empty));

        assertRefused(() -> ec2.describeVpcs(r -> r.vpcIds(empty)), "InvalidVpcID.NotFound");
    }

    @Test
    void subnets_ofEveryFamily() {
        Subnet ipv6Only = ec2.createSubnet(r -> r.vpcId(vpc.vpcId())
                        .ipv6CidrBlock(ipv6Block(3))
                        .ipv6Native(true)
                        .availabilityZone("us-east-1b"))
                .subnet();

        assertThat(ipv4.cidrBlock()).isEqualTo("10.0.1.0/24");
        assertThat(ipv4.availableIpAddressCount()).isEqualTo(251);
        assertThat(ipv4.ipv6CidrBlockAssociationSet()).isEmpty();
        assertThat(dual.ipv6CidrBlockAssociationSet()).singleElement().satisfies(association -> {
            assertThat(association.ipv6CidrBlock()).isEqualTo(ipv6Block(2));
            assertThat(association.ipv6CidrBlockState().state()).isEqualTo(SubnetCidrBlockStateCode.ASSOCIATED);
        });
        assertThat(ipv6Only.cidrBlock()).isNull();
        assertThat(ipv6Only.ipv6Native()).isTrue();
        assertThat(ipv6Only.availabilityZone()).isEqualTo("us-east-1b");
        ec2.deleteSubnet(r -> r.subnetId(ipv6Only.subnetId()));
        assertRefused(() -> ec2.describeSubnets(r -> r.subnetIds(ipv6Only.subnetId())), "InvalidSubnetID.NotFound");
    }

    @Test
    void subnets_ipv6ComesAndGoes() {
        String associationId = ec2.associateSubnetCidrBlock(
                        r -> r.subnetId(ipv4.subnetId()).ipv6CidrBlock(ipv6Block(7)))
                .ipv6CidrBlockAssociation()
                .associationId();
        ec2.modifySubnetAttribute(
                r -> r.subnetId(ipv4.subnetId()).assignIpv6AddressOnCreation(value -> value.value(true)));

        assertThat(described(ipv4).assignIpv6AddressOnCreation()).isTrue();
        ec2.modifySubnetAttribute(
                r -> r.subnetId(ipv4.subnetId()).assignIpv6AddressOnCreation(value -> value.value(false)));
        assertThat(ec2.disassociateSubnetCidrBlock(r -> r.associationId(associationId))
                        .ipv6CidrBlockAssociation()
                        .associationId())
                .isEqualTo(associationId);
    }

    @Test
    void subnets_pagesAndFilters() {
        for (int i = 10; i < 20; i++) {
            subnet("10.0." + i + ".0/24", null);
        }

        List<Integer> pageSizes =
                ec2.describeSubnetsPaginator(r -> r.maxResults(5).filters(filter("vpc-id", vpc.vpcId()))).stream()
                        .map(page -> page.subnets().size())
                        .toList();

        assertThat(pageSizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(12);
        assertThat(pageSizes)
                .hasSizeGreaterThan(2)
                .allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(5));
        assertThat(ec2.describeSubnets(r -> r.filters(filter("cidr-block", "10.0.1?.0/24")))
                        .subnets())
                .hasSize(10);
        assertRefused(
                () -> ec2.describeSubnets(r -> r.filters(filter("no-such-filter", "x"))), "InvalidParameterValue");
    }

    @Test
    void reservations() {
        String id = ec2.createSubnetCidrReservation(r -> r.subnetId(dual.subnetId())
                        .cidr("10.0.2.128/25")
                        .reservationType(SubnetCidrReservationType.EXPLICIT)
                        .description("media"))
                .subnetCidrReservation()
                .subnetCidrReservationId();
        ec2.createSubnetCidrReservation(r -> r.subnetId(dual.subnetId())
                .cidr(ipv6Block(2).replace("::/64", ":1::/80"))
                .reservationType(SubnetCidrReservationType.PREFIX));

        var reservations = ec2.getSubnetCidrReservations(r -> r.subnetId(dual.subnetId()));

        assertThat(reservations.subnetIpv4CidrReservations()).singleElement().satisfies(reservation -> {
            assertThat(reservation.cidr()).isEqualTo("10.0.2.128/25");
            assertThat(reservation.description()).isEqualTo("media");
        });
        assertThat(reservations.subnetIpv6CidrReservations()).hasSize(1);
        assertThat(ec2.deleteSubnetCidrReservation(r -> r.subnetCidrReservationId(id))
                        .deletedSubnetCidrReservation()
                        .subnetCidrReservationId())
                .isEqualTo(id);
    }

    @Test
    void securityGroups() {
        SecurityGroup group = ec2.describeSecurityGroups(r -> r.groupIds(groupId))
                .securityGroups()
                .get(0);

        assertThat(group.groupName()).isEqualTo("media");
        assertThat(group.description()).isEqualTo("Media traffic");
        assertThat(group.vpcId()).isEqualTo(vpc.vpcId());
        ec2.deleteSecurityGroup(r -> r.groupId(groupId));
        assertRefused(() -> ec2.describeSecurityGroups(r -> r.groupIds(groupId)), "InvalidGroup.NotFound");
    }

    @Test
    void interfaces_madeWithEverythingInOneCall() {
        NetworkInterface made = ec2.createNetworkInterface(r -> r.subnetId(dual.subnetId())
                        .privateIpAddress("10.0.2.20")
                        .ipv6AddressCount(1)
                        .groups(groupId)
                        .description("media 1")
                        .clientToken("token-1")
                        .tagSpecifications(tags(ResourceType.NETWORK_INTERFACE, "slot", "1")))
                .networkInterface();
        NetworkInterface again = ec2.createNetworkInterface(r -> r.subnetId(dual.subnetId())
                        .privateIpAddress("10.0.2.20")
                        .ipv6AddressCount(1)
                        .groups(groupId)
                        .description("media 1")
                        .clientToken("token-1")
                        .tagSpecifications(tags(ResourceType.NETWORK_INTERFACE, "slot", "1")))
                .networkInterface();
        NetworkInterface seen = described(made.networkInterfaceId());

        assertThat(again.networkInterfaceId()).isEqualTo(made.networkInterfaceId());
        assertThat(seen.status()).isEqualTo(NetworkInterfaceStatus.AVAILABLE);
        assertThat(seen.privateIpAddress()).isEqualTo("10.0.2.20");
        assertThat(seen.privateIpAddresses())
                .singleElement()
                .satisfies(address -> assertThat(address.primary()).isTrue());
        assertThat(seen.ipv6Addresses()).hasSize(1);
        assertThat(seen.groups()).extracting(group -> group.groupName()).containsExactly("media");
        assertThat(seen.tagSet()).containsExactly(tag("slot", "1"));
        assertThat(seen.macAddress()).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}");
        assertThat(seen.sourceDestCheck()).isTrue();
        assertThat(seen.attachment()).isNull();
        assertRefused(
                () -> ec2.createNetworkInterface(
                        r -> r.subnetId(dual.subnetId()).clientToken("token-1")),
                "IdempotentParameterMismatch");
        assertRefused(
                () -> ec2.createNetworkInterface(
                        r -> r.subnetId(dual.subnetId()).privateIpAddress("10.0.2.20")),
                "InvalidIPAddress.InUse");
    }

    @Test
    void interfaces_attributes() {
        String id = newInterface(ipv4);

        ec2.modifyNetworkInterfaceAttribute(r -> r.networkInterfaceId(id).sourceDestCheck(value -> value.value(false)));
        ec2.modifyNetworkInterfaceAttribute(r -> r.networkInterfaceId(id).description(value -> value.value("new")));
        ec2.modifyNetworkInterfaceAttribute(r -> r.networkInterfaceId(id).groups(groupId));

        assertThat(attribute(id, NetworkInterfaceAttribute.SOURCE_DEST_CHECK)
                        .sourceDestCheck()
                        .value())
                .isFalse();
        assertThat(attribute(id, NetworkInterfaceAttribute.DESCRIPTION)
                        .description()
                        .value())
                .isEqualTo("new");
        assertThat(attribute(id, NetworkInterfaceAttribute.GROUP_SET).groups())
                .extracting(group -> group.groupId())
                .containsExactly(groupId);
        assertThat(attribute(id, NetworkInterfaceAttribute.ATTACHMENT).attachment())
                .isNull();
    }

    @Test
    void interfaces_attachedAndDetached() {
        String instanceId = launch();
        String id = newInterface(ipv4);

        String attachmentId = ec2.attachNetworkInterface(r -> r.networkInterfaceId(id)
                        .instanceId(instanceId)
                        .deviceIndex(1)
                        .networkCardIndex(0))
                .attachmentId();
        ec2.modifyNetworkInterfaceAttribute(r -> r.networkInterfaceId(id)
                .attachment(change -> change.attachmentId(attachmentId).deleteOnTermination(true)));

        assertThat(described(id).status()).isEqualTo(NetworkInterfaceStatus.IN_USE);
        assertThat(described(id).attachment()).satisfies(attachment -> {
            assertThat(attachment.attachmentId()).isEqualTo(attachmentId);
            assertThat(attachment.instanceId()).isEqualTo(instanceId);
            assertThat(attachment.deviceIndex()).isEqualTo(1);
            assertThat(attachment.networkCardIndex()).isZero();
            assertThat(attachment.status()).isEqualTo(AttachmentStatus.ATTACHED);
            assertThat(attachment.deleteOnTermination()).isTrue();
            assertThat(attachment.attachTime()).isNotNull();
        });
        assertThat(attribute(id, NetworkInterfaceAttribute.ATTACHMENT)
                        .attachment()
                        .instanceId())
                .isEqualTo(instanceId);
        assertRefused(() -> ec2.deleteNetworkInterface(r -> r.networkInterfaceId(id)), "InvalidParameterValue");
        String other = newInterface(ipv4);
        assertRefused(
                () -> ec2.attachNetworkInterface(
                        r -> r.networkInterfaceId(other).instanceId(instanceId).deviceIndex(1)),
                "InvalidParameterValue");

        ec2.detachNetworkInterface(r -> r.attachmentId(attachmentId));

        assertThat(described(id).status()).isEqualTo(NetworkInterfaceStatus.AVAILABLE);
        ec2.deleteNetworkInterface(r -> r.networkInterfaceId(id));
        assertThat(ec2.describeNetworkInterfaces(r -> r.filters(filter("network-interface-id", id)))
                        .networkInterfaces())
                .isEmpty();
    }

    @Test
    void addresses_comeAndGo() {
        String id = newInterface(dual);
        String ipv6 = ipv6Block(2).replace("/64", "cafe");

        assertThat(ec2.assignPrivateIpAddresses(r -> r.networkInterfaceId(id).privateIpAddresses("10.0.2.99"))
                        .assignedPrivateIpAddresses())
                .extracting(address -> address.privateIpAddress())
                .containsExactly("10.0.2.99");
        assertThat(ec2.assignIpv6Addresses(r -> r.networkInterfaceId(id).ipv6Addresses(ipv6))
                        .assignedIpv6Addresses())
                .containsExactly(ipv6);
        assertThat(described(id).privateIpAddresses())
                .extracting(NetworkInterfacePrivateIpAddress::privateIpAddress)
                .contains("10.0.2.99");

        ec2.unassignPrivateIpAddresses(r -> r.networkInterfaceId(id).privateIpAddresses("10.0.2.99"));
        assertThat(ec2.unassignIpv6Addresses(r -> r.networkInterfaceId(id).ipv6Addresses(ipv6))
                        .unassignedIpv6Addresses())
                .containsExactly(ipv6);

        assertThat(described(id).privateIpAddresses()).hasSize(1);
        assertThat(described(id).ipv6Addresses()).isEmpty();
    }

    @Test
    void tags() {
        String id = newInterface(ipv4);

        ec2.createTags(r -> r.resources(id).tags(tag("a", "<&> é 🎈"), tag("b", "")));

        assertThat(described(id).tagSet()).containsExactlyInAnyOrder(tag("a", "<&> é 🎈"), tag("b", ""));
        ec2.deleteTags(r -> r.resources(id).tags(Tag.builder().key("b").build()));
        assertThat(ec2.describeTags(r -> r.filters(filter("resource-id", id))).tags())
                .singleElement()
                .satisfies(tag -> {
                    assertThat(tag.key()).isEqualTo("a");
                    assertThat(tag.resourceType()).isEqualTo(ResourceType.NETWORK_INTERFACE);
                });
    }

    @Test
    void instances() {
        String id = launch();

        Instance running = described(id, InstanceStateName.RUNNING);

        assertThat(running.instanceType()).isEqualTo(InstanceType.M5_4_XLARGE);
        assertThat(running.subnetId()).isEqualTo(ipv4.subnetId());
        assertThat(running.placement().availabilityZone()).isEqualTo("us-east-1a");
        assertThat(running.launchTime()).isNotNull();
        assertThat(running.tags()).containsExactly(tag("Name", "node"));
        assertThat(running.networkInterfaces()).singleElement().satisfies(primary -> {
            assertThat(primary.attachment().deviceIndex()).isZero();
            assertThat(primary.attachment().deleteOnTermination()).isTrue();
        });
        ec2.stopInstances(r -> r.instanceIds(id));
        described(id, InstanceStateName.STOPPED);
        ec2.startInstances(r -> r.instanceIds(id));
        described(id, InstanceStateName.RUNNING);
        assertThat(ec2.terminateInstances(r -> r.instanceIds(id)).terminatingInstances())
                .singleElement()
                .satisfies(change -> assertThat(change.previousState().name()).isEqualTo(InstanceStateName.RUNNING));
        described(id, InstanceStateName.TERMINATED);
    }

    @Test
    void typesAndZones() {
        var network = ec2.describeInstanceTypes(r -> r.instanceTypes(InstanceType.M5_4_XLARGE))
                .instanceTypes()
                .get(0)
                .networkInfo();

        assertThat(network.maximumNetworkInterfaces()).isEqualTo(8);
        assertThat(network.ipv4AddressesPerInterface()).isEqualTo(30);
        assertThat(network.networkCards())
                .singleElement()
                .satisfies(card -> assertThat(card.maximumNetworkInterfaces()).isEqualTo(8));
        assertThat(ec2.describeAvailabilityZones().availabilityZones())
                .extracting(zone -> zone.zoneName())
                .contains("us-east-1a");
    }

    @Test
    void lifecycleHook_holdsTheInstance_untilItIsCompleted() {
        autoScaling.createAutoScalingGroup(r -> r.autoScalingGroupName("ng")
                .minSize(0)
                .maxSize(3)
                .vpcZoneIdentifier(ipv4.subnetId() + "," + dual.subnetId()));
        autoScaling.putLifecycleHook(r -> r.autoScalingGroupName("ng")
                .lifecycleHookName("attach")
                .lifecycleTransition("autoscaling:EC2_INSTANCE_LAUNCHING")
                .heartbeatTimeout(300));
        String id = launch();
        autoScaling.attachInstances(r -> r.autoScalingGroupName("ng").instanceIds(id));

        assertThat(lifecycleState(id)).isEqualTo("Pending:Wait");
        autoScaling.recordLifecycleActionHeartbeat(
                r -> r.autoScalingGroupName("ng").lifecycleHookName("attach").instanceId(id));
        autoScaling.completeLifecycleAction(r -> r.autoScalingGroupName("ng")
                .lifecycleHookName("attach")
                .instanceId(id)
                .lifecycleActionResult("CONTINUE"));
        assertThat(lifecycleState(id)).isEqualTo("InService");
        assertRefused(
                () -> autoScaling.completeLifecycleAction(r -> r.autoScalingGroupName("ng")
                        .lifecycleHookName("attach")
                        .instanceId(id)
                        .lifecycleActionResult("CONTINUE")),
                "ValidationError");
    }

    @Test
    void unknownAction_isRefused_withRequestId() {
        assertThatThrownBy(() -> ec2.createDhcpOptions(r -> r.dhcpConfigurations(
                        NewDhcpConfiguration.builder().key("k").build())))
                .isInstanceOfSatisfying(AwsServiceException.class, refused -> {
                    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidAction");
                    assertThat(refused.requestId()).hasSize(36);
                    assertThat(refused.statusCode()).isEqualTo(400);
                });
    }

    @Test
    void dryRun_changesNothing() {
        assertThatThrownBy(() -> ec2.deleteVpc(r -> r.vpcId(vpc.vpcId()).dryRun(true)))
                .isInstanceOfSatisfying(AwsServiceException.class, refused -> {
                    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("DryRunOperation");
                    assertThat(refused.statusCode()).isEqualTo(412);
                });
    }

    private <B extends AwsClientBuilder<B, C>, C> B configured(B builder) {
        return builder.endpointOverride(endpoint.url())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()));
    }

    private Subnet subnet(String cidr, String ipv6Cidr) {
        return ec2.createSubnet(r -> r.vpcId(vpc.vpcId())
                        .cidrBlock(cidr)
                        .ipv6CidrBlock(ipv6Cidr)
                        .availabilityZone("us-east-1a"))
                .subnet();
    }

    /** One of the 256 blocks of length 64 in the VPC's block of length 56, whose last byte is zero. */
    private String ipv6Block(int number) {
        String first = vpc.ipv6CidrBlockAssociationSet().get(0).ipv6CidrBlock();
        assertThat(first).matches("[0-9a-f]+:[0-9a-f]+:[0-9a-f]+:[0-9a-f]*00::/56");
        return first.replaceFirst("00::/56$", String.format("%02x::/64", number));
    }

    private String newInterface(Subnet subnet) {
        return ec2.createNetworkInterface(r -> r.subnetId(subnet.subnetId()).groups(groupId))
                .networkInterface()
                .networkInterfaceId();
    }

    private String launch() {
        return ec2.runInstances(r -> r.imageId("ami-12345678")
                        .instanceType(InstanceType.M5_4_XLARGE)
                        .minCount(1)
                        .maxCount(1)
                        .subnetId(ipv4.subnetId())
                        .securityGroupIds(groupId)
                        .tagSpecifications(tags(ResourceType.INSTANCE, "Name", "node")))
                .instances()
                .get(0)
                .instanceId();
    }

    private Subnet described(Subnet subnet) {
        return ec2.describeSubnets(r -> r.subnetIds(subnet.subnetId()))
                .subnets()
                .get(0);
    }

    private NetworkInterface described(String id) {
        return ec2.describeNetworkInterfaces(r -> r.networkInterfaceIds(id))
                .networkInterfaces()
                .get(0);
    }

    private Instance described(String id, InstanceStateName state) {
        Instance instance = ec2.describeInstances(r -> r.filters(filter("instance-id", id)))
                .reservations()
                .get(0)
                .instances()
                .get(0);
        assertThat(instance.state().name()).isEqualTo(state);
        return instance;
    }

    private DescribeNetworkInterfaceAttributeResponse attribute(String id, NetworkInterfaceAttribute attribute) {
        return ec2.describeNetworkInterfaceAttribute(
                r -> r.networkInterfaceId(id).attribute(attribute));
    }

    private String lifecycleState(String instanceId) {
        return autoScaling.describeAutoScalingInstances(r -> r.instanceIds(instanceId)).autoScalingInstances().stream()
                .map(AutoScalingInstanceDetails::lifecycleState)
                .findFirst()
                .orElseThrow();
    }

    private static TagSpecification tags(ResourceType type, String key, String value) {
        return TagSpecification.builder()
                .resourceType(type)
                .tags(tag(key, value))
                .build();
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static void assertRefused(ThrowingCallable call, String code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode())
                                .isEqualTo(code));
    }
}
