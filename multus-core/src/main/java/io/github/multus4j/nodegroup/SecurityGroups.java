package io.github.multus4j.nodegroup;

import io.github.multus4j.ec2.Excerpt;
import io.github.multus4j.ec2.Subnet;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The second decision: the security groups of each interface. Implementations are immutable and do
 * no I/O.
 *
 * <p>Custom groups are called on separate threads. A wrong result (null, or a list without a
 * group), an exception, or no result within ten seconds fails the node with a finding that names
 * them by their {@code toString()}.
 */
public interface SecurityGroups extends Problem.Source {

    /** Every group that may occur, for validation. */
    List<String> all();

    /**
     * The groups of each interface.
     *
     * @param subnets the subnets of the instance's zone, in device order
     * @return one list of groups for each subnet, in their order. A result of another length means
     *     that groups and subnets do not pair; the plan then reports it, and nothing is made
     */
    List<List<String>> pair(List<Subnet> subnets);

    /** The same groups for every interface. */
    static SecurityGroups shared(String... groupIds) {
        return new Shared(Arrays.asList(groupIds));
    }

    /**
     * One group for each interface: the n-th for the n-th subnet of the zone. The counts must
     * agree.
     */
    static SecurityGroups paired(String... groupIds) {
        return new Paired(Arrays.stream(groupIds).map(List::of).toList(), false);
    }

    /**
     * One list of groups for each interface: the n-th for the n-th subnet of the zone. The counts
     * must agree.
     */
    static SecurityGroups paired(List<List<String>> groupIds) {
        return new Paired(groupIds, false);
    }

    /**
     * As {@link #paired(String...)}, but where the counts differ the first group serves every
     * interface of the zone.
     */
    static SecurityGroups pairedElseFirst(String... groupIds) {
        return new Paired(Arrays.stream(groupIds).map(List::of).toList(), true);
    }

    /** One list for all. */
    record Shared(List<String> groupIds) implements SecurityGroups {

        public Shared {
            groupIds = List.copyOf(groupIds);
        }

        @Override
        public List<Problem> problems(String field) {
            return groupIds.isEmpty()
                    ? List.of()
                    : SpecRules.problems(rules -> rules.groupsPerInterface(field, List.of(groupIds)));
        }

        @Override
        public List<String> all() {
            return groupIds;
        }

        @Override
        public List<List<String>> pair(List<Subnet> subnets) {
            return Collections.nCopies(subnets.size(), groupIds);
        }

        @Override
        public String toString() {
            return "all interfaces: " + Excerpt.of(groupIds);
        }
    }

    /** By position. */
    record Paired(List<List<String>> groupIds, boolean elseFirst) implements SecurityGroups {

        public Paired {
            groupIds = groupIds.stream().map(List::copyOf).toList();
        }

        @Override
        public List<Problem> problems(String field) {
            return SpecRules.problems(rules -> rules.groupsPerInterface(field, groupIds));
        }

        @Override
        public List<String> all() {
            return groupIds.stream().flatMap(List::stream).distinct().toList();
        }

        @Override
        public List<List<String>> pair(List<Subnet> subnets) {
            boolean countsDiffer = subnets.size() != groupIds.size();
            return elseFirst && countsDiffer && !groupIds.isEmpty()
                    ? Collections.nCopies(subnets.size(), groupIds.get(0))
                    : groupIds;
        }

        @Override
        public String toString() {
            Stream<String> each = groupIds.stream().map(List::toString);
            return "by position: " + Excerpt.joined(each.toList(), ", ") + (elseFirst ? ", else the first" : "");
        }
    }
}
