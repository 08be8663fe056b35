package io.github.multus4j.result;

import static io.github.multus4j.testkit.Action.ATTACH_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.CREATE_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.result.PlannedInterface.Slot;
import io.github.multus4j.testkit.FakeEc2Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The calls of a listener, and their order. A listener cannot break a run. */
class AttachListenerTest {

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;
    private final List<String> heard = new ArrayList<>();

    /** Records all calls; everything runs in one thread, so the order is that of the run. */
    private final AttachListener notes = new AttachListener() {
        @Override
        public void planned(String instanceId, Plan plan) {
            heard.add("planned " + plan.getClass().getSimpleName());
        }

        @Override
        public void created(Slot slot, String networkInterfaceId) {
            heard.add("created in " + name(slot.subnetId()));
        }

        @Override
        public void conflicted(Slot slot, Ec2Exception conflict) {
            heard.add("conflicted in " + name(slot.subnetId()) + ", " + conflict.kind());
        }

        @Override
        public void attached(Slot slot, String networkInterfaceId, int deviceIndex) {
            heard.add("attached to " + name(slot.subnetId()) + " at " + deviceIndex);
        }

        @Override
        public void removed(String networkInterfaceId) {
            heard.add("removed " + networkInterfaceId);
        }

        @Override
        public void ended(Outcome outcome, Duration took) {
            heard.add("ended " + outcome.getClass().getSimpleName() + " after " + took.toSeconds() + " s");
        }
    };

    private String name(String subnetId) {
        return Map.of(world.signalling.id(), "signalling", world.media.id(), "media")
                .get(subnetId);
    }

    private Outcome attach(String instanceId) {
        return attach(instanceId, notes);
    }

    private Outcome attach(String instanceId, AttachListener listener) {
        return world.multus(listener).attach(instanceId, world.spec().build(), world.in(Duration.ofMinutes(5)));
    }

    @Test
    void attach_eachStep_callsTheListener() {
        assertThat(attach(world.node.id())).isAttached();

        assertThat(heard)
                .containsExactly(
                        "planned Attachments",
                        "created in signalling",
                        "attached to signalling at 1",
                        "created in media",
                        "attached to media at 2",
                        "ended Attached after 0 s");
    }

    @Test
    void ended_anyRun_hasItsDuration() {
        ec2.behaviour().attachingTakes(Duration.ofSeconds(10));

        assertThat(attach(world.node.id())).isAttached();
        assertThat(heard).last().asString().matches("ended Attached after 1[0-2] s");
    }

    @Test
    void conflict_ofAnAddress_isReportedBeforeTheInterface() {
        ec2.faults().on(CREATE_NETWORK_INTERFACE).meanwhile(() -> ec2.occupy(world.signalling, "10.0.4.4"));

        assertThat(attach(world.node.id())).isAttached();
        assertThat(heard)
                .containsSubsequence("conflicted in signalling, ADDRESS_IN_USE", "created in signalling")
                .doesNotContain("conflicted in media, ADDRESS_IN_USE");
    }

    @Test
    void conflict_ofADeviceIndex_isReportedBeforeTheAttachment() {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).meanwhile(() -> ec2.attachStranger(world.node.id(), 1));

        assertThat(attach(world.node.id())).isAttached();
        assertThat(heard)
                .containsSubsequence(
                        "created in signalling",
                        "conflicted in signalling, INDEX_TAKEN",
                        "attached to signalling at 2",
                        "attached to media at 3");
    }

    @Test
    void rollBack_eachRemoval_callsTheListener() {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).call(2).failWith("UnauthorizedOperation");

        Outcome.Failed failed = (Outcome.Failed) attach(world.node.id());

        assertThat(failed.removed()).hasSize(2);
        assertThat(heard)
                .containsSubsequence(
                        "created in media", "removed " + failed.removed().get(0), "ended Failed after 0 s")
                .contains("removed " + failed.removed().get(1));
    }

    @Test
    void attach_completeOrNotForUs_reportsPlanAndEndOnly() {
        attach(world.node.id());
        heard.clear();

        attach(world.node.id());
        attach(world.vpc.launch("m5.4xlarge", OneZone.ZONE, Map.of()).id());

        assertThat(heard)
                .containsExactly(
                        "planned Attachments",
                        "ended Complete after 0 s",
                        "planned NotForUs",
                        "ended Skipped after 0 s");
    }

    @Test
    void listener_throws_reachesTheThreadsHandlerOnly() {
        AttachListener broken = new AttachListener() {
            @Override
            public void created(Slot slot, String networkInterfaceId) {
                throw new IllegalStateException("a defect in " + name(slot.subnetId()));
            }
        };
        List<String> thrown = new ArrayList<>();
        Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> thrown.add(String.valueOf(e.getMessage())));
        try {
            assertThat(attach(world.node.id(), broken)).isAttached();
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(null);
        }
        assertThat(thrown).containsExactly("a defect in signalling", "a defect in media");
    }
}
