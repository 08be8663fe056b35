package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.testkit.Action;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.AttachmentStatus;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAttribute;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;
import software.amazon.awssdk.services.ec2.model.NewDhcpConfiguration;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/**
 * The testkit's endpoint as the AWS SDK for Java sees it: interfaces, instances, lifecycle hooks
 * and faults, by the SDK's own types.
 */
class Ec2EndpointSdkTest extends EndpointWorld {

    @Test
    void createNetworkInterface_allAttributes_returnsThem() {
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
    void modifyNetworkInterfaceAttribute_eachAttribute_isDescribed() {
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
    void attachAndDetach_interface_changeItsAttachment() {
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
    void assignPrivateIpAddresses_thenUnassign_changesTheAddresses() {
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
    void runInstances_thenTerminate_isDescribed() {
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
    void lifecycleHook_launch_holdsTheInstanceUntilCompletion() {
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
    void unknownAction_anyCall_isRefusedWithARequestId() {
        assertThatThrownBy(() -> ec2.createDhcpOptions(r -> r.dhcpConfigurations(
                        NewDhcpConfiguration.builder().key("k").build())))
                .isInstanceOfSatisfying(AwsServiceException.class, refused -> {
                    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("NotModelledByFake");
                    assertThat(refused.requestId()).hasSize(36);
                    assertThat(refused.statusCode()).isEqualTo(400);
                });
    }

    @Test
    void lostResponse_change_takesEffectOnce() {
        fake.faults().on(Action.CREATE_NETWORK_INTERFACE).loseResponse();

        assertThatThrownBy(() -> ec2.createNetworkInterface(r -> r.subnetId(ipv4.subnetId())))
                .isInstanceOf(SdkClientException.class);

        assertThat(fake.interfaces()).hasSize(1);
        assertThat(fake.journal().calls(Action.CREATE_NETWORK_INTERFACE)).hasSize(1);
    }

    @Test
    void throttling_anyCall_isRecognisedByTheSdk() {
        fake.faults().on(Action.DESCRIBE_SUBNETS).failWith("RequestLimitExceeded");

        assertThatThrownBy(() -> ec2.describeSubnets()).isInstanceOfSatisfying(AwsServiceException.class, refused -> {
            assertThat(refused.isThrottlingException()).isTrue();
            assertThat(refused.statusCode()).isEqualTo(503);
        });
    }

    @Test
    void dryRun_anyChange_hasNoEffect() {
        assertThatThrownBy(() -> ec2.deleteVpc(r -> r.vpcId(vpc.vpcId()).dryRun(true)))
                .isInstanceOfSatisfying(AwsServiceException.class, refused -> {
                    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("DryRunOperation");
                    assertThat(refused.statusCode()).isEqualTo(412);
                });
    }
}
