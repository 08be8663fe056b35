package io.github.multus4j.internal.apply;

import static io.github.multus4j.testkit.Action.ATTACH_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.CREATE_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.CREATE_TAGS;
import static io.github.multus4j.testkit.Action.DESCRIBE_NETWORK_INTERFACES;
import static io.github.multus4j.testkit.Action.DETACH_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.MODIFY_NETWORK_INTERFACE_ATTRIBUTE;
import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OnFailure;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.result.Outcome.Leftover;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Another run, in another process, or an operator changes the node's interfaces meanwhile. */
class OtherRunTest {

    private static final Duration TIME = Duration.ofMinutes(5);

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;
    private final Instant start = ec2.time().instant();

    /** One run in a process of its own. */
    private Outcome run(NodeGroupSpec.Builder spec) {
        return world.multus().attach(world.node.id(), spec.build(), world.in(TIME));
    }

    private Outcome run() {
        return run(world.spec());
    }

    /** A whole run of another process, without the faults of the first one. */
    private Outcome otherRun() {
        ec2.faults().clear();
        return run();
    }

    private Duration took() {
        return Duration.between(start, ec2.time().instant());
    }

    private NetworkInterface ours(Subnet subnet) {
        return world.ours().stream()
                .filter(i -> i.subnetId().equals(subnet.id()))
                .findFirst()
                .orElseThrow();
    }

    private Deadline soon() {
        return world.in(TIME);
    }

    private void delete(NetworkInterface old) {
        NetworkInterface now = ec2.interfaces().stream()
                .filter(i -> i.id().equals(old.id()))
                .findFirst()
                .orElseThrow();
        Attachment attachment = now.attachment();
        if (attachment != null) {
            ec2.detachNetworkInterface(attachment.id(), soon());
        }
        ec2.deleteNetworkInterface(now.id(), soon());
    }

    @Test
    void attach_otherRunFinishedTheNode_takesItsInterfacesUp() {
        ec2.faults()
                .on(ATTACH_NETWORK_INTERFACE)
                .meanwhile(() -> assertThat(otherRun()).isAttached());

        assertThat(run()).isAttached().hasAddresses("10.0.4.4", "10.0.6.4").hasDeviceIndexes(1, 2);

        assertThat(world.ours()).hasSize(2);
        assertThat(ec2.journal().calls(ATTACH_NETWORK_INTERFACE))
                .filteredOn(call -> !call.isFailed())
                .hasSize(2);
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void attach_indexIsTakenByTheSameInterface_takesItUpWithoutAnotherCall() {
        ec2.faults()
                .on(ATTACH_NETWORK_INTERFACE)
                .meanwhile(
                        () -> ec2.attachNetworkInterface(ours(world.signalling).id(), world.node.id(), 1, 0, soon()));
        ec2.faults()
                .on(ATTACH_NETWORK_INTERFACE)
                .failWith("InvalidParameterValue", "Instance already has an interface at 1", Kind.INDEX_TAKEN);

        assertThat(run()).isAttached().hasDeviceIndexes(1, 2);

        assertThat(ec2.journal().calls(ATTACH_NETWORK_INTERFACE))
                .filteredOn(call ->
                        call.parameters().containsValue(ours(world.signalling).id()))
                .hasSize(2); // The other party's, and the refused one.
    }

    @Test
    void attach_sameInterfaceAtAHigherIndex_theNextOneComesAboveIt() {
        ec2.faults()
                .on(ATTACH_NETWORK_INTERFACE)
                .meanwhile(
                        () -> ec2.attachNetworkInterface(ours(world.signalling).id(), world.node.id(), 3, 0, soon()));

        assertThat(run()).isAttached().hasDeviceIndexes(3, 4);
    }

    @Test
    void attach_interfaceIsAttachedToAnotherInstance_failsAndLeavesItThere() {
        String other = world.launch().id();
        ec2.faults()
                .on(ATTACH_NETWORK_INTERFACE)
                .meanwhile(
                        () -> ec2.attachNetworkInterface(ours(world.signalling).id(), other, 1, 0, soon()));

        Outcome outcome = run();

        assertThat(outcome).isFailedBecause(Cause.Code.INTERFACE_LOST, "is attached to " + other);
        assertThat(((Outcome.Failed) outcome).leftovers())
                .singleElement()
                .asString()
                .contains("another run attached it to " + other);
        assertThat(ours(world.signalling).isAttachedTo(other)).isTrue();
    }

    @Test
    void rollBack_otherRunAttachedTheInterface_leavesItAttached() {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).meanwhile(() -> {
            assertThat(otherRun()).isAttached();
            ec2.faults().on(MODIFY_NETWORK_INTERFACE_ATTRIBUTE).failWith("UnauthorizedOperation");
        });

        Outcome outcome = run();

        assertThat(outcome).isFailedBecause(Cause.Code.EC2, "UnauthorizedOperation");
        assertThat(((Outcome.Failed) outcome).leftovers())
                .extracting(Leftover::networkInterfaceId)
                .contains(ours(world.signalling).id());
        assertThat(ec2.journal().calls(DETACH_NETWORK_INTERFACE)).isEmpty();
        assertThat(ec2).hasMultusInterfaces(world.node.id(), 2).holdsInvariants();
    }

