package io.github.multus4j.internal.apply;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.internal.launch.AddressByRank;
import io.github.multus4j.internal.launch.LaunchOrder;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.observe.SlotReader;
import io.github.multus4j.internal.plan.InterfaceRequests;
import io.github.multus4j.internal.plan.Snapshot;
import io.github.multus4j.internal.plan.UsedTokens;
import io.github.multus4j.internal.run.RateLimiter;
import io.github.multus4j.internal.run.Run;
import io.github.multus4j.internal.run.RunStoppedException;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.Finding;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.result.PlannedInterface;
import io.github.multus4j.result.PlannedInterface.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Creates one slot's interface. After a conflict it looks again, and goes on with the next address
 * as long as the subnet has one. After a call of unknown outcome it looks, and then repeats the
 * call under the same client token. If EC2 knows the token with other parameters, another run was
 * first: its interface is waited for and taken up.
 */
final class InterfaceCreation {

    private final Ec2Network ec2;
    private final AddressClaims claims;
    private final Run run;
    private final NodeGroupSpec spec;
    private final PlannedInterface planned;
    private final Slot slot;
    private final SlotReader view;
    private final Instance instance;
    private final List<CidrReservation> reservations;

    private final Set<String> gone = new HashSet<>();
    private final ListingCheck listings;

    private AddressByRank addresses;
    private int tokenNumber;
    private int renewals;
    private @Nullable String answered;

    /**
     * The calls without an answer, also those in flight: a roll-back may begin before a call has
     * ended.
     */
    private final AtomicInteger unanswered = new AtomicInteger();

    InterfaceCreation(
            Ec2Network ec2,
            Run run,
            SharedState shared,
            NodeGroupSpec spec,
            Snapshot snapshot,
            PlannedInterface planned,
            SlotReader view) {
        this.ec2 = ec2;
        this.claims = shared.claims();
        this.run = run;
        this.spec = spec;
        this.planned = planned;
        this.slot = planned.slot();
        this.view = view;
        this.reservations = snapshot.reservationsOf(slot.subnetId());
        this.addresses = snapshot.addressesOf(slot.subnetId());
        this.instance = snapshot.instance();
        this.tokenNumber = UsedTokens.of(instance).firstFree(slot.subnetId());
        this.listings = new ListingCheck(run, shared.unlisted(), spec, slot);
    }

    /** A problem that did not stop the run. */
    Optional<String> warning() {
        return listings.warning();
    }

    /**
     * The number of the slot's first unused client token, after these interfaces were removed. A
     * token counts as used only by EC2's answer to it: an interface from a listing may belong to
     * another token, and be deleted since long.
     */
    int firstFreeToken(Collection<String> removed) {
        return answered != null && removed.contains(answered) ? tokenNumber + 1 : tokenNumber;
    }

    /** Whether an interface may exist that no read has shown. */
    boolean isOutcomeUnknown() {
        return unanswered.get() > 0;
    }

    /** The interfaces that seemed to be gone. */
    Set<String> gone() {
        return Set.copyOf(gone);
    }

    /**
     * How long to look for an interface that EC2 says is made: longer after each one that is gone.
     */
    Duration visibilityTime() {
        return Timing.SETTLING.multipliedBy(renewals + 1L);
    }

    /** Whether another client token may be used. */
    boolean canRepeat() {
        return renewals + 1 < Timing.CLIENT_TOKENS;
    }

    /** Whether the instance's tag says by now that the slot's client token is used up. */
    boolean isTokenUsedUp(Instance seen) {
        return UsedTokens.of(seen).firstFree(slot.subnetId()) > tokenNumber;
    }

    private void renew(boolean usedUp) {
        renewals++;
        answered = null;
        int noted = UsedTokens.of(view.instance(instance)).firstFree(slot.subnetId());
        tokenNumber = Math.max(usedUp ? tokenNumber + 1 : tokenNumber, noted);
    }

