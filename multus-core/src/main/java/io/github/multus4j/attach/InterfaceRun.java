package io.github.multus4j.attach;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.plan.InterfaceRequests;
import io.github.multus4j.plan.PlannedInterface;
import io.github.multus4j.plan.Planner;
import io.github.multus4j.plan.Slot;
import io.github.multus4j.plan.Snapshot;
import io.github.multus4j.plan.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes one planned interface through its steps. After each call that did not plainly succeed it looks, and decides by what it sees. What it
 * has made so far can be asked for once it has ended, however it ended.
 */
final class InterfaceRun implements Callable<Boolean> {

    private static final int MOST_TOKENS = 5;

    private final Ec2Network ec2;
    private final Run run;
    private final NodeGroupSpec spec;
    private final Snapshot snapshot;
    private final PlannedInterface planned;
    private final Slot slot;
    private final DeviceIndexes indexes;

    private AddressSet used;
    private int attempt;

    private @Nullable String id;
    private @Nullable String attachmentId;
    private boolean made;
    private boolean attachedHere;
    private boolean creationUnknown;

    InterfaceRun(
            Ec2Network ec2,
            Run run,
            NodeGroupSpec spec,
            Snapshot snapshot,
            PlannedInterface planned,
            DeviceIndexes indexes) {
        this.ec2 = ec2;
        this.run = run;
        this.spec = spec;
        this.snapshot = snapshot;
        this.planned = planned;
        this.slot = planned.slot();
        this.indexes = indexes;
        this.used = snapshot.addressesInUse(slot.subnetId());
        NetworkInterface existing = planned.existing();
        if (existing != null) {
            this.id = existing.id();
            Attachment attachment = existing.attachment();
            this.attachmentId = existing.isAttachedTo(slot.instanceId()) && attachment != null ? attachment.id() : null;
        }
    }

    PlannedInterface planned() {
        return planned;
    }

    /** The interface; null if there is none yet. */
    @Nullable
    String id() {
        return id;
    }

    /** Whether this run made the interface. */
    boolean made() {
        return made;
    }

    /** Whether this run attached it. */
    boolean attachedHere() {
        return attachedHere;
    }

    /** Whether an interface may have been made that nobody has seen. */
    boolean creationUnknown() {
        return creationUnknown;
    }

    @Override
    public Boolean call() {
        try {
            applySteps();
            return true;
        } catch (RuntimeException e) {
            run.stop(Run.causeOf(e, slot)); // whatever it is, what was made has to be rolled back
            return false;
        }
    }

    private void applySteps() {
        while (true) {
            if (id == null) {
                create(nextRequest());
            }
            try {
                finish(id);
                return;
            } catch (Vanished e) {
                // EC2 answers a known client token with the interface of that time, even if it is gone: ask under a new
                // one.
                if (!made || ++attempt >= MOST_TOKENS) {
                    throw new Stopped(Cause.Code.INTERFACE_LOST, slot + ": " + id + " does not exist any more");
                }
                id = null;
                made = false;
            }
        }
    }

    private void finish(@Nullable String interfaceId) {
        String here = Objects.requireNonNull(interfaceId);
        if (planned.steps().contains(Step.SET_SOURCE_DEST_CHECK)) {
            modify(
                    here,
                    deadline -> ec2.modifySourceDestCheck(here, spec.sourceDestCheck(), deadline),
                    seen -> seen.sourceDestCheck() == spec.sourceDestCheck());
        }
        if (planned.steps().contains(Step.ATTACH) && attachmentId == null) {
            attachmentId = attach(here);
        }
        String attachment = attachmentId;
        if (planned.steps().contains(Step.SET_DELETE_ON_TERMINATION) && attachment != null) {
            modify(
                    here,
                    deadline -> ec2.modifyDeleteOnTermination(here, attachment, spec.deleteOnTermination(), deadline),
                    seen -> seen.attachment() != null
                            && seen.attachment().deleteOnTermination() == spec.deleteOnTermination());
        }
    }

    private NewNetworkInterface nextRequest() {
        NewNetworkInterface first = planned.request();
        if (first == null) {
            throw new IllegalStateException("nothing to create for " + slot);
        }
        if (attempt == 0) {
            return first;
        }
        return nextRequest(first)
                .orElseThrow(() -> new Stopped(Cause.Code.EC2, slot + ": the subnet has no address left"));
    }

