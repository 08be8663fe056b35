package io.github.multus4j.aws;

import static io.github.multus4j.aws.Mapping.list;
import static io.github.multus4j.aws.Mapping.number;
import static io.github.multus4j.aws.Mapping.tags;
import static io.github.multus4j.aws.Mapping.text;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.InstanceType.NetworkCard;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.NetworkInfo;

/** Instances, as DescribeInstances gives them, and their types, as DescribeInstanceTypes does. */
final class InstanceMapping {

    private InstanceMapping() {}

    static Instance instance(software.amazon.awssdk.services.ec2.model.Instance from) {
        String id = text(from.instanceId());
        return new Instance(
                id,
                text(from.instanceTypeAsString()),
                text(from.vpcId()),
                from.placement() == null ? "" : text(from.placement().availabilityZone()),
                from.state() == null
                        ? Instance.State.UNKNOWN
                        : Instance.State.of(text(from.state().nameAsString())),
                from.launchTime() == null ? Instant.EPOCH : from.launchTime(),
                list(from.networkInterfaces()).stream()
                        .filter(networkInterface -> networkInterface.attachment() != null)
                        .map(networkInterface -> attachment(id, networkInterface))
                        .toList(),
                tags(from.tags()),
                Mapping.outpost(from.outpostArn()));
    }

    private static Attachment attachment(String instanceId, InstanceNetworkInterface from) {
        return new Attachment(
                text(from.attachment().attachmentId()),
                text(from.networkInterfaceId()),
                instanceId,
                number(from.attachment().deviceIndex()),
                number(from.attachment().networkCardIndex()),
                Attachment.Status.of(text(from.attachment().statusAsString())),
                Boolean.TRUE.equals(from.attachment().deleteOnTermination()));
    }

    static InstanceType instanceType(InstanceTypeInfo from) {
        NetworkInfo network = from.networkInfo() == null ? NetworkInfo.builder().build() : from.networkInfo();
        int maximum = number(network.maximumNetworkInterfaces());
        List<NetworkCard> cards = list(network.networkCards()).stream()
                .map(card -> new NetworkCard(number(card.networkCardIndex()), number(card.maximumNetworkInterfaces())))
                .toList();
        return new InstanceType(
                text(from.instanceTypeAsString()),
                maximum,
                cards.isEmpty() ? List.of(new NetworkCard(0, maximum)) : cards,
                number(network.ipv4AddressesPerInterface()),
                number(network.ipv6AddressesPerInterface()),
                Boolean.TRUE.equals(network.ipv6Supported()));
    }
}