    /**
     * Another interface for the slot, because that one is gone: one that another run has made, or a
     * new one. It gets a new client token, since EC2 answers a known one with its first interface.
     */
    NetworkInterface insteadOf(String goneId) {
        gone.add(goneId);
        renew(goneId.equals(answered));
        List<NetworkInterface> interfaces = view.interfacesOfSubnet();
        addresses = addresses.seenAgain(
                interfaces.stream().filter(i -> !gone.contains(i.id())).toList());
        Optional<NetworkInterface> ours =
                interfaces.stream().filter(this::fillsSlot).findFirst();
        return ours.isPresent() ? ours.get() : create(next(null));
    }

    private boolean fillsSlot(NetworkInterface candidate) {
        return view.fillsSlot(candidate) && !gone.contains(candidate.id());
    }

    NetworkInterface create() {
        NewNetworkInterface request = planned.request();
        if (request == null) {
            throw new IllegalStateException("nothing to create for " + slot);
        }
        return create(request);
    }

    private NetworkInterface create(NewNetworkInterface firstRequest) {
        NewNetworkInterface request = firstRequest;
        Instant giveUp = run.clock().instant().plus(Timing.VISIBILITY);
        for (int tries = 0; ; tries++) {
            Attempt result = send(request, giveUp);
            Optional<NetworkInterface> ours = result.find(this, request);
            if (ours.isPresent()) {
                unanswered.set(0);
                return ours.get();
            }
            request = result.next(this, request, tries);
        }
    }

    /** Makes one call. */
    private Attempt send(NewNetworkInterface request, Instant giveUp) {
        run.checkGoesOn(listings.subject());
        run.awaitToken(RateLimiter.Call.CREATE, listings.subject());
        unanswered.incrementAndGet();
        try {
            return new Made(ec2.createNetworkInterface(request, run.workDeadline()));
        } catch (Ec2Exception e) {
            if (e.kind() == Ec2Exception.Kind.OUTCOME_UNKNOWN) {
                return new Unknown();
            }
            unanswered.decrementAndGet(); // A refusal answers this call, and no earlier one.
            return switch (e.kind()) {
                case ADDRESS_IN_USE, ADDRESS_UNUSABLE -> new InUse(e);
                case TOKEN_MISMATCH -> new OthersToken(e);
                case NOT_FOUND -> new NotYet(e, giveUp);
                default -> new Refused(e);
            };
        }
    }

    /** The result of one call. */
    private sealed interface Attempt {

        /** The slot's interface: the call made it, or a look after the call shows it. */
        default Optional<NetworkInterface> find(InterfaceCreation creation, NewNetworkInterface request) {
            return Optional.empty();
        }

        /**
         * The request of the next call: the same one after a pause, unless the result demands
         * another.
         */
        default NewNetworkInterface next(InterfaceCreation creation, NewNetworkInterface request, int tries) {
            creation.run.pause(tries, creation.slot);
            return request;
        }
    }

    private record Made(NetworkInterface made) implements Attempt {

        @Override
        public Optional<NetworkInterface> find(InterfaceCreation creation, NewNetworkInterface request) {
            creation.answered = made.id();
            creation.gone.remove(made.id()); // EC2 names it once more: it is no surplus.
            creation.run.notifyListener(listener -> listener.created(creation.slot, made.id()));
            return Optional.of(made);
        }
    }

    private record Unknown() implements Attempt {

        @Override
        public Optional<NetworkInterface> find(InterfaceCreation creation, NewNetworkInterface request) {
            return creation.view.findInSlot(creation.gone);
        }
    }

    /** The address is in use, or cannot be used. */
    private record InUse(Ec2Exception refusal) implements Attempt {

        @Override
        public Optional<NetworkInterface> find(InterfaceCreation creation, NewNetworkInterface request) {
            creation.run.notifyListener(listener -> listener.conflicted(creation.slot, refusal));
            return creation.findAfterConflict(refusal, request);
        }

        @Override
        public NewNetworkInterface next(InterfaceCreation creation, NewNetworkInterface request, int tries) {
            return creation.next(refusal);
        }
    }

    /** Another run has used the client token, with other parameters. */
    private record OthersToken(Ec2Exception refusal) implements Attempt {

        @Override
        public Optional<NetworkInterface> find(InterfaceCreation creation, NewNetworkInterface request) {
            return creation.awaitInSlot();
        }

