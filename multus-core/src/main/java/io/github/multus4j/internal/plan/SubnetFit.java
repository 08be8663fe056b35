package io.github.multus4j.internal.plan;

import io.github.multus4j.ec2.Excerpt;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The selected subnets that can serve an instance: those of its Outpost, or of none if it runs on
 * none (<a href="https://docs.aws.amazon.com/outposts/latest/userguide/how-outposts-works.html">How
 * Outposts works</a>), and of its VPC, unless the spec allows other VPCs.
 */
final class SubnetFit {

    private final Instance instance;
    private final List<Subnet> subnets = new ArrayList<>();
    private final List<Subnet> ofOtherVpcs = new ArrayList<>();
    private final List<Subnet> ofOtherOutposts = new ArrayList<>();

    /** Divides the subnets that the spec selects for the instance. */
    SubnetFit(NodeGroupSpec spec, Instance instance, List<Subnet> selected) {
        this.instance = instance;
        for (Subnet subnet : selected) {
            if (!Objects.equals(subnet.outpostArn(), instance.outpostArn())) {
                ofOtherOutposts.add(subnet);
            } else if (isOfOtherVpc(spec, instance, subnet)) {
                ofOtherVpcs.add(subnet);
            } else {
                subnets.add(subnet);
            }
        }
    }

    /** The matching subnets, in device order. */
    List<Subnet> subnets() {
        return subnets;
    }

    /** The subnets that match except for their VPC. */
    List<Subnet> ofOtherVpcs() {
        return ofOtherVpcs;
    }

    /**
     * Whether all of the spec's subnets, of any zone, lie in other VPCs than the instance: the spec
     * is another cluster's.
     */
    static boolean isForOtherVpcs(NodeGroupSpec spec, Instance instance, List<Subnet> known) {
        return !known.isEmpty() && known.stream().allMatch(subnet -> isOfOtherVpc(spec, instance, subnet));
    }

    private static boolean isOfOtherVpc(NodeGroupSpec spec, Instance instance, Subnet subnet) {
        return !spec.otherVpcs()
                && !instance.vpcId().isEmpty()
                && !subnet.vpcId().equals(instance.vpcId());
    }

    /** The VPCs of instance and subnets, and the setting that allows them to differ. */
    static String otherVpcs(Instance instance, List<Subnet> others) {
        Set<String> vpcs = others.stream().map(Subnet::vpcId).collect(Collectors.toCollection(TreeSet::new));
        return "it lies in " + instance.vpcId() + " and the subnets "
                + Excerpt.of(others.stream().map(Subnet::id).toList()) + " of this spec lie in "
                + Excerpt.joined(vpcs, ", ")
                + ": if it is to have interfaces there, set otherVpcs (variable OtherVpcs=true)";
    }

    /** One for each subnet that is left out although others fit. */
    List<String> warnings() {
        return Excerpt.of(ofOtherVpcs.stream()
                .map(subnet -> subnet.id() + " is left out: it lies in " + subnet.vpcId() + ", and instances of "
                        + instance.vpcId()
                        + " get no interface there unless otherVpcs (variable OtherVpcs=true) is set")
                .toList());
    }

    /** The zone's subnets on other Outposts, as a sentence; empty if there are none. */
    String elsewhere() {
        if (ofOtherOutposts.isEmpty()) {
            return "";
        }
        List<String> places = ofOtherOutposts.stream()
                .map(subnet -> subnet.id() + " lies " + on(subnet.outpostArn()))
                .toList();
        return "; the instance runs " + on(instance.outpostArn()) + " and " + Excerpt.joined(places, ", ")
                + ": subnet and instance must be on the same Outpost";
    }

    private static String on(@Nullable String outpostArn) {
        return outpostArn == null ? "on no Outpost" : "on " + outpostArn;
    }
}
