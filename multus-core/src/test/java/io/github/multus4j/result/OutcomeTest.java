package io.github.multus4j.result;

import static io.github.multus4j.Nouns.NODE;
import static io.github.multus4j.Nouns.ip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.net.Cidr;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The outcome of a run in a log and for a program. */
class OutcomeTest {

    private static final Outcome.AttachedInterface INTERFACE = new Outcome.AttachedInterface(
            "eni-1",
            "02:00:00:00:00:01",
            2,
            0,
            "subnet-1",
            List.of(Cidr.parse("10.0.4.0/24"), Cidr.parse("2001:db8::/64")),
            ip("10.0.4.1"),
            List.of(ip("10.0.4.4"), ip("2001:db8::4")),
            List.of("sg-1"),
            true,
            false);

    private static final Outcome ATTACHED = new Outcome.Attached(NODE, List.of(INTERFACE), List.of());
    private static final Outcome COMPLETE = new Outcome.Complete(NODE, List.of(INTERFACE), List.of("odd"));
    private static final Outcome SKIPPED = new Outcome.Skipped(NODE, "no tag");
    private static final Outcome FAILED = new Outcome.Failed(
            NODE,
            new Outcome.Cause(Outcome.Cause.Code.DEADLINE, "the time ran out", null),
            List.of(),
            List.of(),
            List.of());

    @Test
    void toString_ready_isOneLineOfIndexesIdsAndAddresses() {
        assertThat(ATTACHED).hasToString("attached " + NODE + ": 2: eni-1 10.0.4.4 2001:db8::4");
        assertThat(COMPLETE).hasToString("complete " + NODE + ": 2: eni-1 10.0.4.4 2001:db8::4; warnings: [odd]");
    }

    @Test
    void toString_skipped_namesTheInstanceIfThereIsOne() {
        assertThat(SKIPPED).hasToString("skipped " + NODE + ": no tag");
        assertThat(new Outcome.Skipped("", "a test notification")).hasToString("skipped: a test notification");
    }

    @Test
    void toString_failed_hasTheCauseAndTheLeftovers() {
        assertThat(FAILED).hasToString("failed " + NODE + ": the time ran out; left behind: nothing");
        assertThat(refused())
                .hasToString("failed " + NODE + ": no right; removed: [eni-1]; left behind: [eni-2 (busy)];"
                        + " warnings: [odd]");
    }

    @Test
    void toMap_ready_hasEachInterfaceInFull() {
        assertThat(ATTACHED.toMap())
                .containsExactly(
                        entry("outcome", "attached"),
                        entry("instanceId", NODE),
                        entry(
                                "interfaces",
                                List.of(Map.ofEntries(
                                        entry("networkInterfaceId", "eni-1"),
                                        entry("macAddress", "02:00:00:00:00:01"),
                                        entry("deviceIndex", 2),
                                        entry("networkCardIndex", 0),
                                        entry("subnetId", "subnet-1"),
                                        entry("subnetCidrs", List.of("10.0.4.0/24", "2001:db8::/64")),
                                        entry("gateway", "10.0.4.1"),
                                        entry("addresses", List.of("10.0.4.4", "2001:db8::4")),
                                        entry("securityGroupIds", List.of("sg-1")),
                                        entry("deleteOnTermination", true),
                                        entry("sourceDestCheck", false)))),
                        entry("warnings", List.of()));
        assertThat(COMPLETE.toMap()).containsEntry("outcome", "complete").containsEntry("warnings", List.of("odd"));
    }

    @Test
    void toMap_interfaceInAnIpv6OnlySubnet_hasNoGateway() {
        Outcome.AttachedInterface ipv6 = new Outcome.AttachedInterface(
                "eni-1", "02:00:00:00:00:01", 1, 0, "subnet-1", List.of(), null, List.of(), List.of(), true, true);

        assertThat(new Outcome.Attached(NODE, List.of(ipv6), List.of()).toMap().get("interfaces"))
                .asInstanceOf(LIST)
                .singleElement(MAP)
                .doesNotContainKey("gateway")
                .containsEntry("sourceDestCheck", true);
    }

    @Test
    void toMap_skipped_hasTheReason() {
        assertThat(SKIPPED.toMap())
                .containsExactly(entry("outcome", "skipped"), entry("instanceId", NODE), entry("reason", "no tag"));
    }

    @Test
    void toMap_failed_hasEc2sCodeOnlyWhereEc2Refused() {
        assertThat(refused().toMap())
                .containsExactly(
                        entry("outcome", "failed"),
                        entry("instanceId", NODE),
                        entry("code", "EC2"),
                        entry("cause", "no right"),
                        entry("ec2Code", "UnauthorizedOperation"),
                        entry("removed", List.of("eni-1")),
                        entry("leftovers", List.of(Map.of("networkInterfaceId", "eni-2", "why", "busy"))),
                        entry("warnings", List.of("odd")));
        assertThat(FAILED.toMap()).containsEntry("code", "DEADLINE").doesNotContainKey("ec2Code");
    }

    private static Outcome refused() {
        Ec2Exception refusal =
                new Ec2Exception(Ec2Exception.Kind.DENIED, "CreateNetworkInterface", "UnauthorizedOperation", "no");
        return new Outcome.Failed(
                NODE,
                new Outcome.Cause(Outcome.Cause.Code.EC2, "no right", refusal),
                List.of("eni-1"),
                List.of(new Outcome.Leftover("eni-2", "busy")),
                List.of("odd"));
    }

    @Test
    void fold_eachCase_isAnsweredByItsOwn() {
        assertThat(List.of(ATTACHED, COMPLETE, SKIPPED, FAILED))
                .extracting(outcome -> outcome.<String>fold(
                        attached -> "attached " + attached.interfaces().size(),
                        complete -> "complete " + complete.warnings(),
                        skipped -> "skipped " + skipped.reason(),
                        failed -> "failed " + failed.cause().code()))
                .containsExactly("attached 1", "complete [odd]", "skipped no tag", "failed DEADLINE");
    }

    @Test
    void isReady_eachCase_isTrueWithAllInterfaces() {
        assertThat(List.of(ATTACHED, COMPLETE)).allMatch(Outcome::isReady);
        assertThat(List.of(SKIPPED, FAILED)).noneMatch(Outcome::isReady);
    }

    @Test
    void address_severalAddresses_isThePrimaryOne() {
        assertThat(INTERFACE.address()).isEqualTo(ip("10.0.4.4"));
    }
}
