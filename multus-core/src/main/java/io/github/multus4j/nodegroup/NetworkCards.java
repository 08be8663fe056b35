package io.github.multus4j.nodegroup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The network card of each interface, on instance types that have several. Immutable.
 *
 * <p>An interface without a configured card goes to the lowest card that has room, so to card 0 as
 * long as that is not full. If EC2 does not report the limits of the instance type, it goes to card
 * 0.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html#network-cards">Network
 *     cards</a>
 */
public final class NetworkCards {

    private static final NetworkCards AUTO = new NetworkCards(List.of(), Map.of(), null);

    private final List<Integer> byPosition;
    private final Map<String, Integer> bySubnet;
    private final @Nullable Integer only;

    private NetworkCards(List<Integer> byPosition, Map<String, Integer> bySubnet, @Nullable Integer only) {
        this.byPosition = List.copyOf(byPosition);
        this.bySubnet = new TreeMap<>(bySubnet);
        this.only = only;
    }

    /** Every interface goes to the lowest card that has room. */
    public static NetworkCards auto() {
        return AUTO;
    }

    /** Every interface goes to this card, also if another has more room. */
    public static NetworkCards only(int networkCardIndex) {
        return new NetworkCards(List.of(), Map.of(), networkCardIndex);
    }

    /** The interfaces of these subnets, by id, go to these cards. */
    public static NetworkCards ofSubnets(Map<String, Integer> networkCardIndexes) {
        return new NetworkCards(List.of(), networkCardIndexes, null);
    }

    /** The n-th interface of a node goes to the n-th of these cards. */
    public static NetworkCards inOrder(List<Integer> networkCardIndexes) {
        return new NetworkCards(networkCardIndexes, Map.of(), null);
    }

    /**
     * The configured card of an interface.
     *
     * @param number the interface's place in the device order of its node, from 1 on
     * @param subnetId its subnet
     * @return the card; empty for the lowest that has room
     */
    public OptionalInt cardOf(int number, String subnetId) {
        if (only != null) {
            return OptionalInt.of(only);
        }
        Integer named = number <= byPosition.size() ? byPosition.get(number - 1) : bySubnet.get(subnetId);
        return named == null ? OptionalInt.empty() : OptionalInt.of(named);
    }

    /** The card of all interfaces, if there is one for all. */
    OptionalInt only() {
        return only == null ? OptionalInt.empty() : OptionalInt.of(only);
    }

    /** All configured cards. */
    List<Integer> all() {
        List<Integer> all = new ArrayList<>(byPosition);
        all.addAll(bySubnet.values());
        if (only != null) {
            all.add(only);
        }
        return all;
    }

    /** The subnets with a configured card. */
    List<String> subnetIds() {
        return List.copyOf(bySubnet.keySet());
    }

    @Override
    public String toString() {
        if (only != null) {
            return "network card " + only;
        }
        if (!byPosition.isEmpty()) {
            return "network cards " + byPosition;
        }
        return bySubnet.isEmpty() ? "the lowest network card with room" : "network cards " + bySubnet;
    }
}
