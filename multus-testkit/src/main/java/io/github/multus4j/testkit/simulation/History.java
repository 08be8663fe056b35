package io.github.multus4j.testkit.simulation;

import io.github.multus4j.testkit.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The trace of one simulation, in order. Its text explains a failure. */
final class History {

    /** An event of the world, or the end of a delivery. */
    private record Note(Duration at, String text) implements TraceEntry {

        @Override
        public String toString() {
            return text;
        }
    }

    private final List<TraceEntry> entries = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private final Map<String, Duration> made = new HashMap<>();
    private final Map<String, SimulatedCall> makers = new HashMap<>();
    private final Map<String, Duration> attached = new HashMap<>();
    private final Map<Delivery, List<SimulatedCall>> callsByDelivery = new HashMap<>();
    private int calls;

    void note(Duration at, String text) {
        entries.add(new Note(at, text));
    }

    Delivery begin(int process, String instanceId, String what, Duration start, Duration deadline) {
        Delivery delivery = new Delivery(deliveries.size() + 1, process, instanceId, what, start, deadline);
        deliveries.add(delivery);
        entries.add(delivery);
        return delivery;
    }

    void end(Delivery delivery, Duration at) {
        delivery.ended = at;
        note(at, delivery.name() + " ends: " + delivery.result());
    }

    /** The number of the next call. */
    int nextCall() {
        return calls + 1;
    }

    SimulatedCall call(Delivery delivery, Action action, Map<String, Object> parameters, Duration sent, Fate fate) {
        SimulatedCall call = new SimulatedCall(++calls, delivery, action, parameters, sent, fate);
        delivery.metFault |= fate != Fate.ANSWERED;
        callsByDelivery.computeIfAbsent(delivery, each -> new ArrayList<>()).add(call);
        entries.add(call);
        return call;
    }

    /** The number of calls so far. */
    int calls() {
        return calls;
    }

    /** The calls of the delivery, in their order. */
    List<SimulatedCall> callsOf(Delivery delivery) {
        return callsByDelivery.getOrDefault(delivery, List.of());
    }

    /** The last delivery for the instance. */
    Optional<Delivery> lastOf(String instanceId) {
        return deliveries.stream()
                .filter(delivery -> delivery.instanceId.equals(instanceId))
                .reduce((earlier, later) -> later);
    }

    List<Delivery> deliveries() {
        return deliveries;
    }

    /**
     * Records an interface that a call of a run made.
     *
     * @return whether it is new: EC2 answers a known client token with the interface of the first
     *     call
     */
    boolean made(String interfaceId, Duration at, SimulatedCall by) {
        if (made.putIfAbsent(interfaceId, at) != null) {
            return false;
        }
        makers.put(interfaceId, by);
        return true;
    }

    /** Records an interface of another tenant. */
    void madeByOthers(String interfaceId, Duration at) {
        made.put(interfaceId, at);
    }

    void attached(String interfaceId, Duration at) {
        attached.put(interfaceId, at);
    }

    /**
     * The time at which the interface was made; the beginning of time if it was there from the
     * start.
     */
    Duration madeAt(String interfaceId) {
        return made.getOrDefault(interfaceId, Duration.ZERO);
    }

    /**
     * The time of the interface's last attachment by a run; the beginning of time if there is none.
     */
    Duration attachedAt(String interfaceId) {
        return attached.getOrDefault(interfaceId, Duration.ZERO);
    }

    /** The ids of the interfaces that calls of the delivery made, also without an answer. */
    List<String> madeBy(Delivery delivery) {
        return makers.entrySet().stream()
                .filter(entry -> entry.getValue().delivery == delivery)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** A line for each entry. */
    @Override
    public String toString() {
        return entries.stream()
                .map(entry -> String.format("%10s  %s", Times.text(entry.at()), entry))
                .collect(Collectors.joining("\n"));
    }
}
