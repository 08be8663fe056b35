package io.github.multus4j.nodegroup;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Excerpt;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The first decision: the subnets of an instance's interfaces, in device order. The zone of a
 * subnet is never configured; it comes from EC2. Implementations are immutable and do no I/O.
 *
 * <p>A custom selection is called on separate threads. A wrong result (null, a subnet that EC2 did
 * not show, of another zone, or twice), an exception, or no result within ten seconds fails the
 * node with a finding that names the selection by its {@code toString()}.
 */
public interface SubnetSelection extends Problem.Source {

    /** The filters of DescribeSubnets that match every subnet that might apply. */
    List<Filter> filters();

    /**
     * The subnets that apply to the instance.
     *
     * @param instance the instance
     * @param known EC2's answer to {@link #filters()}, of all zones, in no order
     * @return those of the instance's zone, in device order, none twice
     */
    List<Subnet> select(Instance instance, List<Subnet> known);

    /**
     * The configured ids that EC2 does not know. They may belong to any zone, so they are reported
     * and stop nothing.
     *
     * @param known EC2's answer to {@link #filters()}
     */
    default List<String> missing(List<Subnet> known) {
        return List.of();
    }

    /**
     * Whether the selection may choose that subnet. {@code false} makes a network card for the
     * subnet a mistake.
     */
    default boolean mayInclude(String subnetId) {
        return true;
    }

    /**
     * Whether all selected subnets lie in the instance's VPC. {@code true} makes other VPCs a
     * mistake.
     */
    default boolean isOfInstancesVpc() {
        return false;
    }

    /** Those of the given subnets that lie in the instance's zone, in the given order. */
    static SubnetSelection ids(List<String> subnetIds) {
        return new ByIds(subnetIds);
    }

    /**
     * The subnets of the instance's zone and VPC that carry a tag, ordered by the tag's value
     * (numbers by size, then text), then by first address and id: give them the values {@code 1},
     * {@code 2}, … to order them. {@code *} and {@code ?} in the key are wildcards, as in every
     * filter of EC2's.
     */
    static SubnetSelection tagged(String key) {
        return new ByTag(Filter.of("tag-key", key), key);
    }

    /**
     * The subnets of the instance's zone and VPC that carry a tag of that value, ordered by their
     * first address, then by id. {@code *} and {@code ?} in the value are wildcards, as in every
     * filter of EC2's.
     */
    static SubnetSelection tagged(String key, String value) {
        return new ByTag(Filter.of("tag:" + key, value), key);
    }

    /** By id. */
    record ByIds(List<String> ids) implements SubnetSelection {

        public ByIds {
            ids = List.copyOf(ids);
        }

        @Override
        public List<Problem> problems(String field) {
            SpecRules rules = new SpecRules();
            if (ids.isEmpty()) {
                rules.problem(field, "[]", "required: at least one Multus subnet");
            }
            rules.subnetIds(field, ids);
            return rules.problems();
        }

        @Override
        public boolean mayInclude(String subnetId) {
            return ids.contains(subnetId);
        }

        @Override
        public List<Filter> filters() {
            return List.of(Filter.of("subnet-id", ids));
        }

        @Override
        public List<Subnet> select(Instance instance, List<Subnet> known) {
            Map<String, Subnet> byId = SubnetsInZone.of(instance, known).stream()
                    .collect(Collectors.toMap(Subnet::id, Function.identity(), (a, b) -> a));
            return ids.stream().filter(byId::containsKey).map(byId::get).toList();
        }

        @Override
        public List<String> missing(List<Subnet> known) {
            List<String> there = known.stream().map(Subnet::id).toList();
            return ids.stream().filter(id -> !there.contains(id)).toList();
        }

        @Override
        public String toString() {
            return Excerpt.joined(ids, ", ");
        }
    }

    /** By tag. */
    record ByTag(Filter filter, String key) implements SubnetSelection {

        @Override
        public List<Problem> problems(String field) {
            SpecRules rules = new SpecRules();
            rules.tagKey(field, key);
            filter.values().forEach(value -> rules.tagValue(field, value));
            return rules.problems();
        }

        @Override
        public boolean isOfInstancesVpc() {
            return true;
        }

        @Override
        public List<Filter> filters() {
            return List.of(filter);
        }

        @Override
        public List<Subnet> select(Instance instance, List<Subnet> known) {
            return SubnetsInZone.of(instance, known).stream()
                    .filter(subnet -> subnet.vpcId().equals(instance.vpcId()))
                    .sorted(Comparator.comparing(this::order)
                            .thenComparing(ByTag::firstBlock, Comparator.nullsLast(Comparator.naturalOrder()))
                            .thenComparing(Subnet::id))
                    .toList();
        }

        /** Null where no block is associated yet. */
        private static @Nullable Cidr firstBlock(Subnet subnet) {
            return subnet.cidrs().stream().findFirst().orElse(null);
        }

        /** Numbers by size, then text: "2" before "10" before "a". */
        private String order(Subnet subnet) {
            String value = subnet.tags().getOrDefault(key, "");
            boolean number =
                    value.length() <= 9 && !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
            return number ? String.format("0%09d", Integer.parseInt(value)) : "1" + value;
        }

        @Override
        public String toString() {
            return filter.name().equals("tag-key")
                    ? "tagged " + key
                    : "tagged " + key + "=" + filter.values().get(0);
        }
    }
}
