package io.github.multus4j.deploy.lambda;

import static io.github.multus4j.testkit.Action.ATTACH_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.CREATE_NETWORK_INTERFACE;
import static io.github.multus4j.testkit.Action.MODIFY_NETWORK_INTERFACE_ATTRIBUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Multus;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.nodegroup.SubnetSelection;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.SweepReport;
import io.github.multus4j.result.SweepScope;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.JournalEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The templates' policies allow exactly the calls of the programs: nothing is missing, nothing is
 * unused.
 */
class PermissionsTest {

    private static final String LAMBDA_STACK = "amazon-lambda-for-eksmng-multus.yaml";
    private static final String GROUP = "multus-nodes";
    private static final String HOOK = "multus-hook";
    private static final Map<String, String> TRIGGER = Map.of("multus-ng", "true");

    private final Set<String> called = new TreeSet<>();

    @Test
    void launches_lowestFree_needTheRolesPermissions() {
        lowestFree(world -> world.attach(world.node()));

        assertThat(functionMay("LowestFree", "Sweeps")).isEqualTo(called);
    }

    @Test
    void launches_ec2sChoice_needTheRolesPermissions() {
        chosenByEc2(world -> world.attach(world.node()));

        assertThat(functionMay("Sweeps")).isEqualTo(called);
    }

    @Test
    void launches_ownHooks_needTheRolesPermissions() {
        lowestFree(World::launchOnOwnHook);

        assertThat(functionMay("LowestFree", "OwnHooks")).isEqualTo(called);
    }

    @Test
    void sweep_dryRun_needsTheRolesPermissions() {
        lowestFree(world -> world.sweep(SweepReport.Mode.DRY_RUN));

        assertThat(sweepMay("LowestFree", "Sweeps")).isEqualTo(called);
    }

    @Test
    void sweep_dryRunWithEc2sChoice_needsTheRolesPermissions() {
        chosenByEc2(world -> world.sweep(SweepReport.Mode.DRY_RUN));

        assertThat(sweepMay("Sweeps")).isEqualTo(called);
    }

    @Test
    void sweep_mends_needsTheRolesPermissions() {
        lowestFree(world -> world.sweep(SweepReport.Mode.MEND));

        assertThat(sweepMay("LowestFree", "Sweeps", "SweepMends")).isEqualTo(called);
    }

    @Test
    void plan_ofALaunch_needsThePermissionsOfADryRun() {
        lowestFree(world -> assertThat(
                        world.multus().plan(world.node().id(), world.spec()).toMap())
                .isNotEmpty());

        assertThat(sweepMay("LowestFree", "Sweeps")).isEqualTo(called);
    }

    /** The agent asks for its own instance. */
    @Test
    void agent_lowestFree_needsThePolicysPermissions() {
        lowestFree(world -> world.attach(world.node()));

        assertThat(agentMay("LowestFree")).isEqualTo(called);
    }

    @Test
    void agent_subnetsByTag_needsNoMorePermissions() {
        play(
                spec -> spec.subnets(SubnetSelection.tagged("multus", "true")),
                World::dualStack,
                world -> world.attach(world.node()));

        assertThat(agentMay("LowestFree")).containsAll(called);
    }

    @Test
    void agent_ec2sChoice_needsThePolicysPermissions() {
        chosenByEc2(world -> world.attach(world.node()));

        assertThat(agentMay()).isEqualTo(called);
    }

    private static Set<String> functionMay(String... conditions) {
        return new StackTemplate(LAMBDA_STACK, Set.of(conditions)).allowedTo("RoleLambdaAttach2ndEniCfn");
    }

    private static Set<String> sweepMay(String... conditions) {
        return new StackTemplate(LAMBDA_STACK, Set.of(conditions)).allowedTo("SweepRole");
    }

    private static Set<String> agentMay(String... conditions) {
        return new StackTemplate("eks-mng-lct-userdata.yaml", Set.of(conditions)).allowedBy("AgentPolicy");
    }

    /** Both families, a reservation, and the failures that are rolled back. */
    private void lowestFree(Consumer<World> use) {
        play(spec -> spec.addressing(Addressing.fromReservation("nodes")), World::reserved, use);
        allKindsOfNodes(spec -> spec.addressing(Addressing.lowestFree()), use);
    }

    private void chosenByEc2(Consumer<World> use) {
        allKindsOfNodes(spec -> spec.addressing(Addressing.chosenByEc2()), use);
    }

    private void allKindsOfNodes(UnaryOperator<NodeGroupSpec.Builder> choice, Consumer<World> use) {
        play(choice, World::plain, use);
        play(choice, World::dualStack, use);
        play(choice, World::groupOfAnotherVpc, use);
        playWith(World::attachFails, choice, use);
        playWith(World::changeAfterAttachFails, choice, use);
    }

    private void play(
            UnaryOperator<NodeGroupSpec.Builder> choice, Function<World, List<Subnet>> subnets, Consumer<World> use) {
        play(new World(choice, subnets), use);
    }

