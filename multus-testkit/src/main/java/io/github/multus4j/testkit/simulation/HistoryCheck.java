package io.github.multus4j.testkit.simulation;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Cause;
import io.github.multus4j.result.Outcome.Leftover;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.MultusAssertions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The invariants, checked during a history and after it. The numbers are those of the design's
 * list. Reads may be stale, so a run is judged by facts that were true for longer than any read
 * lags.
 */
final class HistoryCheck {

    private static final Set<Action> CLEANING_UP =
            Set.of(Action.DETACH_NETWORK_INTERFACE, Action.DELETE_NETWORK_INTERFACE);

    private final FakeEc2Network ec2;
    private final History history;
    private final Map<String, Subnet> subnets;
    private final Map<String, List<CidrReservation>> reservations;
    private final Set<String> notForUs;
    private final Duration staleness;
    private final List<String> broken = new ArrayList<>();

    /**
     * @param subnets the Multus subnets by id
     * @param reservations their CIDR reservations by subnet id; none of them is to be used
     * @param notForUs the instances without the trigger tag
     * @param staleness the greatest lag of a read
     */
    HistoryCheck(
            FakeEc2Network ec2,
            History history,
            Map<String, Subnet> subnets,
            Map<String, List<CidrReservation>> reservations,
            Set<String> notForUs,
            Duration staleness) {
        this.ec2 = ec2;
        this.history = history;
        this.subnets = subnets;
        this.reservations = reservations;
        this.notForUs = notForUs;
        this.staleness = staleness;
    }

    /** Each invariant that was broken, in a sentence. */
    List<String> broken() {
        return broken;
    }

    /**
     * @param sentence the violation; computed only then, because the text of a call costs more than
     *     most checks
     */
    void brokenIf(boolean bad, int invariant, Supplier<String> sentence) {
        if (bad) {
            broken.add("[" + invariant + "] " + sentence.get());
        }
    }

    // While calls take effect.

    /** A call is about to take effect at EC2. */
    void before(SimulatedCall call) {
        if (call.action == Action.CREATE_NETWORK_INTERFACE) {
            NewNetworkInterface request = request(call);
            request.requestedAddresses().forEach(address -> checkAddress(call, request, address));
        }
        boolean notAllowed = call.action.isMutating() && !call.action.isAutoScaling();
        brokenIf(
                notAllowed && notForUs.contains(call.delivery.instanceId),
                9,
                () -> call.delivery.instanceId + " is not for us, and something was changed: " + call);
    }

    private void checkAddress(SimulatedCall call, NewNetworkInterface request, IpAddress address) {
        Subnet subnet = Objects.requireNonNull(subnets.get(request.subnetId()), "a subnet that nobody gave");
        brokenIf(
                subnet.reservedAddresses().contains(address), 5, () -> "EC2 keeps " + address + " for itself: " + call);
        brokenIf(
                reservations.getOrDefault(subnet.id(), List.of()).stream()
                                .anyMatch(reservation -> reservation.cidr().contains(address))
                        && !mayNotReadReservations(call.delivery.process, subnet.id()),
                5,
                () -> address + " is in a CIDR reservation: " + call);
    }

    /**
     * Whether the process was denied the reservations: it then continues without them, and warns.
     */
    private boolean mayNotReadReservations(int process, String subnetId) {
        return history.deliveries().stream()
                .filter(delivery -> delivery.process == process)
                .flatMap(delivery -> history.callsOf(delivery).stream())
                .anyMatch(call -> call.action == Action.GET_SUBNET_CIDR_RESERVATIONS
                        && call.received != null
                        && call.received.kind() == Kind.DENIED
                        && call.parameter("subnetId").equals(subnetId));
    }