    @Test
    void rollBack_ownAttachmentGotNoAnswer_detachesIt() {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).loseResponse();
        ec2.faults().on(MODIFY_NETWORK_INTERFACE_ATTRIBUTE).call(2).failWith("UnauthorizedOperation");

        assertThat(run())
                .isFailedBecause(Cause.Code.EC2, "UnauthorizedOperation")
                .leftNothingBehind();

        assertThat(world.ours()).isEmpty();
    }

    @Test
    void modify_otherRunDetachedTheInterface_attachesItAgain() {
        ec2.faults().on(MODIFY_NETWORK_INTERFACE_ATTRIBUTE).call(2).meanwhile(() -> {
            Attachment made = Objects.requireNonNull(ours(world.signalling).attachment());
            ec2.detachNetworkInterface(made.id(), soon());
        });

        assertThat(run()).isAttached().hasAddresses("10.0.4.4", "10.0.6.4");

        assertThat(ec2.journal().calls(CREATE_NETWORK_INTERFACE)).hasSize(2);
        assertThat(took()).isLessThan(Duration.ofSeconds(10));
        assertThat(ec2).hasMultusInterfaces(world.node.id(), 2).holdsInvariants();
    }

    @Test
    void attach_otherRunReplacedTheInterface_takesTheNewOneUp() {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).meanwhile(() -> {
            delete(ours(world.signalling));
            assertThat(otherRun()).isAttached();
        });

        assertThat(run()).isAttached().hasAddresses("10.0.4.4", "10.0.6.4");

        assertThat(world.ours()).hasSize(2);
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void attach_interfaceIsDeleted_itsReplacementGetsTheSameAddressAndOneAttachment() {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).meanwhile(() -> delete(ours(world.signalling)));

        assertThat(run()).isAttached().hasAddresses("10.0.4.4", "10.0.6.4");

        assertThat(ec2.journal().calls(MODIFY_NETWORK_INTERFACE_ATTRIBUTE)).hasSize(5);
    }

    @Test
    void attach_interfaceIsDeletedEachTime_givesUpAfterEight() {
        ec2.faults()
                .on(ATTACH_NETWORK_INTERFACE)
                .everyCall()
                .meanwhile(() -> world.ours().forEach(each -> ec2.deleteNetworkInterface(each.id(), soon())));

        assertThat(run())
                .isFailedBecause(Cause.Code.INTERFACE_LOST, "does not exist any more")
                .leftNothingBehind();

        assertThat(ec2.journal().calls(CREATE_NETWORK_INTERFACE)).hasSize(8);
    }

    @Test
    void attach_interfaceIsDeletedAndItsSubnetFilled_isAFinding() {
        Subnet small = world.vpc.subnet("10.0.9.0/28", OneZone.ZONE);
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).meanwhile(() -> {
            delete(ours(small));
            IntStream.range(4, 15).forEach(i -> ec2.occupy(small, "10.0.9." + i));
        });

        Outcome outcome = run(world.spec().subnets(small.id()));

        assertThat(outcome)
                .isFailedBecause(Cause.Code.FINDINGS, "no address left in [10.0.9.0/28]")
                .leftNothingBehind();
        assertThat(((Outcome.Failed) outcome).cause().mayHeal()).isTrue();
    }

    /** The creation that got no answer was found, so nothing is unknown any more. */
    @Test
    void rollBack_afterAReplacementIsDenied_doesNotSearchForTheFirstInterface() {
        ec2.faults().on(CREATE_NETWORK_INTERFACE).loseResponse();
        ec2.faults().on(CREATE_NETWORK_INTERFACE).call(2).failWith("UnauthorizedOperation");
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).meanwhile(() -> delete(ours(world.signalling)));

        assertThat(run())
                .isFailedBecause(Cause.Code.EC2, "UnauthorizedOperation")
                .leftNothingBehind();

        assertThat(took()).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void interfaceOfTheReferenceLambda_isDeletedMeanwhile_isLostAndNotReplaced() {
        world.attachAsTheReferenceDoes(world.signalling, 1);
        NetworkInterface foreign = ec2.interfaces().stream()
                .filter(i -> i.subnetId().equals(world.signalling.id()))
                .findFirst()
                .orElseThrow();
        ec2.journal().clear();
        ec2.faults()
                .on(DESCRIBE_NETWORK_INTERFACES)
                .call(2) // The final read, when all is attached.
                .meanwhile(() -> delete(foreign));

        assertThat(run())
                .isFailedBecause(
                        Cause.Code.INTERFACE_LOST,
                        foreign.id() + ", which this library did not make, is not attached any more")
                .leftNothingBehind();

        assertThat(ec2.journal().calls(CREATE_NETWORK_INTERFACE)).hasSize(1); // That of the other subnet.
    }

    @Test
    void interfaceOfTheReferenceLambda_isDetachedMeanwhile_isNeitherAttachedNorChanged() {
        world.attachAsTheReferenceDoes(world.signalling, 1);
        NetworkInterface foreign = ec2.interfaces().stream()
                .filter(i -> i.subnetId().equals(world.signalling.id()))
                .findFirst()
                .orElseThrow();
        ec2.journal().clear();
        ec2.faults()
                .on(DESCRIBE_NETWORK_INTERFACES)
                .call(2) // The final read, when all is attached.
                .meanwhile(() -> ec2.detachNetworkInterface(
                        Objects.requireNonNull(foreign.attachment()).id(), soon()));

        assertThat(run())
                .isFailedBecause(Cause.Code.INTERFACE_LOST, foreign.id())
                .leftNothingBehind();

        assertThat(ec2.journal()
                        .select(call -> call.action() == ATTACH_NETWORK_INTERFACE
                                || call.action() == MODIFY_NETWORK_INTERFACE_ATTRIBUTE))
                .noneMatch(call -> call.toString().contains(foreign.id()));
    }

    /** The other run requested another address under the slot's client token. */
    private void otherRunWithAnotherAddress(Runnable other) {
        NetworkInterface stranger = ec2.occupy(world.signalling, "10.0.4.4");
        ec2.faults().clear();
        other.run();
        ec2.deleteNetworkInterface(stranger.id(), soon());
    }

    @Test
    void create_tokenIsUsedByAnotherRun_itsInterfaceIsTakenUp() {
        ec2.faults()
                .on(CREATE_NETWORK_INTERFACE)
                .meanwhile(
                        () -> otherRunWithAnotherAddress(() -> assertThat(run()).isAttached()));

        Outcome outcome = run();

        assertThat(outcome.isReady()).as(outcome.toString()).isTrue();
        assertThat(ours(world.signalling).ipv4Addresses()).hasToString("[10.0.4.5]");
        assertThat(world.ours()).hasSize(2);
        assertThat(took()).isZero();
    }

    @Test
    void create_tokenIsUsedByAnInterfaceThatIsNotVisibleYet_waitsForIt() {
        ec2.faults()
                .on(CREATE_NETWORK_INTERFACE)
                .meanwhile(() -> otherRunWithAnotherAddress(() -> {
                    ec2.behaviour().newThingsVisibleAfter(Duration.ofSeconds(9));
                    ec2.faults().on(MODIFY_NETWORK_INTERFACE_ATTRIBUTE).failWith("UnauthorizedOperation");
                    ec2.faults().on(CREATE_NETWORK_INTERFACE).call(2).failWith("UnauthorizedOperation");
                    run(world.spec().subnets(world.signalling.id()).onFailure(OnFailure.KEEP));
                    ec2.faults().clear();
                }));

        assertThat(run()).isAttached().hasAddresses("10.0.4.5", "10.0.6.4");

        assertThat(world.ours()).hasSize(2);
        assertThat(took()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(25));
    }

    @Test
    void create_tokenIsUsedUpByARollBack_takesTheNextTokenAtOnce() {
        ec2.faults()
                .on(CREATE_NETWORK_INTERFACE)
                .meanwhile(() -> otherRunWithAnotherAddress(() -> {
                    ec2.faults().on(ATTACH_NETWORK_INTERFACE).failWith("UnauthorizedOperation");
                    assertThat(run()).leftNothingBehind();
                }));

        assertThat(run()).isAttached().hasAddresses("10.0.4.4", "10.0.6.4");

        assertThat(took()).isLessThan(Duration.ofSeconds(3));
        assertThat(world.ours()).hasSize(2);
    }

    /** EC2 answers the token with the interface that the other run has deleted. */
    @Test
    void create_answeredWithADeletedInterface_isReplacedAtOnceByTheTag() {
        ec2.faults().on(CREATE_NETWORK_INTERFACE).meanwhile(() -> {
            ec2.faults().clear();
            ec2.faults().on(ATTACH_NETWORK_INTERFACE).failWith("UnauthorizedOperation");
            assertThat(run()).leftNothingBehind();
        });

        assertThat(run()).isAttached().hasAddresses("10.0.4.4", "10.0.6.4");

        assertThat(took()).isLessThan(Duration.ofSeconds(3));
        assertThat(world.ours()).hasSize(2);
    }

    @Test
    void success_usedTokensCannotBeTagged_warns() {
        ec2.faults().on(ATTACH_NETWORK_INTERFACE).meanwhile(() -> delete(ours(world.signalling)));
        ec2.faults().on(CREATE_TAGS).everyCall().failWith("UnauthorizedOperation");

        Outcome outcome = run();

        assertThat(outcome).isAttached();
        assertThat(((Outcome.Attached) outcome).warnings())
                .singleElement()
                .asString()
                .contains(OwnerTags.USED_TOKENS, "ec2:CreateTags");
    }

    /** The last read of a run shows what others have changed meanwhile. */
    @Test
    void deleteOnTermination_isResetMeanwhile_warnsOfTheInterfaceThatThisRunSet() {
        assertThat(run(world.spec().subnets(world.signalling.id()))).isAttached();
        ec2.faults()
                .on(DESCRIBE_NETWORK_INTERFACES)
                .call(2) // The final read, when all is attached.
                .meanwhile(() -> world.ours()
                        .forEach(each -> ec2.modifyDeleteOnTermination(
                                each.id(),
                                Objects.requireNonNull(each.attachment()).id(),
                                false,
                                soon())));

        Outcome outcome = run();

        assertThat(outcome).isAttached();
        assertThat(((Outcome.Attached) outcome).warnings())
                .singleElement()
                .asString()
                .contains(ours(world.media).id(), "delete-on-termination was set and is seen as false");
    }

    @Test
    void blockedNode_unfinishedInterfaces_areNamedAndFinishedOnesAreNot() {
        Subnet third = world.vpc.subnet("10.0.8.0/24", OneZone.ZONE);
        assertThat(run()).isAttached();
        NetworkInterface unfinished = ours(world.media);
        ec2.modifyDeleteOnTermination(
                unfinished.id(), Objects.requireNonNull(unfinished.attachment()).id(), false, soon());
        for (int index = 3; index < 8; index++) {
            ec2.attachStranger(world.node.id(), index);
        }

        Outcome outcome = run(world.spec().subnets(world.signalling.id(), world.media.id(), third.id()));

        assertThat(outcome).isFailedBecause(Cause.Code.FINDINGS, world.node.id());
        assertThat(((Outcome.Failed) outcome).leftovers())
                .extracting(Leftover::networkInterfaceId)
                .containsExactly(unfinished.id());
        assertThat(ec2.journal().select(JournalEntry::isFailed)).isEmpty();
    }
}
