package io.github.multus4j.result;

import static io.github.multus4j.Nouns.NODE;
import static io.github.multus4j.Nouns.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.result.SweepReport.Fate;
import io.github.multus4j.result.SweepReport.Leak;
import io.github.multus4j.result.SweepReport.UnreadyNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepReportTest {

    private static final Leak LEAK =
            new Leak("eni-1", "subnet-1", NODE, "its owner is terminated", Fate.KEPT, "in use");
    private static final SweepReport.Lack LACK =
            new SweepReport.Lack(new PlannedInterface.Slot(NODE, 2, "subnet-2"), null);
    private static final Plan.Blocked PLAN =
            new Plan.Blocked(NODE, List.of(new Finding(Finding.Code.NO_SUBNET_IN_ZONE, "no subnet")));
    private static final Outcome OUTCOME = new Outcome.Failed(
            NODE,
            new Outcome.Cause(Outcome.Cause.Code.DEADLINE, "the time ran out", null),
            List.of(),
            List.of(),
            List.of());

    private static final SweepReport REPORT = new SweepReport(
            SweepScope.vpc("vpc-1"),
            SweepReport.Mode.MEND,
            List.of(LEAK),
            List.of(
                    new UnreadyNode(NODE, ZONE, List.of(LACK), Fate.FAILED, "", null, OUTCOME),
                    new UnreadyNode(NODE, ZONE, List.of(), Fate.BLOCKED, "", PLAN, null)),
            List.of("something odd"));

    @Test
    void toString_severalFindings_hasALineForEach() {
        assertThat(REPORT)
                .hasToString("sweep of vpc-1 (mend): 1 leaked interfaces, 2 nodes that lack interfaces\n"
                        + "  leak eni-1 in subnet-1: its owner is terminated: kept (in use)\n"
                        + "  node i-0123456789abcdef0 in us-east-1a: no interface in subnet-2: failed;"
                        + " failed i-0123456789abcdef0: the time ran out; left behind: nothing\n"
                        + "  node i-0123456789abcdef0 in us-east-1a: blocked;"
                        + " i-0123456789abcdef0: cannot be made Multus-ready:\n"
                        + "    - no subnet\n"
                        + "  warning: something odd");
    }

    @Test
    void toMap_severalFindings_isReadyForJson() {
        assertThat(REPORT.toMap())
                .isEqualTo(Map.of(
                        "sweep",
                        "mend",
                        "scope",
                        "vpc-1",
                        "leaks",
                        List.of(Map.of(
                                "networkInterfaceId",
                                "eni-1",
                                "subnetId",
                                "subnet-1",
                                "ownerInstanceId",
                                NODE,
                                "why",
                                "its owner is terminated",
                                "fate",
                                "KEPT",
                                "note",
                                "in use")),
                        "nodes",
                        List.of(
                                Map.of(
                                        "instanceId",
                                        NODE,
                                        "zone",
                                        ZONE,
                                        "lacks",
                                        List.of(Map.of("subnetId", "subnet-2", "lack", "no interface in subnet-2")),
                                        "fate",
                                        "FAILED",
                                        "note",
                                        "",
                                        "outcome",
                                        OUTCOME.toMap()),
                                Map.of(
                                        "instanceId",
                                        NODE,
                                        "zone",
                                        ZONE,
                                        "lacks",
                                        List.of(),
                                        "fate",
                                        "BLOCKED",
                                        "note",
                                        "",
                                        "plan",
                                        PLAN.toMap())),
                        "warnings",
                        List.of("something odd")));
    }

    @Test
    void isClean_withoutLeaksAndNodes_isTrue() {
        assertThat(REPORT.isClean()).isFalse();
        assertThat(new SweepReport(SweepScope.region(), SweepReport.Mode.MEND, List.of(), List.of(), List.of("odd"))
                        .isClean())
                .isTrue();
    }

    @Test
    void with_vpcOrRegion_filtersByTheVpcOnly() {
        Filter filter = Filter.of("status", "available");

        assertThat(SweepScope.vpc("vpc-1").with(filter)).containsExactly(filter, Filter.of("vpc-id", "vpc-1"));
        assertThat(SweepScope.region().with(filter)).containsExactly(filter);
        assertThat(SweepScope.region()).hasToString("the Region");
    }

    @Test
    void scope_eachWither_changesOneThing() {
        assertThat(SweepScope.vpc("vpc-1").atMost(3).looksApart(Duration.ofMinutes(5)))
                .isEqualTo(new SweepScope("vpc-1", Duration.ofMinutes(5), 3));
        assertThat(SweepScope.region()).isEqualTo(new SweepScope(null, Duration.ofMinutes(1), 50));
    }

    @Test
    void scope_invalidValue_isRefused() {
        assertThatThrownBy(() -> SweepScope.region().looksApart(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SweepScope.region().looksApart(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SweepScope.region().atMost(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
