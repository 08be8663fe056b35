package io.github.multus4j.testkit.contract;

import static io.github.multus4j.testkit.contract.ContractSite.absent;
import static io.github.multus4j.testkit.contract.ContractSite.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.NetworkInterface;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Tests of the contract about changing, detaching and deleting an interface, and about the end of
 * its instance.
 */
abstract class ReleasingCases {

    abstract ContractSite site();

    @Test
    void modifySourceDestCheck_offAndOn_isSeen() {
        String id = site().create(site().subnet()).id();

        site().ec2.modifySourceDestCheck(id, false, site().deadline());
        assertThat(site().describe(id).sourceDestCheck()).isFalse();

        site().ec2.modifySourceDestCheck(id, true, site().deadline());
        assertThat(site().describe(id).sourceDestCheck()).isTrue();
    }

    @Test
    void modifySourceDestCheck_unknownInterface_isRefused() {
        Ec2Exception refusal = refusal(() -> site().ec2.modifySourceDestCheck(absent("eni"), false, site().deadline()));

        assertThat(refusal.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(refusal.action()).isEqualTo("ModifyNetworkInterfaceAttribute");
    }

    @Test
    @Needs(Capability.DELETE_ON_TERMINATION)
    void modifyDeleteOnTermination_onAndOff_isSeen() {
        Attached it = attached();

        modifyDeleteOnTermination(it, true);
        assertThat(attachment(it).deleteOnTermination()).isTrue();

        modifyDeleteOnTermination(it, false);
        assertThat(attachment(it).deleteOnTermination()).isFalse();
    }

    @Test
    void modifyDeleteOnTermination_attachmentOfThatInterface_isAccepted() {
        Attached it = attached();

        modifyDeleteOnTermination(it, true);

        assertThat(site().describe(it.interfaceId()).isAttachedTo(it.instanceId()))
                .isTrue();
    }

    @Test
    @Needs(Capability.DELETE_ON_TERMINATION)
    void modifyDeleteOnTermination_unknownAttachment_isRefused() {
        Attached it = attached();

        Ec2Exception refusal = refusal(() ->
                site().ec2.modifyDeleteOnTermination(it.interfaceId(), absent("eni-attach"), true, site().deadline()));

        assertThat(refusal.kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void createTags_ofAnInstance_addsAndReplaces() {
        String id = attached().instanceId();
        writesTags(() -> write(id, Map.of("a", "1", "b", "1")));

        write(id, Map.of("b", "2"));

        assertThat(site().describeInstance(id).tags()).containsEntry("a", "1").containsEntry("b", "2");
    }

    @Test
    @Needs(Capability.TAGGED_RESOURCE_CHECKS)
    void createTags_unknownInstance_isRefused() {
        Ec2Exception refusal = refusal(() -> write(absent("i"), Map.of("a", "1")));

        assumeWritesTags(refusal);
        assertThat(refusal.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(refusal.action()).isEqualTo("CreateTags");
    }

    private void write(String resourceId, Map<String, String> tags) {
        site().ec2.createTags(resourceId, tags, site().deadline());
    }

    private static void writesTags(Runnable call) {
        try {
            call.run();
        } catch (Ec2Exception e) {
            assumeWritesTags(e);
            throw e;
        }
    }

    /** A port from before {@code createTags} refuses it, by the method's default. */
    private static void assumeWritesTags(Ec2Exception refusal) {
        assumeFalse(refusal.code().equals("UnsupportedOperation"), refusal.getMessage());
    }

    @Test
    void detach_done_isSeenOnBothSides() {
        Attached it = attached();

        site().ec2.detachNetworkInterface(it.attachmentId(), site().deadline());

        NetworkInterface seen = site().describe(it.interfaceId());
        assertThat(seen.attachment()).isNull();
        assertThat(seen.status()).isEqualTo(NetworkInterface.Status.AVAILABLE);
        assertThat(site().describeInstance(it.instanceId()).attachments())
                .extracting(Attachment::networkInterfaceId)
                .doesNotContain(it.interfaceId());
    }

    @Test
    void detach_again_isSuccess() {
        Attached it = attached();

        site().ec2.detachNetworkInterface(it.attachmentId(), site().deadline());
        site().ec2.detachNetworkInterface(it.attachmentId(), site().deadline());

        assertThat(site().describe(it.interfaceId()).attachment()).isNull();
    }

    @Test
    void detach_done_letsTheInterfaceBeAttachedAgain() {
        Attached it = attached();
        site().ec2.detachNetworkInterface(it.attachmentId(), site().deadline());

        String again = site().ec2.attachNetworkInterface(it.interfaceId(), it.instanceId(), 1, 0, site().deadline());

        assertThat(again).isNotEqualTo(it.attachmentId());
        assertThat(attachment(it).id()).isEqualTo(again);
    }

    @Test
    @Needs(Capability.PRIMARY_STAYS)
    void detach_primaryInterface_isRefused() {
        String instance = site().instance(site().subnet());
        Attachment primary = site().describeInstance(instance).attachments().get(0);

        Ec2Exception refusal = refusal(() -> site().ec2.detachNetworkInterface(primary.id(), site().deadline()));

        assertThat(refusal.kind()).isIn(Kind.DENIED, Kind.INVALID);
        assertThat(site().describeInstance(instance).attachments()).hasSize(1);
    }

    @Test
    void delete_availableInterface_isGone() {
        String subnet = site().subnet();
        String id = site().create(subnet).id();

        site().ec2.deleteNetworkInterface(id, site().deadline());

        assertThat(site().find(id)).isEmpty();
        assertThat(site().interfaces("subnet-id", subnet)).isEmpty();
    }

    @Test
    void delete_again_isSuccess() {
        String id = site().create(site().subnet()).id();

        site().ec2.deleteNetworkInterface(id, site().deadline());
        site().ec2.deleteNetworkInterface(id, site().deadline());

        assertThat(site().find(id)).isEmpty();
    }

    @Test
    @Needs(Capability.DELETE_REFUSED_WHILE_ATTACHED)
    void delete_attachedInterface_isRefused() {
        Attached it = attached();

        Ec2Exception refusal = refusal(() -> site().ec2.deleteNetworkInterface(it.interfaceId(), site().deadline()));

        assertThat(refusal.kind()).isEqualTo(Kind.BUSY);
        assertThat(attachment(it).id()).isEqualTo(it.attachmentId());
    }

    @Test
    @Needs({Capability.DELETE_ON_TERMINATION, Capability.TERMINATION_RELEASES})
    void terminate_interfaceWithDeleteOnTermination_isGone() {
        Attached it = attached();
        modifyDeleteOnTermination(it, true);

        site().world.terminateInstance(it.instanceId());

        assertThat(site().find(it.interfaceId())).isEmpty();
    }

    @Test
    @Needs(Capability.TERMINATION_RELEASES)
    void terminate_interfaceWithoutDeleteOnTermination_isAvailable() {
        Attached it = attached();

        site().world.terminateInstance(it.instanceId());

        NetworkInterface seen = site().describe(it.interfaceId());
        assertThat(seen.status()).isEqualTo(NetworkInterface.Status.AVAILABLE);
        assertThat(seen.attachment()).isNull();
    }

    @Test
    @Needs(Capability.TERMINATION_RELEASES)
    void terminate_primaryInterface_isGone() {
        String subnet = site().subnet();
        String instance = site().instance(subnet);

        site().world.terminateInstance(instance);

        assertThat(site().interfaces("subnet-id", subnet)).isEmpty();
    }

    private record Attached(String instanceId, String interfaceId, String attachmentId) {}

    private Attached attached() {
        String subnet = site().subnet();
        String instance = site().instance(subnet);
        NetworkInterface made = site().create(subnet);
        return new Attached(instance, made.id(), site().attach(made, instance, 1));
    }

    private Attachment attachment(Attached it) {
        return Objects.requireNonNull(site().describe(it.interfaceId()).attachment(), "not attached");
    }

    private void modifyDeleteOnTermination(Attached it, boolean deleteOnTermination) {
        site().ec2
                .modifyDeleteOnTermination(it.interfaceId(), it.attachmentId(), deleteOnTermination, site().deadline());
    }
}