        @Override
        public NewNetworkInterface next(InterfaceCreation creation, NewNetworkInterface request, int tries) {
            if (!creation.canRepeat()) {
                throw refusal;
            }
            creation.renew(true);
            return creation.next(refusal);
        }
    }

    /** EC2 does not know the subnet or a group yet, which were seen a moment ago. */
    private record NotYet(Ec2Exception refusal, Instant giveUp) implements Attempt {

        @Override
        public NewNetworkInterface next(InterfaceCreation creation, NewNetworkInterface request, int tries) {
            if (creation.run.hasPassed(giveUp)) {
                throw refusal;
            }
            return Attempt.super.next(creation, request, tries);
        }
    }

    private record Refused(Ec2Exception refusal) implements Attempt {

        @Override
        public NewNetworkInterface next(InterfaceCreation creation, NewNetworkInterface request, int tries) {
            ListingCheck listings = creation.listings;
            throw listings.isIncomplete()
                    ? RunStoppedException.by(creation.run.causeOf(refusal, listings.subject()))
                    : refusal;
        }
    }

    /**
     * The interface that another run has made under the slot's client token, as soon as a listing
     * shows it; empty if it is gone. The instance's tag says so at once, if it was written.
     * Otherwise only listings tell, and a listing may lag: so they get twice the time.
     */
    private Optional<NetworkInterface> awaitInSlot() {
        Instant giveUp = run.clock().instant().plus(visibilityTime().multipliedBy(2));
        for (int tries = 0; ; tries++) {
            boolean last = run.hasPassed(giveUp) || isTokenUsedUp(view.instance(instance));
            Optional<NetworkInterface> seen = view.findInSlot(gone);
            if (seen.isPresent() || last) {
                return seen;
            }
            run.pause(tries, slot);
        }
    }

    private NewNetworkInterface next(@Nullable Ec2Exception last) {
        String full = listings.subject() + ": no address left in "
                + planned.subnet().cidrs() + " (" + spec.addressing() + ")";
        return claims.choose(
                        run,
                        slot,
                        addresses,
                        all -> InterfaceRequests.next(
                                spec,
                                slot,
                                planned.subnet(),
                                planned.securityGroupIds(),
                                all,
                                reservations,
                                tokenNumber))
                .filter(request -> !listings.isExhausted(request))
                .orElseThrow(() -> RunStoppedException.by(last == null ? noAddress(full) : run.causeOf(last, full)));
    }

    private static Cause noAddress(String message) {
        Finding finding = new Finding(Finding.Code.NO_FREE_ADDRESS, message);
        return new Cause(Cause.Code.FINDINGS, message, null, List.of(finding));
    }

    /**
     * Reads the subnet's addresses again, and the instances that launch together if the addresses
     * do not explain the conflict. Returns this slot's interface if another run has made it
     * meanwhile.
     */
    private Optional<NetworkInterface> findAfterConflict(Ec2Exception conflict, NewNetworkInterface request) {
        List<IpAddress> refused = addressesInConflict(conflict, request);
        List<NetworkInterface> interfaces = view.interfacesOfSubnet();
        addresses = listings.judge(refused, addresses.refused(refused).seenAgain(interfaces), view::interfacesOfSubnet);
        boolean inUse = conflict.kind() == Ec2Exception.Kind.ADDRESS_IN_USE;
        if (inUse && !listings.isIncomplete() && !addresses.isExplained()) {
            addresses = addresses.in(LaunchOrder.of(instance, view.launched(spec)));
        }
        // An interface that was taken for gone and holds the refused address is there.
        interfaces.stream()
                .filter(i -> request.requestedAddresses().stream().anyMatch(i.addresses()::contains))
                .map(NetworkInterface::id)
                .forEach(gone::remove);
        return interfaces.stream().filter(this::fillsSlot).findFirst();
    }

    /** The address that EC2 names, or all requested ones if it names none. */
    private static List<IpAddress> addressesInConflict(Ec2Exception conflict, NewNetworkInterface request) {
        List<IpAddress> requested = request.requestedAddresses();
        List<IpAddress> named =
                requested.stream().filter(conflict.addresses()::contains).toList();
        return named.isEmpty() ? requested : named;
    }
}