    /** A call has taken effect. */
    void after(SimulatedCall call) {
        if (call.action == Action.CREATE_NETWORK_INTERFACE) {
            NetworkInterface made = (NetworkInterface) Objects.requireNonNull(call.answer);
            if (history.made(made.id(), Objects.requireNonNull(call.effect), call)) {
                String owner = made.tags().get(OwnerTags.INSTANCE_ID);
                ec2.interfaces().stream()
                        .filter(i -> !i.id().equals(made.id())
                                && i.subnetId().equals(made.subnetId())
                                && Objects.equals(owner, i.tags().get(OwnerTags.INSTANCE_ID)))
                        .forEach(i -> brokenIf(
                                true, 2, () -> made.id() + " is an extra: " + owner + " has " + i.id() + ": " + call));
            }
        } else if (call.action == Action.ATTACH_NETWORK_INTERFACE) {
            history.attached(call.parameter("networkInterfaceId"), Objects.requireNonNull(call.effect));
        }
    }

    /** EC2 has refused a call by its rules. */
    void refused(SimulatedCall call, Ec2Exception refusal) {
        if (call.action == Action.CREATE_NETWORK_INTERFACE && refusal.kind() == Kind.ADDRESS_IN_USE) {
            NewNetworkInterface request = request(call);
            SimulatedCall listing = lastListing(call, earlier -> covers(earlier, request.subnetId()));
            ec2.interfaces().stream()
                    .filter(i -> i.subnetId().equals(request.subnetId())
                            && request.requestedAddresses().stream().anyMatch(i.addresses()::contains))
                    .forEach(i -> brokenIf(
                            listing == null || wasKnown(history.madeAt(i.id()), listing),
                            5,
                            () -> i.id() + " had the address for long: " + call));
        } else if (call.action == Action.DELETE_NETWORK_INTERFACE && refusal.kind() == Kind.BUSY) {
            String id = call.parameter("networkInterfaceId");
            SimulatedCall listing = lastListing(call, earlier -> isAbout(earlier, call));
            brokenIf(
                    listing == null || wasKnown(history.attachedAt(id), listing),
                    3,
                    () -> id + " was attached for long, and was to be deleted without being detached: " + call);
        }
    }

    /** Whether the listing must have shown a fact that is true since then. */
    private boolean wasKnown(Duration since, SimulatedCall listing) {
        return since.plus(staleness).compareTo(Objects.requireNonNull(listing.effect)) < 0;
    }

    /**
     * The last answered listing of interfaces before the call, by its run, that covers the relevant
     * subnet or interface.
     */
    private @Nullable SimulatedCall lastListing(SimulatedCall call, Predicate<SimulatedCall> matters) {
        SimulatedCall last = null;
        for (SimulatedCall earlier : history.callsOf(call.delivery)) {
            if (earlier.number < call.number && isAnsweredListing(earlier) && matters.test(earlier)) {
                last = earlier;
            }
        }
        return last;
    }

    private static boolean isAnsweredListing(SimulatedCall call) {
        return call.action == Action.DESCRIBE_NETWORK_INTERFACES && call.ended != null && call.received == null;
    }

    /** Whether the listing shows all interfaces of the subnet. */
    private static boolean covers(SimulatedCall listing, String subnetId) {
        List<Filter> filters = filters(listing);
        return filters.size() == 1
                && filters.get(0).name().equals("subnet-id")
                && filters.get(0).values().contains(subnetId);
    }

    private static List<Filter> filters(SimulatedCall listing) {
        return ((List<?>) Objects.requireNonNull(listing.parameters.get("filters")))
                .stream().map(Filter.class::cast).toList();
    }

    private static NewNetworkInterface request(SimulatedCall call) {
        return (NewNetworkInterface) Objects.requireNonNull(call.parameters.get("request"));
    }

    // When a run ends.

    /** A run has ended. */
    void ended(Delivery delivery) {
        Duration end = Objects.requireNonNull(delivery.ended);
        brokenIf(end.compareTo(delivery.deadline) > 0, 8, () -> delivery.name() + " ended after its deadline");
        if (delivery.outcome instanceof Outcome.Failed failed) {
            checkLeftovers(delivery, failed);
            checkCause(delivery, failed);
        }
        if (!delivery.crashed && notForUs.contains(delivery.instanceId)) {
            brokenIf(
                    !(delivery.outcome instanceof Outcome.Skipped) && !delivery.wasDisturbed(),
                    9,
                    () -> delivery.name() + " is not for us, and is not skipped");
        }
    }

