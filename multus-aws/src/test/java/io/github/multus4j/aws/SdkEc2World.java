package io.github.multus4j.aws;

import io.github.multus4j.net.Cidr;
import io.github.multus4j.testkit.contract.Ec2World;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The world of the contract in any EC2 that a client reaches. */
final class SdkEc2World implements Ec2World {

    private static final String IMAGE = "ami-12c6146b";

    private final Ec2Client client;
    private @Nullable List<String> zones;

    SdkEc2World(Ec2Client client) {
        this.client = client;
    }

    /** A client of an emulator: any credentials, no retries. */
    static Ec2Client client(URI endpoint) {
        return Ec2Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(20)))
                .overrideConfiguration(overrides -> overrides.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    @Override
    public List<String> zones() {
        if (zones == null) {
            zones = client.describeAvailabilityZones(all -> {}).availabilityZones().stream()
                    .map(AvailabilityZone::zoneName)
                    .sorted()
                    .limit(2)
                    .toList();
        }
        return zones;
    }

    @Override
    public Vpc createVpc(Cidr ipv4) {
        String id = client.createVpc(vpc -> vpc.cidrBlock(ipv4.toString()).amazonProvidedIpv6CidrBlock(true))
                .vpc()
                .vpcId();
        String ipv6 = client.describeVpcs(vpcs -> vpcs.vpcIds(id))
                .vpcs()
                .get(0)
                .ipv6CidrBlockAssociationSet()
                .get(0)
                .ipv6CidrBlock();
        return new Vpc(id, Cidr.parse(ipv6));
    }

    @Override
    public void deleteVpc(String vpcId) {
        client.deleteVpc(vpc -> vpc.vpcId(vpcId));
    }

    @Override
    public String createSubnet(
            String vpcId, String zone, @Nullable Cidr ipv4, @Nullable Cidr ipv6, Map<String, String> tags) {
        return client.createSubnet(subnet -> {
                    subnet.vpcId(vpcId).availabilityZone(zone);
                    if (ipv4 == null) {
                        subnet.ipv6Native(true);
                    } else {
                        subnet.cidrBlock(ipv4.toString());
                    }
                    if (ipv6 != null) {
                        subnet.ipv6CidrBlock(ipv6.toString());
                    }
                    tag(tags, ResourceType.SUBNET).forEach(subnet::tagSpecifications);
                })
                .subnet()
                .subnetId();
    }

    @Override
    public void deleteSubnet(String subnetId) {
        client.deleteSubnet(subnet -> subnet.subnetId(subnetId));
    }

    @Override
    public String createReservation(String subnetId, Cidr cidr, String type) {
        return client.createSubnetCidrReservation(reservation ->
                        reservation.subnetId(subnetId).cidr(cidr.toString()).reservationType(type))
                .subnetCidrReservation()
                .subnetCidrReservationId();
    }

    @Override
    public String createSecurityGroup(String vpcId, String name) {
        return client.createSecurityGroup(
                        group -> group.vpcId(vpcId).groupName(name).description("made by a contract test"))
                .groupId();
    }

    @Override
    public void deleteSecurityGroup(String groupId) {
        client.deleteSecurityGroup(group -> group.groupId(groupId));
    }

    @Override
    public String runInstance(String subnetId, String securityGroupId, String instanceType, Map<String, String> tags) {
        String id = client.runInstances(run -> {
                    run.imageId(IMAGE)
                            .instanceType(instanceType)
                            .minCount(1)
                            .maxCount(1)
                            .subnetId(subnetId)
                            .securityGroupIds(securityGroupId);
                    tag(tags, ResourceType.INSTANCE).forEach(run::tagSpecifications);
                })
                .instances()
                .get(0)
                .instanceId();
        await(id, InstanceStateName.RUNNING);
        return id;
    }

    @Override
    public void terminateInstance(String instanceId) {
        client.terminateInstances(instances -> instances.instanceIds(instanceId));
        await(instanceId, InstanceStateName.TERMINATED);
    }

    @Override
    public void assignPrefix(String networkInterfaceId, Cidr prefix) {
        client.assignPrivateIpAddresses(
                assign -> assign.networkInterfaceId(networkInterfaceId).ipv4Prefixes(prefix.toString()));
    }

    private void await(String instanceId, InstanceStateName state) {
        List<Instance> found = List.of();
        for (int tries = 0; tries < 100; tries++) {
            found = client.describeInstances(instances -> instances.instanceIds(instanceId)).reservations().stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .toList();
            if (found.stream().allMatch(instance -> instance.state().name() == state)) {
                return;
            }
            pause();
        }
        throw new IllegalStateException(instanceId + " is not " + state + ": " + found);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static List<TagSpecification> tag(Map<String, String> tags, ResourceType type) {
        return tags.isEmpty()
                ? List.of()
                : List.of(TagSpecification.builder()
                        .resourceType(type)
                        .tags(tags.entrySet().stream()
                                .map(tag -> Tag.builder()
                                        .key(tag.getKey())
                                        .value(tag.getValue())
                                        .build())
                                .toList())
                        .build());
    }
}
