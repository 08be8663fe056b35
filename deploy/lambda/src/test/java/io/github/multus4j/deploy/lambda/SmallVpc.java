package io.github.multus4j.deploy.lambda;

import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** A VPC with two Multus subnets in each of two zones, made by the SDK on any EC2. */
final class SmallVpc implements AutoCloseable {

    static final String TOKEN = "87654321-4321-4321-4321-210987654321";

    private final Ec2Client ec2;
    private final String vpc;
    private final String nodes;

    final String signallingA;
    final String mediaA;
    final String signallingB;
    final String mediaB;
    final String signallingGroup;
    final String mediaGroup;

    private SmallVpc(Ec2Client ec2) {
        this.ec2 = ec2;
        this.vpc = ec2.createVpc(v -> v.cidrBlock("10.0.0.0/16")).vpc().vpcId();
        this.nodes = subnet("10.0.0.0/24", "us-east-1a");
        this.signallingA = subnet("10.0.4.0/24", "us-east-1a");
        this.mediaA = subnet("10.0.6.0/24", "us-east-1a");
        this.signallingB = subnet("10.0.5.0/24", "us-east-1b");
        this.mediaB = subnet("10.0.7.0/24", "us-east-1b");
        this.signallingGroup = group("signalling");
        this.mediaGroup = group("media");
    }

    static SmallVpc at(URI endpoint) {
        return new SmallVpc(Ec2Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build());
    }

    private String subnet(String cidr, String zone) {
        return ec2.createSubnet(s -> s.vpcId(vpc).cidrBlock(cidr).availabilityZone(zone))
                .subnet()
                .subnetId();
    }

    private String group(String name) {
        return ec2.createSecurityGroup(g -> g.vpcId(vpc).groupName(name).description(name + " interfaces"))
                .groupId();
    }

    /** A node in the first zone that asks for interfaces. */
    String launchNode() {
        return launch(Map.of("multus-ng", "true"));
    }

    String launch(Map<String, String> tags) {
        TagSpecification specification = TagSpecification.builder()
                .resourceType(ResourceType.INSTANCE)
                .tags(tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
        return ec2.runInstances(r -> r.imageId("ami-0abcdef1234567890")
                        .instanceType(InstanceType.M5_4_XLARGE)
                        .minCount(1)
                        .maxCount(1)
                        .subnetId(nodes)
                        .tagSpecifications(specification))
                .instances()
                .get(0)
                .instanceId();
    }

    /** The reference Lambda's variables for this VPC. */
    Map<String, String> variables() {
        return Map.of(
                "Az1SubnetIds",
                signallingA + "," + mediaA,
                "Az2SubnetIds",
                signallingB + "," + mediaB,
                "SecGroupIds",
                signallingGroup + "," + mediaGroup,
                "TargetNodeGroupTagKey",
                "multus-ng",
                "useStaticIPs",
                "true",
                "ENITags",
                "cnf=amf,query=a=b");
    }

    /** The interfaces in the four Multus subnets. */
    List<NetworkInterface> multusInterfaces() {
        Filter subnets = Filter.builder()
                .name("subnet-id")
                .values(signallingA, mediaA, signallingB, mediaB)
                .build();
        return ec2.describeNetworkInterfaces(d -> d.filters(subnets)).networkInterfaces();
    }

    static String launchEvent(String instanceId) {
        return """
                {
                  "version": "0",
                  "id": "12345678-1234-1234-1234-123456789012",
                  "detail-type": "EC2 Instance-launch Lifecycle Action",
                  "source": "aws.autoscaling",
                  "account": "123456789012",
                  "time": "2026-01-01T00:00:00Z",
                  "region": "us-east-1",
                  "resources": [],
                  "detail": {
                    "LifecycleActionToken": "%s",
                    "AutoScalingGroupName": "multus-nodes",
                    "LifecycleHookName": "Launch-LC-Hook",
                    "EC2InstanceId": "%s",
                    "LifecycleTransition": "autoscaling:EC2_INSTANCE_LAUNCHING",
                    "Origin": "EC2",
                    "Destination": "AutoScalingGroup"
                  }
                }
                """.formatted(TOKEN, instanceId);
    }

    @Override
    public void close() {
        ec2.close();
    }
}
