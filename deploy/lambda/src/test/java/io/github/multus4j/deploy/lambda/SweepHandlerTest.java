package io.github.multus4j.deploy.lambda;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.aws.Json;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.testkit.Action;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sweep from a schedule, by manual invocation, and from a shell. */
class SweepHandlerTest {

    private static final String SCHEDULED = "{\"version\":\"0\",\"id\":\"53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa\","
            + "\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\",\"account\":\"123456789012\","
            + "\"time\":\"2026-03-01T10:00:00Z\",\"region\":\"us-east-1\",\"resources\":[],\"detail\":{}}";

    private final FakeStage stage = new FakeStage();
    private final NetworkInterface leak = stage.leak();
    private Instance node;

    @BeforeEach
    void launch() {
        node = stage.node();
        stage.ec2.journal().clear();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {SCHEDULED, "{}", "{\"anything\":[1,{\"at\":\"all\"}]}"})
    void handle_withoutAMode_reportsAndChangesNothing(String event) {
        Map<String, Object> report = stage.sweep(event);

        assertThat(report).containsEntry("sweep", "dry run").containsEntry("scope", "the Region");
        assertThat(Json.write(report)).contains(leak.id(), node.id(), "FOUND");
        assertThat(stage.ec2.journal().mutatingCalls()).isEmpty();
        assertThat(stage.logged())
                .containsAllEntriesOf(report)
                .containsEntry("requestId", "request-1")
                .containsEntry("LeaksFound", 1)
                .containsEntry("LeaksRemoved", 0)
                .containsEntry("NodesLacking", 1)
                .containsEntry("NodesMended", 0)
                .containsEntry("SweepProblems", 2);
    }

    @Test
    void handle_toMend_removesLeaksAndMakesNodesReady() {
        stage.variables.putAll(Map.of("SweepMode", "MEND", "SweepVpcId", stage.vpc.id()));

        assertThat(stage.sweep(SCHEDULED)).containsEntry("sweep", "mend").containsEntry("scope", stage.vpc.id());

        assertThat(stage.exists(leak)).isFalse();
        assertThat(stage.ec2).holdsInvariants().hasMultusInterfaces(node.id(), 2);
        assertThat(stage.logged())
                .containsEntry("LeaksRemoved", 1)
                .containsEntry("NodesMended", 1)
                .containsEntry("SweepProblems", 0);
    }

    @Test
    void handle_eventWithMembers_overridesTheVariables() {
        stage.variables.putAll(Map.of("SweepMode", "MEND", "SweepVpcId", "vpc-0123456789abcdef0"));

        assertThat(stage.sweep("{\"mode\":\"DRY_RUN\",\"vpcId\":\"" + stage.vpc.id() + "\"}"))
                .containsEntry("sweep", "dry run")
                .containsEntry("scope", stage.vpc.id());
        assertThat(stage.sweep("{\"mode\":\"DRY_RUN\",\"vpcId\":\"\"}")).containsEntry("scope", "the Region");
        assertThat(stage.ec2.journal().mutatingCalls()).isEmpty();

        stage.variables.put("SweepMode", "DRY_RUN");
        stage.sweep("{\"mode\":\"MEND\",\"vpcId\":\"\"}");
        assertThat(stage.exists(leak)).isFalse();
    }

    @Test
    void handle_unmendedLeak_isAFunctionErrorAndTheRestIsMended() {
        stage.variables.put("SweepMode", "MEND");
        stage.ec2.faults().on(Action.DELETE_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");

        assertThatThrownBy(() -> stage.sweep(SCHEDULED))
                .isInstanceOf(SweepIncompleteException.class)
                .hasMessageContainingAll("still there: leak " + leak.id(), "UnauthorizedOperation")
                .message()
                .hasLineCount(1)
                .doesNotContain(node.id());
        assertThat(stage.ec2).hasMultusInterfaces(node.id(), 2);
        assertThat(stage.logged())
                .containsEntry("LeaksFound", 1)
                .containsEntry("LeaksRemoved", 0)
                .containsEntry("NodesMended", 1)
                .containsEntry("SweepProblems", 1);
    }

    @Test
    void handle_blockedNode_failsAMendingSweepButNoDryRun() {
        stage.variables.put("SecGroupIds", "sg-0123456789abcdef0");

        assertThat(Json.write(stage.sweep(SCHEDULED))).contains("BLOCKED");
        assertThat(stage.logged()).containsEntry("SweepProblems", 2); // the leak is the other

        stage.variables.put("SweepMode", "MEND");
        assertThatThrownBy(() -> stage.sweep(SCHEDULED))
                .isInstanceOf(SweepIncompleteException.class)
                .hasMessageContainingAll("node " + node.id(), "sg-0123456789abcdef0")
                .message()
                .hasLineCount(1);
    }

    @Test
    void handle_scanFails_isAFunctionErrorInADryRunToo() {
        stage.ec2.faults().on(Action.DESCRIBE_NETWORK_INTERFACES).everyCall().failWith("UnauthorizedOperation");

        assertThatThrownBy(() -> stage.sweep(SCHEDULED))
                .isInstanceOf(SweepIncompleteException.class)
                .hasMessageContainingAll("sweep of the Region (dry run) failed", "UnauthorizedOperation");
        assertThat(stage.logged())
                .containsEntry("ec2Code", "UnauthorizedOperation")
                .containsEntry("SweepProblems", 1);
    }

    @Test
    void shell_dryRun_reportsAndChangesNothing() {
        stage.variables.put("SweepMode", "MEND");

        Shell run = stage.shell("", "--sweep", "--dry-run", "--timeout", "30s");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().lines())
                .first()
                .asString()
                .isEqualTo("sweep of the Region (dry run): 1 leaked interfaces, 1 nodes that lack interfaces");
        assertThat(run.out()).contains("leak " + leak.id(), "node " + node.id(), "no time for a second look");

        Shell json = stage.shell("", "--sweep", "--dry-run", "--json", "--timeout", "30s");
        assertThat(json.out().lines())
                .singleElement()
                .satisfies(line -> assertThat(Json.read(line))
                        .containsEntry("sweep", "dry run")
                        .extractingByKey("leaks")
                        .asInstanceOf(InstanceOfAssertFactories.LIST)
                        .hasSize(1));
        assertThat(stage.ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void shell_unmendedLeak_exitsWithAFailure() {
        stage.variables.put("SweepMode", "MEND");
        Shell noTime = stage.shell("", "--sweep", "--timeout", "30s");
        assertThat(noTime.status()).isEqualTo(Main.FAILED);
        assertThat(noTime.out()).contains("(mend)", "not reached");

        stage.ec2.faults().on(Action.DESCRIBE_INSTANCES).everyCall().failWith("UnauthorizedOperation");
        for (List<String> format : List.of(List.of("--sweep"), List.of("--sweep", "--json"))) {
            Shell denied = stage.shell("", format.toArray(String[]::new));
            assertThat(denied.status()).isEqualTo(Main.FAILED);
            assertThat(denied.out()).contains("UnauthorizedOperation").hasLineCount(1);
        }
        assertThat(stage.exists(leak)).isTrue();
    }
}
