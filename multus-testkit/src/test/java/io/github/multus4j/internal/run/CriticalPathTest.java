package io.github.multus4j.internal.run;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.simulation.VirtualRuns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The duration of a run in virtual time: its sequential calls and its waits. */
class CriticalPathTest {

    private static final String ZONE = "us-east-1a";

    private final VirtualRuns runs = new VirtualRuns();
    private final FakeEc2Network ec2 = runs.ec2();
    private final FakeVpc vpc = ec2.vpc("10.0.0.0/16");
    private final List<Subnet> subnets = IntStream.range(0, 7)
            .mapToObj(i -> vpc.subnet("10.0." + i + ".0/24", ZONE))
            .toList();

    @AfterEach
    void close() {
        runs.close();
    }

    private Instance launch() {
        return vpc.launch("m5.4xlarge", ZONE, Map.of("multus-ng", "true"));
    }

    private Outcome attach(Instance node, int interfaces) {
        NodeGroupSpec spec = NodeGroupSpec.builder()
                .trigger("multus-ng")
                .subnets(subnets.stream().limit(interfaces).map(Subnet::id).toArray(String[]::new))
                .securityGroups(SecurityGroups.shared(vpc.defaultSecurityGroup().id()))
                .build();
        return runs.play(multus -> multus.attach(node.id(), spec));
    }

    private void eachCallTakesASecond() {
        ec2.behaviour().callsTake(action -> Duration.ofSeconds(1));
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    /** Two rounds of reads, create, check, attach, delete-on-termination, and a final read. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 7})
    void run_anyNumberOfInterfaces_takesSevenRoundTrips(int n) {
        eachCallTakesASecond();

        assertThat(attach(launch(), n)).isAttached();
        assertThat(runs.elapsed()).isEqualTo(seconds(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void run_finishedNode_takesTwoRoundTrips(int n) {
        Instance node = launch();
        attach(node, n);
        Duration before = runs.elapsed();
        eachCallTakesASecond();

        assertThat(attach(node, n)).isComplete();
        assertThat(runs.elapsed().minus(before)).isEqualTo(seconds(2));
    }

    @Test
    void conflicts_ofAllInterfacesAtOnce_takeTwoMoreRoundTrips() {
        eachCallTakesASecond();
        ec2.faults()
                .on(Action.CREATE_NETWORK_INTERFACE)
                .meanwhile(() -> IntStream.range(0, 4).forEach(i -> ec2.occupy(subnets.get(i), "10.0." + i + ".4")));

        assertThat(attach(launch(), 4)).isAttached();
        assertThat(runs.elapsed()).isEqualTo(seconds(9));
    }

    @Test
    void run_withoutReasonToWait_doesNotWait() {
        assertThat(attach(launch(), 7)).isAttached();
        assertThat(runs.elapsed()).isZero();
    }

    /** It reads after 0, 0.1, 0.3, 0.7 s and so on, at last every two seconds. */
    @ParameterizedTest
    @ValueSource(ints = {1, 50, 100, 300, 500, 1000, 3000, 10_000, 60_000})
    void run_slowAttachment_endsSoonAfterIt(int millis) {
        Duration late = Duration.ofMillis(millis);
        ec2.behaviour().attachingTakes(late);

        assertThat(attach(launch(), 4)).isAttached();
        assertEndsSoonAfter(late);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 100, 300, 500, 1000, 3000, 10_000, 60_000})
    void run_pendingInstance_endsSoonAfterItRuns(int millis) {
        Duration late = Duration.ofMillis(millis);
        Instance node = vpc.launchPending("m5.4xlarge", ZONE, Map.of("multus-ng", "true"), late);

        assertThat(attach(node, 4)).isAttached();
        assertEndsSoonAfter(late);
    }

    /** The run takes at most as long again, and 0.1 s; or two seconds, if that is less. */
    private void assertEndsSoonAfter(Duration late) {
        Duration again = late.plusMillis(100);
        Duration most = again.compareTo(seconds(2)) < 0 ? again : seconds(2);
        assertThat(runs.elapsed()).isBetween(late, late.plus(most));
    }
}
