package com.example.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.multus4j.Multus;
import io.github.multus4j.aws.AwsEc2Network;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Outcome;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/**
 * The same tests on every EC2 that a subclass names. They make their world with the AWS SDK, as our
 * own tools do.
 */
abstract class NodeHandlerContract {

    private Ec2Client ec2;
    private NodeHandler handler;
    private String nodes;
    private String signalling;
    private String media;

    /** The URL of the EC2 under test. */
    abstract URI endpoint();

    @BeforeEach
    void makeTheWorld() {
        ec2 = Ec2Client.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
        String vpc = ec2.createVpc(v -> v.cidrBlock("10.0.0.0/16")).vpc().vpcId();
        nodes = subnet(vpc, "10.0.0.0/24");
        signalling = subnet(vpc, "10.0.4.0/24");
        media = subnet(vpc, "10.0.6.0/24");
        String group = ec2.createSecurityGroup(
                        g -> g.vpcId(vpc).groupName("multus").description("Multus interfaces"))
                .groupId();
        Map<String, NodeGroupSpec> specs =
                Map.of("amf", spec(group, signalling), "upf", spec(group, signalling, media));
        handler = new NodeHandler(Multus.using(AwsEc2Network.over(ec2)), name -> Optional.ofNullable(specs.get(name)));
    }

    @AfterEach
    void close() {
        ec2.close();
    }

    @Test
    void handle_nodesOfTwoGroups_getTheInterfacesOfTheirGroup() {
        String amf = launch();
        String upf = launch();

        assertInstanceOf(Outcome.Attached.class, handle(amf, "amf"));
        assertInstanceOf(Outcome.Attached.class, handle(upf, "upf"));

        assertEquals(List.of("1 " + signalling), attachedTo(amf));
        assertEquals(List.of("1 " + signalling, "2 " + media), attachedTo(upf));
    }

    @Test
    void handle_sameEventAgain_makesNoFurtherInterface() {
        String upf = launch();
        handle(upf, "upf");

        Outcome again = handle(upf, "upf");

        assertTrue(again.isReady(), again::toString);
        assertEquals(List.of("1 " + signalling, "2 " + media), attachedTo(upf));
    }

    @Test
    void handle_groupWithoutSpecification_isSkipped() {
        String web = launch();

        assertInstanceOf(Outcome.Skipped.class, handle(web, "web"));

        assertEquals(List.of(), attachedTo(web));
    }

    private Outcome handle(String instanceId, String group) {
        return handler.handle(Events.launch(instanceId, group), Deadline.in(60_000));
    }

    private NodeGroupSpec spec(String group, String... subnets) {
        return NodeGroupSpec.builder()
                .trigger("multus")
                .subnets(subnets)
                .securityGroups(SecurityGroups.shared(group))
                .addressing(Addressing.lowestFree())
                .build();
    }

    private String subnet(String vpc, String cidr) {
        return ec2.createSubnet(s -> s.vpcId(vpc).cidrBlock(cidr).availabilityZone("us-east-1a"))
                .subnet()
                .subnetId();
    }

    private String launch() {
        return ec2.runInstances(r -> r.imageId("ami-0abcdef1234567890")
                        .instanceType(InstanceType.M5_4_XLARGE)
                        .minCount(1)
                        .maxCount(1)
                        .subnetId(nodes)
                        .tagSpecifications(t -> t.resourceType(ResourceType.INSTANCE)
                                .tags(tag -> tag.key("multus").value("true"))))
                .instances()
                .get(0)
                .instanceId();
    }

    /** Device index and subnet of each Multus interface. */
    private List<String> attachedTo(String instanceId) {
        List<NetworkInterface> interfaces = ec2.describeNetworkInterfaces(
                        d -> d.filters(f -> f.name("subnet-id").values(signalling, media)))
                .networkInterfaces();
        return interfaces.stream()
                .filter(it -> it.attachment() != null
                        && instanceId.equals(it.attachment().instanceId()))
                .map(it -> it.attachment().deviceIndex() + " " + it.subnetId())
                .sorted()
                .toList();
    }
}
