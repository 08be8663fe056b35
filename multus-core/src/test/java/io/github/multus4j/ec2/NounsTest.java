package io.github.multus4j.ec2;

import static io.github.multus4j.Nouns.NODE;
import static io.github.multus4j.Nouns.attached;
import static io.github.multus4j.Nouns.attachment;
import static io.github.multus4j.Nouns.ip;
import static io.github.multus4j.Nouns.networkInterface;
import static io.github.multus4j.Nouns.subnet;
import static io.github.multus4j.Nouns.withPrefixes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NounsTest {

    @ParameterizedTest
    @CsvSource({
        "pending, PENDING",
        "running, RUNNING",
        "stopping, STOPPING",
        "stopped, STOPPED",
        "shutting-down, SHUTTING_DOWN",
        "terminated, TERMINATED"
    })
    void instanceState_ec2sWord_isRead(String word, Instance.State state) {
        assertThat(Instance.State.of(word)).isEqualTo(state).hasToString(word);
    }

    @ParameterizedTest
    @CsvSource({
        "pending, PENDING",
        "available, AVAILABLE",
        "associated, ASSOCIATED",
        "attaching, ATTACHING",
        "in-use, IN_USE",
        "detaching, DETACHING"
    })
    void interfaceStatus_ec2sWord_isRead(String word, NetworkInterface.Status status) {
        assertThat(NetworkInterface.Status.of(word)).isEqualTo(status).hasToString(word);
    }

    @ParameterizedTest
    @CsvSource({"attaching, ATTACHING", "attached, ATTACHED", "detaching, DETACHING", "detached, DETACHED"})
    void attachmentStatus_ec2sWord_isRead(String word, Attachment.Status status) {
        assertThat(Attachment.Status.of(word)).isEqualTo(status).hasToString(word);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Running", "in_use", "IN_USE", "hibernating", "retained\n"})
    void enums_unknownValue_isUnknown(String word) {
        assertThat(Instance.State.of(word)).isEqualTo(Instance.State.UNKNOWN);
        assertThat(NetworkInterface.Status.of(word)).isEqualTo(NetworkInterface.Status.UNKNOWN);
        assertThat(Attachment.Status.of(word)).isEqualTo(Attachment.Status.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void isGoing_onlyOnTheWayOut_isTrue(Instance.State state) {
        assertThat(state.isGoing())
                .isEqualTo(state == Instance.State.SHUTTING_DOWN || state == Instance.State.TERMINATED);
    }

    @ParameterizedTest
    @CsvSource({"ATTACHING, true", "ATTACHED, true", "UNKNOWN, true", "DETACHING, false", "DETACHED, false"})
    void isAttachedTo_status_decides(Attachment.Status status, boolean attached) {
        NetworkInterface there = attached(
                networkInterface("eni-1", subnet("subnet-1", "10.0.4.0/24"), List.of("10.0.4.4"), Map.of()),
                attachment("eni-1", NODE, 1, status));

        assertThat(there.isAttachedTo(NODE)).isEqualTo(attached);
        assertThat(there.isAttachedTo("i-other")).isFalse();
    }

    @Test
    void isAttachedTo_noAttachment_isFalse() {
        NetworkInterface free =
                networkInterface("eni-1", subnet("subnet-1", "10.0.4.0/24"), List.of("10.0.4.4"), Map.of());

        assertThat(free.isAttachedTo(NODE)).isFalse();
    }

    @Test
    void addresses_bothFamiliesAndPrefixes_areAllInUse() {
        NetworkInterface full = withPrefixes(
                networkInterface(
                        "eni-1",
                        subnet("subnet-1", "10.0.4.0/24", "2001:db8::/64"),
                        List.of("10.0.4.4", "10.0.4.5", "2001:db8::4"),
                        Map.of()),
                "10.0.4.16/28",
                "2001:db8:0:0:1::/80");

        assertThat(full.addresses())
                .hasToString(
                        "[10.0.4.4-10.0.4.5, 10.0.4.16-10.0.4.31, 2001:db8::4, 2001:db8:0:0:1::-2001:db8::1:ffff:ffff:ffff]");
        assertThat(full.primaryAddress()).contains(ip("10.0.4.4"));
    }

    @Test
    void primaryAddress_ipv6Only_isTheFirstOfThem() {
        Subnet ipv6Only = subnet("subnet-1", "2001:db8::/64");

        assertThat(networkInterface("eni-1", ipv6Only, List.of("2001:db8::5", "2001:db8::4"), Map.of())
                        .primaryAddress())
                .contains(ip("2001:db8::5"));
        assertThat(networkInterface("eni-1", ipv6Only, List.of(), Map.of()).primaryAddress())
                .isEmpty();
    }

    @Test
    void gateway_ipv4Block_isTheFirstAddressAfterTheNetwork() {
        assertThat(subnet("subnet-1", "10.0.4.0/24").gateway()).contains(ip("10.0.4.1"));
        assertThat(subnet("subnet-1", "10.0.4.240/28", "2001:db8::/64").gateway())
                .contains(ip("10.0.4.241"));
        assertThat(subnet("subnet-1", "2001:db8::/64").gateway()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"255.255.255.255/32", "10.0.4.0/32"})
    void gateway_blockOfOneAddress_isNone(String cidr) {
        assertThat(subnet("subnet-1", cidr).gateway()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.4.0/28, '[10.0.4.0-10.0.4.3, 10.0.4.15]'",
        "10.0.0.0/16, '[10.0.0.0-10.0.0.3, 10.0.255.255]'",
        "2001:db8::/64, '[2001:db8::-2001:db8::3, 2001:db8::ffff:ffff:ffff:ffff]'",
        "2001:db8:10::/44, '[2001:db8:10::-2001:db8:10::3, 2001:db8:1f:ffff:ffff:ffff:ffff:ffff]'",
        "10.0.4.0/29, '[10.0.4.0-10.0.4.3, 10.0.4.7]'",
        "10.0.4.0/30, '[10.0.4.0-10.0.4.3]'",
        "10.0.4.0/31, '[10.0.4.0-10.0.4.1]'",
        "255.255.255.255/32, [255.255.255.255]",
        "255.255.255.254/31, [255.255.255.254-255.255.255.255]",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128, [ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]"
    })
    void reservedAddresses_anyBlock_areTheFirstFourAndTheLast(String cidr, String reserved) {
        assertThat(ReservedAddresses.of(Cidr.parse(cidr))).hasToString(reserved);
        assertThat(subnet("subnet-1", cidr).reservedAddresses()).isEqualTo(ReservedAddresses.of(Cidr.parse(cidr)));
    }

    @Test
    void reservedAddresses_dualStack_areThoseOfEachBlock() {
        AddressSet reserved = subnet("subnet-1", "10.0.4.0/24", "2001:db8::/64").reservedAddresses();

        assertThat(reserved.size()).isEqualTo(10);
    }

    @Test
    void networkCard_byIndexNotByPosition_isFound() {
        InstanceType type = new InstanceType(
                "p4d.24xlarge",
                60,
                List.of(new InstanceType.NetworkCard(1, 15), new InstanceType.NetworkCard(0, 14)),
                50,
                50,
                true);

        assertThat(type.networkCard(0).orElseThrow().maximumNetworkInterfaces()).isEqualTo(14);
        assertThat(type.networkCard(2)).isEmpty();
    }

    @Test
    void filter_withoutAValue_isRefused() {
        assertThatThrownBy(() -> Ec2Network.Filter.of("subnet-id", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("subnet-id");
    }

    @Test
    void exception_message_isOneLineWithCallCodeAndRequestId() {
        assertThat(new Ec2Exception(
                        Ec2Exception.Kind.INDEX_TAKEN,
                        "AttachNetworkInterface",
                        "InvalidParameterValue",
                        "taken",
                        "req-1",
                        null))
                .asString()
                .endsWith("AttachNetworkInterface: InvalidParameterValue: taken (request id req-1)");
        assertThat(new Ec2Exception(
                        Ec2Exception.Kind.OUTCOME_UNKNOWN, "CreateNetworkInterface", "TimedOut", "no answer"))
                .asString()
                .endsWith("CreateNetworkInterface: TimedOut: no answer");
    }
}
