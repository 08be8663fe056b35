package io.github.multus4j.internal.plan;

import io.github.multus4j.ec2.Excerpt;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.internal.plan.Selection.Choice;
import io.github.multus4j.internal.policy.CheckedPolicies;
import io.github.multus4j.internal.policy.PolicyCalls;
import io.github.multus4j.internal.policy.PolicyException;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SubnetSelection;
import io.github.multus4j.nodegroup.TriggerTag;
import io.github.multus4j.result.Finding;
import io.github.multus4j.result.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Selects the subnets and the security groups of an instance, or gives the reason why there are
 * none.
 */
public final class Selector {

    /**
     * Source: <a
     * href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-share-limitations.html">AWS</a>.
     */
    private static final String TAGS_OF_SHARED_SUBNETS =
            "; the tags of a subnet that another account shares (AWS RAM) are not visible: name such subnets by id";

    private Selector() {}

    /**
     * The subnets of the instance's zone, Outpost and VPC, and their groups. If none of the spec's
     * subnets lies in the instance's VPC, and the spec does not allow
     * {@linkplain NodeGroupSpec#otherVpcs() other VPCs}, the instance is not for us: it belongs to
     * another cluster.
     *
     * @param spec the configuration
     * @param instance the instance
     * @param knownSubnets EC2's answer to the filters of the spec's subnet selection
     */
    public static Choice select(NodeGroupSpec spec, Instance instance, List<Subnet> knownSubnets) {
        TriggerTag trigger = spec.trigger();
        if (trigger != null && !trigger.matches(instance.tags())) {
            return new Choice.Settled(new Plan.NotForUs(instance.id(), "it does not carry the tag " + trigger));
        }
        if (trigger != null && SubnetFit.isForOtherVpcs(spec, instance, knownSubnets)) {
            return new Choice.Settled(new Plan.NotForUs(instance.id(), SubnetFit.otherVpcs(instance, knownSubnets)));
        }
        if (instance.state().isGoing()) {
            return blocked(
                    instance,
                    new Finding(
                            Finding.Code.INSTANCE_GOING,
                            instance.id() + " is " + instance.state() + ": nothing can be attached to it"));
        }
        try {
            return choose(CheckedPolicies.of(spec, PolicyCalls.DIRECT), instance, knownSubnets);
        } catch (PolicyException e) {
            return blocked(instance, e.finding());
        }
    }

    private static Choice choose(NodeGroupSpec spec, Instance instance, List<Subnet> knownSubnets) {
        List<String> missing = spec.subnets().missing(knownSubnets);
        SubnetFit fit = new SubnetFit(spec, instance, spec.subnets().select(instance, knownSubnets));
        List<Subnet> subnets = fit.subnets();
        if (subnets.isEmpty() && !fit.ofOtherVpcs().isEmpty()) {
            return blocked(
                    instance,
                    new Finding(
                            Finding.Code.SUBNETS_IN_OTHER_VPC,
                            "no Multus subnet for " + instance.id() + " in " + instance.zone() + ": "
                                    + SubnetFit.otherVpcs(instance, fit.ofOtherVpcs())));
        }
        if (subnets.isEmpty()) {
            return blocked(instance, noSubnet(spec, instance, knownSubnets, missing, fit.elsewhere()));
        }
        List<List<String>> groups = spec.securityGroups().pair(subnets);
        if (groups.size() != subnets.size()) {
            return blocked(
                    instance,
                    new Finding(
                            Finding.Code.GROUPS_DO_NOT_PAIR,
                            instance.zone() + " has " + subnets.size() + " Multus subnets " + Excerpt.of(ids(subnets))
                                    + " and there are security groups for " + groups.size() + " ("
                                    + spec.securityGroups()
                                    + "): give one for each subnet of the zone, one list for all, or let the first serve all"));
        }
        List<String> warnings = new ArrayList<>(fit.warnings());
        warnings.addAll(Excerpt.of(missing.stream()
                .map(id ->
                        id + " is not there: if it was meant for " + instance.zone() + ", the node lacks an interface")
                .toList()));
        return new Choice.Selected(new Selection(subnets, groups, warnings));
    }

    private static Choice blocked(Instance instance, Finding finding) {
        return new Choice.Settled(new Plan.Blocked(instance.id(), List.of(finding)));
    }

    private static Finding noSubnet(
            NodeGroupSpec spec, Instance instance, List<Subnet> known, List<String> missing, String elsewhere) {
        Map<String, List<String>> byZone = known.stream()
                .collect(Collectors.groupingBy(
                        Subnet::zone,
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(Subnet::id, Collectors.toList()), Excerpt::of)));
        return new Finding(
                Finding.Code.NO_SUBNET_IN_ZONE,
                "no Multus subnet for " + instance.id() + " in " + instance.zone() + " among " + spec.subnets()
                        + "; there are subnets for "
                        + (byZone.isEmpty() ? "no zone" : byZone.toString())
                        + elsewhere
                        + (missing.isEmpty() ? "" : ", and these do not exist: " + Excerpt.of(missing))
                        + (spec.subnets() instanceof SubnetSelection.ByTag ? TAGS_OF_SHARED_SUBNETS : ""));
    }

    private static List<String> ids(List<Subnet> subnets) {
        return subnets.stream().map(Subnet::id).toList();
    }
}