    private Optional<NewNetworkInterface> nextRequest(NewNetworkInterface last) {
        return InterfaceRequests.next(
                spec,
                slot,
                planned.subnet(),
                last.securityGroupIds(),
                used,
                snapshot.reservations().getOrDefault(slot.subnetId(), List.of()),
                attempt);
    }

    private void create(NewNetworkInterface firstRequest) {
        NewNetworkInterface request = firstRequest;
        Instant giveUp = run.clock().instant().plus(Observer.VISIBILITY);
        for (int tries = 0; ; tries++) {
            run.checkGoesOn(slot);
            try {
                creationUnknown = true;
                NetworkInterface answer = ec2.createNetworkInterface(request, run.workDeadline());
                creationUnknown = false;
                adopt(answer, true);
                run.tell(listener -> listener.created(slot, answer.id()));
                return;
            } catch (Ec2Exception e) {
                creationUnknown = creationUnknown && e.kind() == Ec2Exception.Kind.OUTCOME_UNKNOWN;
                switch (e.kind()) {
                    case ADDRESS_IN_USE, ADDRESS_UNUSABLE -> {
                        run.tell(listener -> listener.conflicted(slot, e));
                        if (lookAfterConflict(e, request)) {
                            return;
                        }
                        request = nextRequest(request).orElseThrow(() -> Stopped.by(e, slot + ": no address left"));
                    }
                    case OUTCOME_UNKNOWN -> {
                        Optional<NetworkInterface> seen = lookForSlot();
                        if (seen.isPresent()) {
                            creationUnknown = false;
                            adopt(seen.get(), true);
                            return;
                        }
                        run.pause(tries, slot); // then the same token again: it cannot make a second one
                    }
                    case TOKEN_MISMATCH -> {
                        if (++attempt >= MOST_TOKENS) {
                            throw e;
                        }
                        request = nextRequest(request).orElseThrow(() -> Stopped.by(e, slot + ": no address left"));
                    }
                    case NOT_FOUND -> {
                        if (run.hasPassed(giveUp)) {
                            throw e;
                        }
                        run.pause(tries, slot); // the group was seen a moment ago
                    }
                    default -> throw e;
                }
            }
        }
    }

    private void adopt(NetworkInterface networkInterface, boolean madeHere) {
        id = networkInterface.id();
        made = madeHere;
        Attachment attachment = networkInterface.attachment();
        if (attachment != null && networkInterface.isAttachedTo(slot.instanceId())) {
            attachmentId = attachment.id();
        }
    }

    /** Reads the subnet's addresses anew. True if it shows that another run has made this slot's interface meanwhile. */
    private boolean lookAfterConflict(Ec2Exception conflict, NewNetworkInterface request) {
        List<NetworkInterface> interfaces =
                ec2.describeNetworkInterfaces(List.of(Filter.of("subnet-id", slot.subnetId())), run.workDeadline());
        Optional<NetworkInterface> ours =
                interfaces.stream().filter(this::fillsSlot).findFirst();
        if (ours.isPresent()) {
            adopt(ours.get(), false);
            return true;
        }
        AddressSet.Builder unusable =
                AddressSet.builder().add(used).add(Snapshot.addressesInUse(slot.subnetId(), interfaces));
        addressesInConflict(conflict, request).forEach(unusable::add);
        used = unusable.build();
        return false;
    }

    /** The address that EC2 names, or all that were asked for if it names none. */
    private static List<IpAddress> addressesInConflict(Ec2Exception conflict, NewNetworkInterface request) {
        List<IpAddress> asked = new ArrayList<>(request.ipv6Addresses());
        if (request.ipv4Address() != null) {
            asked.add(request.ipv4Address());
        }
        List<IpAddress> named = asked.stream().filter(a -> names(conflict, a)).toList();
        return named.isEmpty() ? asked : named;
    }

    private static boolean names(Ec2Exception conflict, IpAddress address) {
        String message = String.valueOf(conflict.getMessage());
        return message.matches(
                "(?s).*(?<![0-9a-f.:])" + Pattern.quote(address.toString()) + "(?![0-9a-f:]|\\.[0-9]).*");
    }

    private boolean fillsSlot(NetworkInterface candidate) {
        return slot.owns(candidate) && (candidate.attachment() == null || candidate.isAttachedTo(slot.instanceId()));
    }