    private void playWith(Consumer<World> trouble, UnaryOperator<NodeGroupSpec.Builder> choice, Consumer<World> use) {
        World world = new World(choice, World::plain);
        world.trouble = () -> trouble.accept(world);
        play(world, use);
    }

    private void play(World world, Consumer<World> use) {
        use.accept(world);
        world.ec2.journal().entries().forEach(this::remember);
    }

    /**
     * EC2 checks a create call that has tags for {@code ec2:CreateTags} as well, see <a
     * href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html">Grant
     * permission to tag resources during creation</a>. Otherwise the permission is called as the
     * action is.
     */
    private void remember(JournalEntry call) {
        called.add((call.action().isAutoScaling() ? "autoscaling:" : "ec2:") + call.action());
        if (call.action() == CREATE_NETWORK_INTERFACE && call.parameters().containsKey("Tags")) {
            called.add("ec2:CreateTags");
        }
    }

    /** A VPC in the strict fake, with two Multus subnets, a leak and a node. */
    private static final class World {

        final FakeEc2Network ec2 = FakeEc2Network.strict();
        final FakeVpc vpc = ec2.vpc("10.0.0.0/16");
        private final NodeGroupSpec spec;
        private FakeVpc vpcOfGroup = vpc;
        /** A fault before the run that counts. */
        private Runnable trouble = () -> {};

        World(UnaryOperator<NodeGroupSpec.Builder> choice, Function<World, List<Subnet>> subnets) {
            NodeGroupSpec.Builder builder = NodeGroupSpec.builder()
                    .trigger("multus-ng")
                    .subnets(subnets.apply(this).stream().map(Subnet::id).toArray(String[]::new))
                    .securityGroups(SecurityGroups.shared(group().id()))
                    .hooks(HOOK);
            spec = choice.apply(builder).build();
        }

        List<Subnet> plain() {
            return List.of(subnet(4), subnet(6));
        }

        /**
         * A group of another VPC may be used where it is associated with the subnets' VPC, which
         * has to be read.
         */
        List<Subnet> groupOfAnotherVpc() {
            vpcOfGroup = ec2.vpc("10.1.0.0/16");
            return plain();
        }

        private SecurityGroup group() {
            SecurityGroup group = vpcOfGroup.securityGroup("multus");
            if (!vpcOfGroup.equals(vpc)) {
                ec2.associate(group, vpc);
            }
            return group;
        }

        List<Subnet> dualStack() {
            return List.of(vpc.addIpv6(subnet(4)), vpc.addIpv6(subnet(6)));
        }

        List<Subnet> reserved() {
            List<Subnet> subnets = plain();
            ec2.reserve(subnets.get(0), "10.0.4.64/26", "nodes");
            ec2.reserve(subnets.get(1), "10.0.6.64/26", "nodes");
            return subnets;
        }

        private Subnet subnet(int third) {
            return vpc.subnet("10.0." + third + ".0/24", "us-east-1a", Map.of("multus", "true"));
        }

        void attachFails() {
            ec2.faults().on(ATTACH_NETWORK_INTERFACE).everyCall().failWith("AttachmentLimitExceeded");
        }

        /**
         * The third modification is the first of an attached interface, so that roll-back has to
         * detach it.
         */
        void changeAfterAttachFails() {
            ec2.faults().on(MODIFY_NETWORK_INTERFACE_ATTRIBUTE).call(3).failWith("UnauthorizedOperation");
        }

        NodeGroupSpec spec() {
            return spec;
        }

        Multus multus() {
            return Multus.builder(ec2, ec2.autoScaling())
                    .time(ec2.clock(), ec2.time())
                    .executor(Runnable::run)
                    .build();
        }

        Instance node() {
            return vpc.launch("m5.4xlarge", "us-east-1a", TRIGGER);
        }

        Outcome attach(Instance node) {
            trouble.run();
            return multus().attach(node.id(), spec);
        }

        /** It takes long, so that the hook gets heartbeats: the instance is pending for a while. */
        void launchOnOwnHook() {
            Instance node = vpc.launchPending("m5.4xlarge", "us-east-1a", TRIGGER, Duration.ofSeconds(40));
            LifecycleAction action = ec2.autoScaling().waiting(GROUP, HOOK, node.id());
            trouble.run();
            multus().handle(
                            ec2.autoScaling().launchEvent(action),
                            spec,
                            Deadline.in(Duration.ofMinutes(5), ec2.clock()));
            assertThat(ec2.autoScaling().result(action)).isPresent();
        }

        /** Sweeps a VPC with a leaked interface and a node without its event. */
        void sweep(SweepReport.Mode mode) {
            Instance gone = node();
            multus().attach(gone.id(), spec);
            ec2.terminate(gone.id());
            node();
            ec2.journal().clear();
            trouble.run();
            SweepReport report = multus().sweep(SweepScope.vpc(vpc.id()), spec, mode);
            assertThat(report.isClean()).isFalse();
        }
    }
}
