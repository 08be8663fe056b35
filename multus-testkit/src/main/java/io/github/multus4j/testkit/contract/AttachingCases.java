package io.github.multus4j.testkit.contract;

import static io.github.multus4j.testkit.contract.ContractSite.absent;
import static io.github.multus4j.testkit.contract.ContractSite.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.NetworkInterface;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests of the contract about attaching. */
abstract class AttachingCases {

    abstract ContractSite site();

    @Test
    void attach_done_isSeenAtTheInterface() {
        String subnet = site().subnet();
        String instance = site().instance(subnet);
        NetworkInterface made = site().create(subnet);

        String attachmentId = site().attach(made, instance, 1);

        NetworkInterface seen = site().describe(made.id());
        assertThat(seen.status()).isEqualTo(NetworkInterface.Status.IN_USE);
        assertThat(seen.isAttachedTo(instance)).isTrue();
        assertThat(seen.attachment())
                .isEqualTo(new Attachment(attachmentId, made.id(), instance, 1, 0, Attachment.Status.ATTACHED, false));
    }

    @Test
    void attach_done_isSeenAtTheInstance() {
        String subnet = site().subnet();
        String instance = site().instance(subnet);
        NetworkInterface made = site().create(subnet);

        String attachmentId = site().attach(made, instance, 1);

        assertThat(site().describeInstance(instance).attachments())
                .hasSize(2)
                .filteredOn(attachment -> !attachment.isPrimary())
                .singleElement()
                .satisfies(attachment -> {
                    assertThat(attachment.id()).isEqualTo(attachmentId);
                    assertThat(attachment.networkInterfaceId()).isEqualTo(made.id());
                    assertThat(attachment.instanceId()).isEqualTo(instance);
                    assertThat(attachment.deviceIndex()).isEqualTo(1);
                });
    }

    @Test
    void attach_indexesOutOfOrder_areKept() {
        String subnet = site().subnet();
        String instance = site().instance(subnet);
        NetworkInterface made = site().create(subnet);

        site().attach(made, instance, 7);

        assertThat(site().describeInstance(instance).attachments())
                .extracting(Attachment::deviceIndex)
                .containsExactlyInAnyOrder(0, 7);
    }

    @Test
    @Needs(Capability.DEVICE_INDEX_CONFLICTS)
    void attach_indexTaken_isRefused() {
        String subnet = site().subnet();
        String instance = site().instance(subnet);
        site().attach(site().create(subnet), instance, 1);
        NetworkInterface second = site().create(subnet);

        Ec2Exception refusal = refusal(() -> site().attach(second, instance, 1));

        assertThat(refusal.kind()).isEqualTo(Kind.INDEX_TAKEN);
        assertThat(refusal.action()).isEqualTo("AttachNetworkInterface");
        assertThat(site().describe(second.id()).attachment()).isNull();
    }

    @Test
    @Needs(Capability.DEVICE_INDEX_CONFLICTS)
    void attach_indexOfThePrimary_isRefused() {
        String subnet = site().subnet();
        String instance = site().instance(subnet);
        NetworkInterface made = site().create(subnet);

        assertThat(refusal(() -> site().attach(made, instance, 0)).kind()).isEqualTo(Kind.INDEX_TAKEN);
    }

    @Test
    @Needs(Capability.ATTACHED_ONCE)
    void attach_attachedInterface_isRefused() {
        String subnet = site().subnet();
        String instance = site().instance(subnet);
        NetworkInterface made = site().create(subnet);
        site().attach(made, instance, 1);

        assertThat(refusal(() -> site().attach(made, instance, 2)).kind()).isEqualTo(Kind.BUSY);
    }

    @Test
    @Needs(Capability.ZONE_CHECKS)
    void attach_interfaceOfAnotherZone_isRefused() {
        String instance = site().instance(site().subnet());
        String elsewhere = site().subnet(site().world.zones().get(1), site().nextIpv4(24), null, Map.of());
        NetworkInterface made = site().create(elsewhere);

        assertThat(refusal(() -> site().attach(made, instance, 1)).kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    @Needs(Capability.ATTACHMENT_LIMITS)
    void attach_moreThanTheTypeAllows_isRefused() {
        String subnet = site().subnet();
        String instance = site().instance(subnet);
        site().attach(site().create(subnet), instance, 1);
        site().attach(site().create(subnet), instance, 2);
        NetworkInterface fourth = site().create(subnet);

        Ec2Exception refusal = refusal(() -> site().attach(fourth, instance, 3));

        assertThat(refusal.kind()).isEqualTo(Kind.LIMIT_REACHED);
        assertThat(refusal.code()).isEqualTo("AttachmentLimitExceeded");
    }

    @Test
    @Needs(Capability.NETWORK_CARDS)
    void attach_toTheSecondNetworkCard_goesThere() {
        String subnet = site().subnet();
        String instance = site().instance(subnet, ContractSite.TWO_CARD_TYPE, Map.of());
        NetworkInterface made = site().create(subnet);

        site().ec2.attachNetworkInterface(made.id(), instance, 1, 1, site().deadline());

        assertThat(site().describe(made.id()).attachment())
                .isNotNull()
                .extracting(Attachment::networkCardIndex)
                .isEqualTo(1);
    }

    @Test
    void attach_unknownInstance_isRefused() {
        NetworkInterface made = site().create(site().subnet());

        Ec2Exception refusal = refusal(() -> site().attach(made, absent("i"), 1));

        assertThat(refusal.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(refusal.code()).isEqualTo("InvalidInstanceID.NotFound");
    }

    @Test
    void attach_unknownInterface_isRefused() {
        String instance = site().instance(site().subnet());

        Ec2Exception refusal =
                refusal(() -> site().ec2.attachNetworkInterface(absent("eni"), instance, 1, 0, site().deadline()));

        assertThat(refusal.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(refusal.code()).isEqualTo("InvalidNetworkInterfaceID.NotFound");
    }

    @Test
    @Needs(Capability.INSTANCE_STATES)
    void attach_toATerminatedInstance_isRefused() {
        String subnet = site().subnet();
        String instance = site().instance(subnet);
        NetworkInterface made = site().create(subnet);
        site().world.terminateInstance(instance);

        assertThat(refusal(() -> site().attach(made, instance, 1)).kind())
                .isIn(Kind.INSTANCE_NOT_READY, Kind.NOT_FOUND);
    }
}
