package io.github.multus4j.internal.plan;

import static io.github.multus4j.Nouns.group;
import static io.github.multus4j.Nouns.type;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.internal.launch.LaunchOrder;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Finding;
import io.github.multus4j.result.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A world for one plan, with defaults for all that a test does not set. */
public final class Planning {

    private NodeGroupSpec spec;
    private Instance instance;
    private List<Subnet> subnets;
    private List<NetworkInterface> interfaces = List.of();
    private Map<String, List<CidrReservation>> reservations = Map.of();
    private List<SecurityGroup> groups = List.of(group("sg-1"), group("sg-2"));
    private @Nullable InstanceType type = type(15);

    private Planning(NodeGroupSpec spec, Instance instance, List<Subnet> subnets) {
        this.spec = spec;
        this.instance = instance;
        this.subnets = subnets;
    }

    /** A spec for these subnets, with one group for all. */
    public static NodeGroupSpec.Builder spec(Subnet... subnets) {
        return NodeGroupSpec.builder()
                .trigger("multus-ng")
                .subnets(Arrays.stream(subnets).map(Subnet::id).toArray(String[]::new))
                .securityGroups(SecurityGroups.shared("sg-1"));
    }

    public static Planning of(NodeGroupSpec.Builder spec, Instance instance, Subnet... subnets) {
        return new Planning(spec.build(), instance, List.of(subnets));
    }

    public Planning with(NetworkInterface... there) {
        interfaces = List.of(there);
        return this;
    }

    public Planning with(CidrReservation... reserved) {
        reservations = Arrays.stream(reserved).collect(Collectors.groupingBy(CidrReservation::subnetId));
        return this;
    }

    public Planning with(SecurityGroup... known) {
        groups = List.of(known);
        return this;
    }

    public Planning with(@Nullable InstanceType limits) {
        type = limits;
        return this;
    }

    public Plan plan() {
        Selection.Choice choice = Selector.select(spec, instance, subnets);
        return choice instanceof Selection.Choice.Settled settled
                ? settled.plan()
                : new Planner(spec, snapshot()).plan();
    }

    public Snapshot snapshot() {
        Selection.Choice choice = Selector.select(spec, instance, subnets);
        Selection selection = ((Selection.Choice.Selected) choice).selection();
        return new Snapshot(LaunchOrder.alone(instance), selection, interfaces, reservations, groups, type);
    }

    public Plan.Attachments attachments() {
        Plan plan = plan();
        assertThat(plan).as(plan.toString()).isInstanceOf(Plan.Attachments.class);
        return (Plan.Attachments) plan;
    }

    public List<Finding> findings() {
        Plan plan = plan();
        assertThat(plan).as(plan.toString()).isInstanceOf(Plan.Blocked.class);
        return ((Plan.Blocked) plan).findings();
    }

    public Finding finding() {
        assertThat(findings()).hasSize(1);
        return findings().get(0);
    }
}
