package io.github.multus4j.nodegroup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Reads the variables for the placement of interfaces: network cards, VPCs, and local network
 * interfaces.
 */
final class PlacementReader {

    static final String NETWORK_CARDS = "NetworkCards";
    static final String OTHER_VPCS = "OtherVpcs";
    static final String LOCAL_INTERFACES = "LocalNetworkInterfaces";

    private static final String FORMS = "expected auto, one network card index for all interfaces, indexes in device"
            + " order such as 0,1, or pairs such as subnet-0123456789abcdef0=1";

    private final SpecRules rules;

    PlacementReader(SpecRules rules) {
        this.rules = rules;
    }

    /**
     * The network cards.
     *
     * @param items the items of the variable, separated by commas there
     * @param subnets the selection with the subnets of the pairs
     */
    NetworkCards networkCards(List<String> items, SubnetSelection subnets) {
        if (items.isEmpty() || List.of("auto").equals(items)) {
            return NetworkCards.auto();
        }
        List<Integer> inOrder = new ArrayList<>();
        Map<String, Integer> ofSubnets = new LinkedHashMap<>();
        for (String item : items) {
            int equals = item.indexOf('=');
            String subnet = equals < 0 ? "" : item.substring(0, equals).strip();
            OptionalInt card = index(item.substring(equals + 1).strip());
            if (card.isEmpty()) {
                rules.problem(NETWORK_CARDS, item, FORMS);
            } else if (equals < 0) {
                inOrder.add(card.getAsInt());
            } else if (ofSubnets.put(subnet, card.getAsInt()) != null) {
                rules.problem(NETWORK_CARDS, item, "a second network card for " + subnet);
            }
        }
        if (!inOrder.isEmpty() && !ofSubnets.isEmpty()) {
            rules.problem(NETWORK_CARDS, String.join(",", items), "indexes and pairs cannot be mixed: " + FORMS);
        }
        NetworkCards cards = !ofSubnets.isEmpty()
                ? NetworkCards.ofSubnets(ofSubnets)
                : inOrder.size() == 1 ? NetworkCards.only(inOrder.get(0)) : NetworkCards.inOrder(inOrder);
        rules.networkCards(NETWORK_CARDS, cards);
        rules.subnetsOfCards(NETWORK_CARDS, cards, subnets::mayInclude);
        return cards;
    }

    private static OptionalInt index(String text) {
        return text.matches("[0-9]{1,4}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    /** A variable that is true, false or not set: false. */
    boolean isOn(String variable, String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (!List.of("", "true", "false").contains(lower)) {
            rules.problem(variable, value, "expected true or false");
        }
        return lower.equals("true");
    }

    /** Whether other VPCs count, which needs subnets by id. */
    boolean otherVpcs(String value, SubnetSelection subnets) {
        boolean on = isOn(OTHER_VPCS, value);
        rules.otherVpcs(OTHER_VPCS, on, subnets.isOfInstancesVpc());
        return on;
    }
}