    private Optional<NetworkInterface> lookForSlot() {
        return ec2
                .describeNetworkInterfaces(
                        List.of(
                                Filter.of("subnet-id", slot.subnetId()),
                                Filter.of("tag:" + OwnerTags.INSTANCE_ID, slot.instanceId())),
                        run.workDeadline())
                .stream()
                .filter(this::fillsSlot)
                .findFirst();
    }

    private Optional<NetworkInterface> look(String interfaceId) {
        return ec2
                .describeNetworkInterfaces(List.of(Filter.of("network-interface-id", interfaceId)), run.workDeadline())
                .stream()
                .findFirst();
    }

    /** A change that may be made again: until it is done, or seen to be done. */
    private void modify(String interfaceId, Consumer<Deadline> change, Predicate<NetworkInterface> done) {
        Instant giveUp = run.clock().instant().plus(Observer.VISIBILITY);
        for (int tries = 0; ; tries++) {
            run.checkGoesOn(slot);
            try {
                change.accept(run.workDeadline());
                return;
            } catch (Ec2Exception e) {
                switch (e.kind()) {
                    case OUTCOME_UNKNOWN, BUSY -> {
                        if (look(interfaceId).filter(done).isPresent()) {
                            return;
                        }
                    }
                    case NOT_FOUND -> {
                        checkInstance();
                        if (run.hasPassed(giveUp)) {
                            throw look(interfaceId)
                                    .<RuntimeException>map(seen -> e)
                                    .orElseGet(Vanished::new);
                        }
                    }
                    default -> throw e;
                }
                run.pause(tries, slot);
            }
        }
    }

    private String attach(String interfaceId) {
        int index = planned.deviceIndex();
        Instant giveUp = run.clock().instant().plus(Observer.VISIBILITY);
        for (int tries = 0; ; tries++) {
            run.checkGoesOn(slot);
            try {
                String answer = ec2.attachNetworkInterface(
                        interfaceId, slot.instanceId(), index, planned.networkCardIndex(), run.workDeadline());
                attachedHere = true;
                int at = index;
                run.tell(listener -> listener.attached(slot, interfaceId, at));
                return answer;
            } catch (Ec2Exception e) {
                switch (e.kind()) {
                    case INDEX_TAKEN -> {
                        run.tell(listener -> listener.conflicted(slot, e));
                        Set<Integer> occupied = Planner.occupiedIndexes(checkInstance(), planned.networkCardIndex());
                        index = indexes.insteadOf(index, occupied);
                        continue;
                    }
                    case OUTCOME_UNKNOWN, BUSY -> {
                        Optional<NetworkInterface> seen = look(interfaceId);
                        Attachment attachment =
                                seen.map(NetworkInterface::attachment).orElse(null);
                        if (attachment != null && attachment.instanceId().equals(slot.instanceId())) {
                            if (seen.get().isAttachedTo(slot.instanceId())) {
                                attachedHere = e.kind() == Ec2Exception.Kind.OUTCOME_UNKNOWN;
                                return attachment.id();
                            }
                        } else if (attachment != null) {
                            throw new Stopped(
                                    Cause.Code.INTERFACE_LOST,
                                    slot + ": " + interfaceId + " is attached to " + attachment.instanceId());
                        }
                    }
                    case INSTANCE_NOT_READY -> checkInstance();
                    case NOT_FOUND -> {
                        checkInstance();
                        if (run.hasPassed(giveUp)) {
                            throw look(interfaceId)
                                    .<RuntimeException>map(seen -> e)
                                    .orElseGet(Vanished::new);
                        }
                    }
                    default -> throw e;
                }
                run.pause(tries, slot);
            }
        }
    }

    /** The instance, as long as something can be attached to it. */
    private Instance checkInstance() {
        Instance instance =
                ec2.describeInstance(slot.instanceId(), run.workDeadline()).orElse(snapshot.instance());
        if (instance.state().isGoing()) {
            throw new Stopped(Cause.Code.INSTANCE_GONE, slot.instanceId() + " is " + instance.state());
        }
        return instance;
    }

    /** The interface is not there, and not just not visible yet. */
    private static final class Vanished extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Vanished() {
            super(null, null, false, false);
        }
    }
}