    private void checkLeftovers(Delivery delivery, Outcome.Failed failed) {
        if (history.deliveries().stream()
                .anyMatch(other -> other.overlaps(delivery) && other.instanceId.equals(delivery.instanceId))) {
            return; // Another run may use it; its fate is checked at the end.
        }
        for (String id : history.madeBy(delivery)) {
            ec2.interfaces().stream()
                    .filter(i -> i.id().equals(id))
                    .forEach(i -> brokenIf(
                            !isNamed(i, failed.leftovers()),
                            3,
                            () -> delivery.name() + " failed, leaves " + id + " behind and does not say so"));
        }
    }

    /** Whether a leftover is the interface, or may be: an unseen one is named by its subnet. */
    static boolean isNamed(NetworkInterface left, List<Leftover> leftovers) {
        return leftovers.stream()
                .anyMatch(named -> named.networkInterfaceId().equals(left.id())
                        || named.networkInterfaceId().contains(left.subnetId()));
    }

    private void checkCause(Delivery delivery, Outcome.Failed failed) {
        Cause cause = failed.cause();
        brokenIf(
                cause.code() == Cause.Code.UNEXPECTED,
                7,
                () -> delivery.name() + " failed by what must not happen: " + cause);
        if (cause.code() == Cause.Code.EC2 && cause.exception() instanceof Ec2Exception refusal) {
            brokenIf(
                    CLEANING_UP.stream().anyMatch(action -> action.toString().equals(refusal.action())),
                    7,
                    () -> delivery.name() + " says that cleaning up was what failed first: " + cause);
            brokenIf(
                    history.callsOf(delivery).stream()
                            .noneMatch(call -> call.received != null
                                    && String.valueOf(refusal.getMessage())
                                            .contains(String.valueOf(call.received.getMessage()))),
                    7,
                    () -> delivery.name() + " names a refusal that it never got: " + cause);
        }
    }

    // At the end.

    /**
     * Checks the calls as a whole, and EC2, at the end.
     *
     * @param leftovers the interfaces that may be left detached
     */
    void atEnd(List<String> leftovers) {
        history.deliveries().forEach(this::checkListingAfterUnknown);
        try {
            MultusAssertions.assertThat(ec2).holdsInvariantsExcept(leftovers);
        } catch (AssertionError e) {
            broken.add(String.valueOf(e.getMessage()).split("\nCalls:", 2)[0].strip());
        }
    }

    private void checkListingAfterUnknown(Delivery delivery) {
        List<SimulatedCall> calls = history.callsOf(delivery);
        for (SimulatedCall call : calls) {
            Duration ended = call.ended;
            if (ended == null
                    || call.received == null
                    || !call.action.isMutating()
                    || call.received.kind() != Kind.OUTCOME_UNKNOWN
                    || call.action.isAutoScaling()) {
                continue;
            }
            for (SimulatedCall next : calls) {
                if (next.number > call.number && isAnsweredListing(next) && isAbout(next, call)) {
                    break;
                }
                brokenIf(
                        next.number > call.number && isRepetition(next, call),
                        6,
                        () -> "it was repeated without a look: " + call + "\n      then " + next);
            }
        }
    }

    /** Whether the listing can have shown the effect of the call, or its interface. */
    private static boolean isAbout(SimulatedCall listing, SimulatedCall call) {
        return filters(listing).stream()
                .anyMatch(filter -> !filter.name().equals("network-interface-id")
                        || !call.parameters.containsKey("networkInterfaceId")
                        || filter.values().contains(call.parameter("networkInterfaceId")));
    }

    private static boolean isRepetition(SimulatedCall next, SimulatedCall call) {
        return next.action == call.action
                && (call.action == Action.CREATE_NETWORK_INTERFACE
                        ? request(next).subnetId().equals(request(call).subnetId())
                        : next.parameters.equals(call.parameters));
    }
}
