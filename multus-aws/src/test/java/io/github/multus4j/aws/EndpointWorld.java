package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfaceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAttribute;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.Vpc;

/**
 * A fake EC2 behind its endpoint, clients of the AWS SDK for Java, and with them a VPC, two subnets
 * and a group.
 */
abstract class EndpointWorld {

    final FakeEc2Network fake = FakeEc2Network.strict();
    private Ec2Endpoint endpoint;
    Ec2Client ec2;
    AutoScalingClient autoScaling;
    Vpc vpc;
    Subnet ipv4;
    Subnet dual;
    String groupId;

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

    <B extends AwsClientBuilder<B, C>, C> B configured(B builder) {
        return builder.endpointOverride(endpoint.url())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()));
    }

    Subnet subnet(String cidr, String ipv6Cidr) {
        return ec2.createSubnet(r -> r.vpcId(vpc.vpcId())
                        .cidrBlock(cidr)
                        .ipv6CidrBlock(ipv6Cidr)
                        .availabilityZone("us-east-1a"))
                .subnet();
    }

    /**
     * One of the 256 blocks of length 64 in the VPC's block of length 56, which ends in a zero
     * byte.
     */
    String ipv6Block(int number) {
        String first = vpc.ipv6CidrBlockAssociationSet().get(0).ipv6CidrBlock();
        assertThat(first).matches("[0-9a-f]+:[0-9a-f]+:[0-9a-f]+:[0-9a-f]*00::/56");
        return first.replaceFirst("00::/56$", String.format("%02x::/64", number));
    }

    String newInterface(Subnet subnet) {
        return ec2.createNetworkInterface(r -> r.subnetId(subnet.subnetId()).groups(groupId))
                .networkInterface()
                .networkInterfaceId();
    }

    String launch() {
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

    Subnet described(Subnet subnet) {
        return ec2.describeSubnets(r -> r.subnetIds(subnet.subnetId()))
                .subnets()
                .get(0);
    }

    NetworkInterface described(String id) {
        return ec2.describeNetworkInterfaces(r -> r.networkInterfaceIds(id))
                .networkInterfaces()
                .get(0);
    }

    Instance described(String id, InstanceStateName state) {
        Instance instance = ec2.describeInstances(r -> r.filters(filter("instance-id", id)))
                .reservations()
                .get(0)
                .instances()
                .get(0);
        assertThat(instance.state().name()).isEqualTo(state);
        return instance;
    }

    DescribeNetworkInterfaceAttributeResponse attribute(String id, NetworkInterfaceAttribute attribute) {
        return ec2.describeNetworkInterfaceAttribute(
                r -> r.networkInterfaceId(id).attribute(attribute));
    }

    String lifecycleState(String instanceId) {
        return autoScaling.describeAutoScalingInstances(r -> r.instanceIds(instanceId)).autoScalingInstances().stream()
                .map(AutoScalingInstanceDetails::lifecycleState)
                .findFirst()
                .orElseThrow();
    }

    static TagSpecification tags(ResourceType type, String key, String value) {
        return TagSpecification.builder()
                .resourceType(type)
                .tags(tag(key, value))
                .build();
    }

    static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }

    static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    static void assertRefused(ThrowingCallable call, String code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode())
                                .isEqualTo(code));
    }
}
