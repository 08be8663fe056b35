package io.github.multus4j.internal.policy;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.ReservedAddresses;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.AddressAllocation;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.nodegroup.SubnetSelection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Users' policies, with every result checked before it is used. A wrong result is a
 * {@link PolicyException}. The policies of this library need no check.
 */
public final class CheckedPolicies {

    private CheckedPolicies() {}

    /**
     * The same spec with checked policies that are called in that way. Policies that are checked
     * already stay the same.
     */
    public static NodeGroupSpec of(NodeGroupSpec spec, PolicyCalls calls) {
        SubnetSelection subnets = checked(spec.subnets(), calls);
        SecurityGroups groups = checked(spec.securityGroups(), calls);
        AddressAllocation allocation = spec.addressing().allocation().orElse(null);
        AddressAllocation checked = allocation == null ? null : of(allocation, calls);
        boolean same = subnets == spec.subnets() && groups == spec.securityGroups() && checked == allocation;
        return same
                ? spec
                : spec.with(subnets, groups, checked == null ? spec.addressing() : Addressing.allocatedBy(checked));
    }

    /** The allocation, checked and called in that way. */
    public static AddressAllocation of(AddressAllocation allocation, PolicyCalls calls) {
        boolean trusted = allocation instanceof CheckedAllocation
                || allocation instanceof AddressAllocation.LowestFree
                || allocation instanceof AddressAllocation.FromReservation;
        return trusted ? allocation : new CheckedAllocation(new UserPolicy<>("address allocation", allocation, calls));
    }

    private static SubnetSelection checked(SubnetSelection selection, PolicyCalls calls) {
        boolean trusted = selection instanceof CheckedSelection
                || selection instanceof SubnetSelection.ByIds
                || selection instanceof SubnetSelection.ByTag;
        return trusted ? selection : new CheckedSelection(new UserPolicy<>("subnet selection", selection, calls));
    }

    private static SecurityGroups checked(SecurityGroups groups, PolicyCalls calls) {
        boolean trusted = groups instanceof CheckedGroups
                || groups instanceof SecurityGroups.Shared
                || groups instanceof SecurityGroups.Paired;
        return trusted ? groups : new CheckedGroups(new UserPolicy<>("security groups", groups, calls));
    }

    /** A copy of a list of the user's, without nulls. */
    private static <T> List<T> copy(
            UserPolicy<?> policy, String question, @Nullable List<? extends @Nullable T> answer) {
        if (answer == null) {
            throw policy.wrong(question, "null", "expected a list");
        }
        List<T> copy = new ArrayList<>();
        for (T each : answer) {
            if (each == null) {
                throw policy.wrong(question, String.valueOf(answer), "expected a list without null");
            }
            copy.add(each);
        }
        return copy;
    }

    /** Returns only addresses that EC2 can assign. */
    private record CheckedAllocation(UserPolicy<AddressAllocation> policy) implements AddressAllocation {

        @Override
        public boolean needsReservations() {
            return policy.ask("needsReservations", AddressAllocation::needsReservations);
        }

        @Override
        public Optional<IpAddress> next(Cidr block, AddressSet used, List<CidrReservation> reservations) {
            String question = "next(" + block + ")";
            return policy.ask(question, allocation -> {
                Optional<IpAddress> answer = allocation.next(block, used, reservations);
                if (answer == null) {
                    throw policy.wrong(question, "null", "expected an address, or Optional.empty() if there is none");
                }
                String problem =
                        answer.map(address -> problem(block, used, address)).orElse(null);
                if (problem != null) {
                    throw policy.wrong(
                            question,
                            answer.get().toString(),
                            problem + "; expected an address of " + block
                                    + " that nobody uses and that is not one of its first four and its last, or none");
                }
                return answer;
            });
        }

        private static @Nullable String problem(Cidr block, AddressSet used, IpAddress address) {
            if (!block.contains(address)) {
                return "it is outside of the block";
            }
            if (ReservedAddresses.of(block).contains(address)) {
                return "EC2 keeps it for itself";
            }
            return used.contains(address) ? "it is in use" : null;
        }

        @Override
        public String toString() {
            return policy.toString();
        }
    }

    /** Returns only subnets that EC2 showed, of the instance's zone, each once. */
    private record CheckedSelection(UserPolicy<SubnetSelection> policy) implements SubnetSelection {

        @Override
        public List<Filter> filters() {
            return policy.ask("filters", selection -> copy(policy, "filters", selection.filters()));
        }

        @Override
        public List<Subnet> select(Instance instance, List<Subnet> known) {
            String question = "select(" + instance.id() + ")";
            return policy.ask(question, selection -> {
                Map<String, Subnet> byId = new LinkedHashMap<>();
                known.forEach(subnet -> byId.put(subnet.id(), subnet));
                Map<String, Subnet> selected = new LinkedHashMap<>();
                for (Subnet each : CheckedPolicies.<Subnet>copy(
                        policy, question, selection.select(instance, List.copyOf(known)))) {
                    Subnet subnet = byId.get(each.id());
                    if (subnet == null) {
                        throw policy.wrong(
                                question, each.id(), "it is none of the subnets that EC2 answered to its filters");
                    }
                    if (!subnet.zone().equals(instance.zone())) {
                        throw policy.wrong(
                                question,
                                each.id(),
                                "it lies in " + subnet.zone() + ", expected subnets of the instance's zone "
                                        + instance.zone());
                    }
                    if (selected.put(subnet.id(), subnet) != null) {
                        throw policy.wrong(question, each.id() + " twice", "expected each subnet once");
                    }
                }
                return List.copyOf(selected.values());
            });
        }

        @Override
        public List<String> missing(List<Subnet> known) {
            return policy.ask("missing", selection -> copy(policy, "missing", selection.missing(List.copyOf(known))));
        }

        @Override
        public String toString() {
            return policy.toString();
        }
    }

    /**
     * Returns at least one group for each subnet, or another number of lists, which the plan
     * reports.
     */
    private record CheckedGroups(UserPolicy<SecurityGroups> policy) implements SecurityGroups {

        @Override
        public List<String> all() {
            return policy.ask("all", groups -> copy(policy, "all", groups.all()));
        }

        @Override
        public List<List<String>> pair(List<Subnet> subnets) {
            return policy.ask("pair", groups -> {
                List<List<String>> pairs = new ArrayList<>();
                for (List<String> each :
                        CheckedPolicies.<List<String>>copy(policy, "pair", groups.pair(List.copyOf(subnets)))) {
                    List<String> ids = copy(policy, "pair", each);
                    if (ids.isEmpty() || ids.stream().anyMatch(String::isBlank)) {
                        throw policy.wrong(
                                "pair",
                                ids.toString(),
                                "expected at least one security group id for each of the " + subnets.size()
                                        + " subnets");
                    }
                    pairs.add(ids);
                }
                return pairs;
            });
        }

        @Override
        public String toString() {
            return policy.toString();
        }
    }
}
