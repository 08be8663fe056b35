package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.InstanceType.NetworkCard;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AttachNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AttachmentChange;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DeleteNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DescribeNetworkInterfaceAttribute;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DescribeNetworkInterfaces;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DetachNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.ModifyNetworkInterfaceAttribute;
import io.github.multus4j.testkit.internal.call.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InterfaceRuleTest extends RuleTest {

    private static AttachNetworkInterface attach(NetworkInterface made, Instance node, int index, int card) {
        return new AttachNetworkInterface(made.id(), node.id(), index, card);
    }

    private static ModifyNetworkInterfaceAttribute deleteOnTermination(NetworkInterface of, String attachmentId) {
        return new ModifyNetworkInterfaceAttribute(of.id(), null, null, null, new AttachmentChange(attachmentId, true));
    }

    @Test
    void interface_idMalformed_isRefused() {
        refused(InterfaceRule.INTERFACE_ID_MALFORMED, new DeleteNetworkInterface("eni-xyz"));
        refused(InterfaceRule.INTERFACE_ID_MALFORMED, new DeleteNetworkInterface(subnet().id()));
    }

    @Test
    void interface_unknown_isRefused() {
        String id = "eni-" + NONE;

        assertThat(refused(InterfaceRule.INTERFACE_UNKNOWN, new DeleteNetworkInterface(id))
                        .text())
                .isEqualTo("The networkInterface ID '" + id + "' does not exist");
        refused(InterfaceRule.INTERFACE_UNKNOWN, new DescribeNetworkInterfaceAttribute(id, "description"));
        refused(
                InterfaceRule.INTERFACE_UNKNOWN,
                new DescribeNetworkInterfaces(List.of(id, "eni-0aaaaaaaaaaaaaaaa"), List.of(), true, Page.NONE));
    }

    @Test
    void interfaces_overLimit_isRefused() {
        ec2.behaviour().networkInterfaceLimit(1);
        Subnet subnet = subnet();
        create(subnet);

        refused(InterfaceRule.INTERFACES_OVER_LIMIT, CreateCall.in(subnet).request());
    }

    @Test
    void interface_descriptionTooLong_isRefused() {
        refused(
                InterfaceRule.INTERFACE_DESCRIPTION_TOO_LONG,
                CreateCall.in(subnet()).description("x".repeat(256)).request());
    }

    @Test
    void interface_mac_isValidAndUnique() {
        Subnet subnet = subnet();

        List<String> macs = List.of(
                create(subnet).macAddress(),
                create(subnet).macAddress(),
                create(subnet).macAddress());

        assertThat(macs).doesNotHaveDuplicates().allMatch(mac -> mac.matches("0[2a](:[0-9a-f]{2}){5}"));
    }

    @Test
    void interface_managed_isRefused() {
        NetworkInterface managed = ec2.occupyManaged(subnet(), "10.0.4.9");

        refused(InterfaceRule.INTERFACE_MANAGED, new DeleteNetworkInterface(managed.id()));
        refused(
                InterfaceRule.INTERFACE_MANAGED,
                new ModifyNetworkInterfaceAttribute(managed.id(), null, null, false, null));
    }

    @Test
    void interface_managedHidden_isListedOnlyWhenAskedFor() {
        NetworkInterface managed = ec2.occupyManaged(subnet(), "10.0.4.9");

        assertThat(call(new DescribeNetworkInterfaces(List.of(), List.of(), false, Page.NONE))
                        .items())
                .isEmpty();
        assertThat(call(new DescribeNetworkInterfaces(List.of(), List.of(), true, Page.NONE))
                        .items())
                .extracting(item -> item.networkInterface().id())
                .containsExactly(managed.id());
    }

    @Test
    void attachment_idMalformed_isRefused() {
        NetworkInterface made = create(subnet());

        refused(InterfaceRule.ATTACHMENT_ID_MALFORMED, new DetachNetworkInterface(made.id(), false));
        refused(InterfaceRule.ATTACHMENT_ID_MALFORMED, deleteOnTermination(made, made.id()));
    }

    @Test
    void attachment_unknown_isRefused() {
        String id = "eni-attach-" + NONE;

        assertThat(refused(InterfaceRule.ATTACHMENT_UNKNOWN, new DetachNetworkInterface(id, false))
                        .text())
                .isEqualTo("The attachment ID '" + id + "' does not exist");
        refused(InterfaceRule.ATTACHMENT_UNKNOWN, deleteOnTermination(create(subnet()), id));
    }

    @Test
    void attach_indexTaken_isRefused() {
        Instance node = node("m5.4xlarge");
        ec2.attachStranger(node.id(), 2);

        assertThat(refused(InterfaceRule.ATTACH_INDEX_TAKEN, attach(create(subnet()), node, 2, 0))
                        .text())
                .isEqualTo("Instance '" + node.id() + "' already has an interface attached at device index '2'.");
    }

    @Test
    void attach_indexNegative_isRefused() {
        refused(InterfaceRule.ATTACH_INDEX_NEGATIVE, attach(create(subnet()), node("m5.large"), -1, 0));
    }

    @Test
    void attach_sameIndexOfAnotherCard_isFree() {
        Instance node = node("p4d.24xlarge");
        Subnet subnet = subnet();
        call(attach(create(subnet), node, 1, 0));

        assertThat(call(attach(create(subnet), node, 1, 3)).networkCardIndex()).isEqualTo(3);
    }

    @Test
    void attach_alreadyAttached_isRefused() {
        Instance node = node("m5.4xlarge");
        NetworkInterface made = create(subnet());
        attach(made, node, 1);

        refused(InterfaceRule.ATTACH_ALREADY_ATTACHED, attach(made, node, 1, 0));
        refused(InterfaceRule.ATTACH_ALREADY_ATTACHED, attach(made, node("m5.large"), 2, 0));
    }

    @Test
    void attach_otherZone_isRefused() {
        NetworkInterface made = create(vpc.subnet("10.0.5.0/24", OTHER_ZONE));

        assertThat(refused(InterfaceRule.ATTACH_OTHER_ZONE, attach(made, node("m5.large"), 1, 0))
                        .text())
                .contains("not in the same availability zone");
    }

    @Test
    void attach_overTypeLimit_isRefused() {
        Subnet subnet = subnet();
        Instance node = node("t3.medium");
        attach(create(subnet), node, 1);
        attach(create(subnet), node, 5);

        assertThat(refused(InterfaceRule.ATTACH_OVER_TYPE_LIMIT, attach(create(subnet), node, 2, 0))
                        .text())
                .isEqualTo("Interface count 4 exceeds the limit for t3.medium");
    }

    @Test
    void attach_overCardLimit_isRefused() {
        Subnet subnet = subnet();
        Instance node = node("p5.48xlarge");
        call(attach(create(subnet), node, 1, 1));
        call(attach(create(subnet), node, 2, 1));

        refused(InterfaceRule.ATTACH_OVER_CARD_LIMIT, attach(create(subnet), node, 3, 1));
    }

    @Test
    void attach_unknownCard_isRefused() {
        refused(InterfaceRule.ATTACH_UNKNOWN_CARD, attach(create(subnet()), node("m5.large"), 1, 1));
    }

    @Test
    void attach_overAddressLimit_isRefused() {
        NetworkInterface made =
                call(CreateCall.in(subnet()).secondaryCount(2).request()).networkInterface();

        refused(InterfaceRule.ATTACH_OVER_ADDRESS_LIMIT, attach(made, node("t3.nano"), 1, 0));
    }

    @Test
    void attach_ipv6Unsupported_isRefused() {
        ec2.add(new InstanceType("old.large", 4, List.of(new NetworkCard(0, 4)), 10, 0, false));
        NetworkInterface made = create(vpc.ipv6OnlySubnet(ZONE));

        refused(InterfaceRule.ATTACH_IPV6_UNSUPPORTED, attach(made, node("old.large"), 1, 0));
    }

    @Test
    void attach_instanceNotReady_isRefused() {
        NetworkInterface made = create(subnet());
        Instance pending = vpc.launchPending("m5.large", ZONE, Map.of(), Duration.ofSeconds(5));
        Instance terminated = node("m5.large");
        ec2.terminate(terminated.id());

        assertThat(refused(InterfaceRule.ATTACH_INSTANCE_NOT_READY, attach(made, pending, 1, 0))
                        .text())
                .contains("is not 'running'");
        refused(InterfaceRule.ATTACH_INSTANCE_NOT_READY, attach(made, terminated, 1, 0));

        ec2.time().advance(Duration.ofSeconds(5));
        attach(made, pending, 1);
    }

    @Test
    void attach_toAStoppedInstance_isLegal() {
        Instance node = node("m5.large");
        ec2.stop(node.id());

        assertThat(attach(create(subnet()), node, 1).attachmentId()).startsWith("eni-attach-");
    }

    @Test
    void attach_deletesNot_unlessTold() {
        Instance node = node("m5.large");
        NetworkInterface made = create(subnet());
        String attachmentId = attach(made, node, 1).attachmentId();
        assertThat(Objects.requireNonNull(now(made).attachment()).deleteOnTermination())
                .isFalse();

        call(deleteOnTermination(made, attachmentId));

        assertThat(Objects.requireNonNull(now(made).attachment()).deleteOnTermination())
                .isTrue();
    }

    @Test
    void detach_primary_isRefused() {
        Instance node = node("m5.large");

        assertThat(refused(
                                InterfaceRule.DETACH_PRIMARY,
                                new DetachNetworkInterface(
                                        node.attachments().get(0).id(), false))
                        .text())
                .contains("device index 0 and networkCard index 0 cannot be detached");
    }

    @Test
    void detach_changing_isRefused() {
        ec2.behaviour().attachingTakes(Duration.ofSeconds(2)).detachingTakes(Duration.ofSeconds(3));
        NetworkInterface made = create(subnet());
        String attachmentId = attach(made, node("m5.large"), 1).attachmentId();
        assertThat(status(made)).isEqualTo(Attachment.Status.ATTACHING);
        refused(InterfaceRule.DETACH_CHANGING, new DetachNetworkInterface(attachmentId, false));

        ec2.time().advance(Duration.ofSeconds(2));
        assertThat(status(made)).isEqualTo(Attachment.Status.ATTACHED);
        call(new DetachNetworkInterface(attachmentId, false));
        assertThat(status(made)).isEqualTo(Attachment.Status.DETACHING);
        refused(InterfaceRule.DETACH_CHANGING, new DetachNetworkInterface(attachmentId, false));
        refused(InterfaceRule.DELETE_IN_USE, new DeleteNetworkInterface(made.id()));

        ec2.time().advance(Duration.ofSeconds(3));
        assertThat(now(made).attachment()).isNull();
        assertThat(now(made).status()).isEqualTo(NetworkInterface.Status.AVAILABLE);
        refused(InterfaceRule.ATTACHMENT_UNKNOWN, new DetachNetworkInterface(attachmentId, false));
    }

    private Attachment.Status status(NetworkInterface made) {
        return Objects.requireNonNull(now(made).attachment()).status();
    }

    @Test
    void delete_inUse_isRefused() {
        NetworkInterface made = create(subnet());
        attach(made, node("m5.large"), 1);

        assertThat(refused(InterfaceRule.DELETE_IN_USE, new DeleteNetworkInterface(made.id()))
                        .text())
                .isEqualTo("Network interface '" + made.id() + "' is currently in use.");
    }

    @Test
    void modify_manyAttributes_isRefused() {
        String id = create(subnet()).id();

        refused(
                InterfaceRule.MODIFY_MANY_ATTRIBUTES,
                new ModifyNetworkInterfaceAttribute(id, "text", null, false, null));
        refused(InterfaceRule.MODIFY_MANY_ATTRIBUTES, new ModifyNetworkInterfaceAttribute(id, null, null, null, null));
    }

    @Test
    void modify_attachmentIdMissing_isRefused() {
        NetworkInterface made = create(subnet());
        attach(made, node("m5.large"), 1);

        refused(
                InterfaceRule.MODIFY_ATTACHMENT_ID_MISSING,
                new ModifyNetworkInterfaceAttribute(made.id(), null, null, null, new AttachmentChange(null, true)));
    }

    @Test
    void modify_attachmentOfOther_isRefused() {
        Instance node = node("m5.large");
        NetworkInterface made = create(subnet());
        attach(made, node, 1);

        refused(
                InterfaceRule.MODIFY_ATTACHMENT_OF_OTHER,
                deleteOnTermination(made, node.attachments().get(0).id()));
    }

    @Test
    void modify_noGroups_isRefused() {
        refused(
                InterfaceRule.MODIFY_NO_GROUPS,
                new ModifyNetworkInterfaceAttribute(create(subnet()).id(), null, List.of(), null, null));
    }

    @Test
    void modify_oneAttribute_isSeen() {
        NetworkInterface made = create(subnet());
        String group = vpc.securityGroup("media").id();

        call(new ModifyNetworkInterfaceAttribute(made.id(), "new", null, null, null));
        call(new ModifyNetworkInterfaceAttribute(made.id(), null, List.of(group), null, null));
        call(new ModifyNetworkInterfaceAttribute(made.id(), null, null, false, null));

        NetworkInterface seen = call(new DescribeNetworkInterfaces(
                        List.of(), List.of(Filter.of("description", "new")), false, Page.NONE))
                .items()
                .get(0)
                .networkInterface();
        assertThat(seen.securityGroupIds()).containsExactly(group);
        assertThat(seen.sourceDestCheck()).isFalse();
    }
}
