package io.github.multus4j.deploy.agent;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.aws.Json;
import io.github.multus4j.deploy.agent.AgentStage.Run;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.endpoint.MetadataEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A node's boot, from {@code multus-agent attach} to its exit status and its line in the journal.
 */
class AttachCommandTest {

    private final AgentStage stage = new AgentStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private void assertNothingChanged() {
        assertThat(stage.ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void attach_firstBoot_logsOneLine() {
        Run run = stage.attach();

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().lines())
                .singleElement()
                .asString()
                .matches("attached " + stage.node.id() + ": 1: eni-\\w+ 10\\.0\\.4\\.4, 2: eni-\\w+ 10\\.0\\.6\\.4;"
                        + " settings: SubnetIds, SecGroupIds, useStaticIPs from arguments");
        assertThat(run.err()).isEmpty();
        assertThat(stage.ec2).holdsInvariants().hasMultusInterfaces(stage.node.id(), 2);
    }

    @Test
    void attach_nextBoot_changesNothing() {
        stage.attach();
        stage.ec2.journal().clear();

        Run run = stage.attach();

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("complete " + stage.node.id());
        assertNothingChanged();
    }

    @Test
    void attach_pendingInstance_isWaitedFor() {
        Instance booting = stage.vpc.launchPending("m5.4xlarge", AgentStage.ZONE, Map.of(), Duration.ofSeconds(40));
        try (MetadataEndpoint metadata = MetadataEndpoint.start(stage.ec2, booting.id())) {
            Run run = stage.runAt(metadata.url(), Map.of(), stage.spec());

            assertThat(run.status()).as(run.err()).isZero();
            assertThat(stage.ec2).hasMultusInterfaces(booting.id(), 2);
        }
    }

    @Test
    void dryRun_anyNode_printsThePlanAndMakesReadsOnly() {
        Run run = stage.attach("--dry-run");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains(stage.node.id(), stage.signalling.id(), "10.0.4.4");
        assertNothingChanged();
    }

    @Test
    void json_anyRun_leavesTheJournalsLine() {
        Map<String, Object> made = Json.read(stage.attach("--json").out());
        assertThat(made).containsEntry("outcome", "attached").containsEntry("status", 0);

        stage.ec2.faults().on(Action.DESCRIBE_INSTANCES).everyCall().failWith("UnauthorizedOperation");
        Run denied = stage.attach("--json");
        assertThat(Json.read(denied.out()))
                .containsEntry("outcome", "failed")
                .containsEntry("status", 4)
                .containsEntry("ec2Code", "UnauthorizedOperation");
        assertThat(denied.err()).startsWith("multus-agent: failed " + stage.node.id());
    }

    // The identity of the node.

    @Test
    void metadata_noService_isStatus3AfterHalfAMinute() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        Instant start = stage.time.instant();

        Run run = stage.runAt(nobody, Map.of(), stage.spec());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err())
                .contains("try 1: failed: no identity: the metadata service at " + nobody + " does not answer:")
                .contains("trying again in 1 s");
        assertThat(run.err().lines()).last().asString().startsWith("multus-agent: failed: no identity:");
        assertThat(Duration.between(start, stage.time.instant())).isLessThanOrEqualTo(Tries.BOOT);
        assertThat(stage.ec2.journal().entries()).isEmpty();
    }

    @Test
    void metadata_noAnswer_isStatus3() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());

            Run run =
                    stage.runAt(url, Map.of(), "--timeout", "1s", "--subnets", "subnet-1", "--security-groups", "sg-1");

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err()).contains("does not answer");
        }
    }

    @Test
    void metadata_slowStart_isWaitedFor() {
        try (OtherMetadata slow = new OtherMetadata(stage.node.id(), token -> token < 3 ? 503 : 200)) {
            Run run = stage.runAt(
                    slow.url(),
                    Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b", "AWS_REGION", "us-east-1"),
                    stage.spec());

            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.err().lines()).hasSize(2).allMatch(line -> line.contains("503"));
        }
    }

    @Test
    void metadata_version1Only_isStatus3WithoutARequestInVersion1() {
        try (OtherMetadata old = new OtherMetadata(stage.node.id(), token -> 405)) {
            Run run = stage.runAt(old.url(), Map.of(), stage.spec());

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err().lines()).singleElement().asString().contains("refuses version 2", "405");
            assertThat(old.askedWithoutToken()).isEmpty();
        }
    }

    @Test
    void metadata_tokensStop_neverUsesVersion1() {
        try (OtherMetadata fading = new OtherMetadata(stage.node.id(), token -> token == 1 ? 200 : 403)) {
            Run run = stage.runAt(fading.url(), Map.of(), stage.spec());

            assertThat(run.status()).isEqualTo(4);
            assertThat(run.err()).contains("no credentials");
            assertThat(fading.askedWithoutToken()).isEmpty();
        }
    }

    @Test
    void credentials_noRole_isStatus4WithTheNextStep() {
        stage.metadata.withoutRole();

        Run run = stage.attach();

        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err()).contains("this instance has no role: give its instance profile one");
    }

    @Test
    void credentials_explicit_areUsed() {
        stage.metadata.withoutRole();

        Run run = stage.runAt(
                stage.metadata.url(), Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b"), stage.spec());

        assertThat(run.status()).as(run.err()).isZero();
    }

    // EC2's answers.

    @Test
    void attach_denied_isStatus4WithTheAction() {
        stage.ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).everyCall().failWith("UnauthorizedOperation");

        Run run = stage.attach();

        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("AttachNetworkInterface: UnauthorizedOperation", "removed: [eni-", "left behind: nothing");
        assertThat(stage.ec2).holdsInvariants().hasMultusInterfaces(stage.node.id(), 0);
    }

    @Test
    void dryRun_denied_isStatus4_too() {
        stage.ec2.faults().on(Action.DESCRIBE_SUBNETS).everyCall().failWith("UnauthorizedOperation");

        Run run = stage.attach("--dry-run");

        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err()).contains("DescribeSubnets: UnauthorizedOperation");
    }

    @Test
    void attach_blockedPlan_isStatus5WithTheReason() {
        FakeVpc other = stage.ec2.vpc("10.1.0.0/16");
        String foreign = other.securityGroup("foreign").id();

        Run run = stage.attach("--security-groups", foreign);
        assertThat(run.status()).isEqualTo(2); // An option given twice is a mistake, not a choice.

        run = stage.run("--subnets", stage.signalling.id(), "--security-groups", foreign);
        assertThat(run.status()).isEqualTo(5);
        assertThat(run.err()).contains(foreign);
        assertNothingChanged();
    }

    /** Addresses come back: the unit is to start the agent again. */
    @Test
    void attach_fullSubnet_isStatus1AndRepeated() {
        Subnet full = stage.vpc.subnet("10.0.9.0/28", AgentStage.ZONE);
        IntStream.rangeClosed(4, 14).forEach(i -> stage.ec2.occupy(full, "10.0.9." + i));

        Run run = stage.run(
                "--subnets", full.id(), "--security-groups", stage.group, "--static-ips", "true", "--timeout", "30s");

        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).contains("try 1: ", full.id(), "trying again in 1 s");
        assertNothingChanged();
    }

    @Test
    void metadata_switchedOff_isStatus3WithTheNextStep() {
        try (OtherMetadata off = new OtherMetadata(stage.node.id(), token -> 403)) {
            Run run = stage.runAt(off.url(), Map.of(), stage.spec());

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err().lines())
                    .singleElement()
                    .asString()
                    .contains("403", "next: switch it on, `aws ec2 modify-instance-metadata-options");
        }
    }

    @Test
    void attach_subnetsOfOtherZones_isStatus5() {
        String elsewhere = stage.vpc.subnet("10.0.8.0/24", "us-east-1b").id();

        Run run = stage.run("--subnets", elsewhere, "--security-groups", stage.group);

        assertThat(run.status()).isEqualTo(5);
        assertThat(run.err()).contains("no Multus subnet for " + stage.node.id() + " in us-east-1a");
    }

    @Test
    void attach_instanceGone_isStatus5() {
        stage.ec2.terminate(stage.node.id());

        Run run = stage.attach();

        assertThat(run.status()).isEqualTo(5);
        assertThat(run.err()).contains(stage.node.id());
    }

    @Test
    void attach_throttled_isWaitedFor() {
        stage.ec2.faults().on(Action.CREATE_NETWORK_INTERFACE).call(1).failWith("RequestLimitExceeded");
        stage.ec2.faults().on(Action.DESCRIBE_INSTANCES).call(1).failWith("RequestLimitExceeded");

        assertThat(stage.attach().status()).isZero();
    }

    @Test
    void attach_transientFailure_isRepeatedWithALineEach() {
        stage.ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).call(1).failWith("AttachmentLimitExceeded");

        Run run = stage.attach();

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("try 1: failed " + stage.node.id(), "AttachmentLimitExceeded", "trying again in 1 s");
        assertThat(stage.ec2).holdsInvariants().hasMultusInterfaces(stage.node.id(), 2);
    }

    @Test
    void attach_lastingFailure_isStatus1AtTheDeadline() {
        stage.ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).everyCall().failWith("AttachmentLimitExceeded");
        Instant start = stage.time.instant();

        Run run = stage.attach("--timeout", "2m");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines()).hasSizeGreaterThan(3);
        assertThat(Duration.between(start, stage.time.instant())).isLessThanOrEqualTo(Duration.ofMinutes(2));
        assertThat(stage.ec2).holdsInvariants().hasMultusInterfaces(stage.node.id(), 0);
    }

    @Test
    void attach_deadlinePassed_isStatus1AndRolledBack() {
        stage.ec2.behaviour().attachingTakes(Duration.ofMinutes(10));

        Run run = stage.attach("--timeout", "1m");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("failed " + stage.node.id());
    }

    @Test
    void journal_problems_haveTheirPriority() {
        Run run = Run.of(Map.of(), stage.time, true, "attach", "--timeout", "soon");

        assertThat(run.err()).startsWith("<3>multus-agent: ");
    }
}
