package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.InstanceType.NetworkCard;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Instance types with the figures that DescribeInstanceTypes gives for them; a test may add others.
 */
public final class InstanceTypeTable {

    /** The types that every fake begins with. */
    private static final Map<String, InstanceType> KNOWN = known();

    private final Map<String, InstanceType> byName;

    InstanceTypeTable() {
        this(KNOWN);
    }

    private InstanceTypeTable(Map<String, InstanceType> types) {
        byName = new TreeMap<>(types);
    }

    private static Map<String, InstanceType> known() {
        InstanceTypeTable table = new InstanceTypeTable(Map.of());
        table.addKnown();
        return Collections.unmodifiableMap(table.byName);
    }

    private void addKnown() {
        add(new InstanceType("t1.micro", 2, cards(1, 2), 2, 0, false));
        oneCard(2, 2, "t3.nano", "t3.micro");
        oneCard(3, 4, "t3.small");
        oneCard(3, 6, "t3.medium", "t4g.medium");
        oneCard(3, 12, "t3.large");
        oneCard(4, 15, "t3.xlarge", "t3.2xlarge");
        oneCard(3, 10, "m5.large", "m6i.large", "m7g.large", "c5.large", "c6i.large", "r5.large");
        oneCard(4, 15, "m5.xlarge", "m5.2xlarge", "c6i.xlarge", "r6i.2xlarge");
        oneCard(8, 30, "m5.4xlarge", "m5.8xlarge", "m5.12xlarge", "m6i.4xlarge");
        oneCard(8, 30, "c5.4xlarge", "c6i.4xlarge", "c7g.4xlarge", "r6i.4xlarge");
        oneCard(15, 50, "m5.24xlarge", "c5n.18xlarge");
        manyCards(2, 8, "c6in.32xlarge", "m6in.32xlarge");
        manyCards(4, 15, "p4d.24xlarge");
        manyCards(8, 5, "trn1.32xlarge");
        manyCards(32, 2, "p5.48xlarge");
    }

    private void oneCard(int interfaces, int addresses, String... names) {
        for (String name : names) {
            add(new InstanceType(name, interfaces, cards(1, interfaces), addresses, addresses, true));
        }
    }

    private void manyCards(int cards, int interfacesPerCard, String... names) {
        for (String name : names) {
            add(new InstanceType(name, cards * interfacesPerCard, cards(cards, interfacesPerCard), 50, 50, true));
        }
    }

    private static List<NetworkCard> cards(int count, int interfaces) {
        return IntStream.range(0, count)
                .mapToObj(index -> new NetworkCard(index, interfaces))
                .toList();
    }

    public void add(InstanceType type) {
        byName.put(type.name(), type);
    }

    public Optional<InstanceType> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Collection<InstanceType> all() {
        return byName.values();
    }
}
