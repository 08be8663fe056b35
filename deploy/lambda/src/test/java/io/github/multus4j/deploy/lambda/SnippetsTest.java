package io.github.multus4j.deploy.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.Multus;
import io.github.multus4j.aws.AwsEc2Network;
import io.github.multus4j.aws.AwsLifecycle;
import io.github.multus4j.aws.CallPolicy;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InterceptedEc2Network;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.AddressAllocation;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.SweepReport;
import io.github.multus4j.result.SweepScope;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.simulation.SearchReport;
import io.github.multus4j.testkit.simulation.Simulation;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * The code of the README and of the pages, run. They must show the regions to the letter, see
 * {@link ReadmeTest}.
 */
class SnippetsTest {

    @Test
    void snippet_first_runs() {
        assertThat(FirstNode.attach().toString())
                .matches("attached i-[0-9a-f]+: 1: eni-[0-9a-f]+ 10\\.0\\.4\\.4, 2: eni-[0-9a-f]+ 10\\.0\\.6\\.4");
    }

    @Test
    void snippet_embed_runs() {
        try (FakeStage stage = new FakeStage();
                AwsClients clients = AwsClients.of(Map.of(), null, stage.endpoint())) {
            Ec2Client ec2Client = clients.ec2();
            AutoScalingClient autoScalingClient = clients.autoScaling();
            Map<String, Object> event = stage.ec2
                    .autoScaling()
                    .launchEvent(stage.waiting(stage.vpc.launch("m5.large", "us-east-1a", Map.of())));
            // region embed
            NodeGroupSpec spec = NodeGroupSpec.builder()
                    .trigger("multus-ng") // a tag's key, or key and value
                    .subnets("subnet-a1", "subnet-a2", "subnet-b1") // the node's zone picks, in device order
                    .securityGroups(SecurityGroups.paired("sg-11", "sg-22")) // first subnet, second subnet
                    .addressing(Addressing.lowestFree())
                    .interfaceTags(Map.of("cnf", "amf"))
                    .build(); // all problems at once, by field

            Multus multus = Multus.using(AwsEc2Network.over(ec2Client), AwsLifecycle.over(autoScalingClient));
            Outcome outcome = multus.handle(event, spec, Deadline.in(60_000)); // any shape of Auto Scaling's events
            // endregion
            // region outcome
            String line = outcome.fold(
                    attached -> "made " + attached.interfaces(),
                    complete -> "nothing to do",
                    skipped -> "not for us: " + skipped.reason(),
                    failed -> failed.cause() + "; left behind: " + failed.leftovers());
            // endregion
            assertThat(line).startsWith("not for us: ");
        }
    }

    @Test
    void snippet_faults_runs() {
        FakeEc2Network ec2 = FakeEc2Network.strict();
        FakeVpc vpc = ec2.vpc("10.0.0.0/16");
        Instance node = vpc.launch("m5.4xlarge", "us-east-1a", Map.of("multus-ng", "true"));
        NodeGroupSpec spec = NodeGroupSpec.builder()
                .trigger("multus-ng")
                .subnets(
                        vpc.subnet("10.0.4.0/24", "us-east-1a").id(),
                        vpc.subnet("10.0.6.0/24", "us-east-1a").id())
                .securityGroups(
                        SecurityGroups.shared(vpc.securityGroup("multus").id()))
                .build();
        Multus multus = Multus.builder(ec2, ec2.autoScaling())
                .time(ec2.clock(), ec2.time())
                .executor(Runnable::run)
                .build();
        // region faults
        ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).loseResponse(); // took effect, the answer never came
        Outcome outcome = multus.attach(node.id(), spec);

        assertThat(outcome.isReady()).isTrue();
        assertThat(ec2.journal().calls(Action.CREATE_NETWORK_INTERFACE)).hasSize(2);
        // endregion
    }

    @Test
    void metrics_ofEachCall_takeFifteenLines() {
        FakeEc2Network fake = FakeEc2Network.strict();
        Ec2Network ec2 = fake;
        Map<String, LongAdder> nanos = new ConcurrentHashMap<>();
        // region metrics
        Ec2Network measured = new InterceptedEc2Network(ec2, new InterceptedEc2Network.Interceptor() {
            @Override
            public <T> T intercept(InterceptedEc2Network.Call<T> call) {
                long began = System.nanoTime();
                String result = "ok";
                try {
                    return call.proceed();
                } catch (Ec2Exception e) {
                    result = e.code();
                    throw e;
                } finally {
                    String timer = call.action() + " " + result;
                    nanos.computeIfAbsent(timer, key -> new LongAdder()).add(System.nanoTime() - began);
                }
            }
        });
        // endregion
        fake.faults().on(Action.DESCRIBE_SUBNETS).call(2).failWith("UnauthorizedOperation");
        Deadline deadline = Deadline.in(Duration.ofMinutes(1), fake.clock());
        measured.describeSubnets(List.of(), deadline);
        assertThatThrownBy(() -> measured.describeSubnets(List.of(), deadline)).isInstanceOf(Ec2Exception.class);
        assertThat(nanos).containsOnlyKeys("DescribeSubnets ok", "DescribeSubnets UnauthorizedOperation");
    }

    @Test
    void retries_inARegistry_areCounted() {
        try (FakeStage stage = new FakeStage();
                AwsClients clients = AwsClients.of(Map.of(), null, stage.endpoint())) {
            Ec2Client ec2Client = clients.ec2();
            // region retries
            RetryRegistry retries = RetryRegistry.ofDefaults();
            CallPolicy policy = CallPolicy.builder().retries(retries).build();
            Ec2Network ec2 = AwsEc2Network.over(ec2Client, policy);
            // endregion
            ec2.describeSubnets(List.of(), Deadline.in(60_000));
            assertThat(retries.retry("multus4j.DescribeSubnets").getMetrics().getNumberOfTotalCalls())
                    .isEqualTo(1);
        }
    }

    @Test
    void snippet_simulate_runs() {
        // region simulate
        Simulation simulation = Simulation.of((process, spec) -> {
            Multus multus = Multus.builder(process.ec2(), process.autoScaling())
                    .time(process.clock(), process.sleeper())
                    .executor(process.executor())
                    .build();
            return (event, deadline) -> multus.handle(event, spec, deadline); // your handler
        });
        SearchReport report =
                simulation.search(1, 100); // seeds 1 to 100; the bad ones come with a trace and replay alone
        // endregion
        assertThat(report.isGood()).as(report.toString()).isTrue();
    }

    @Test
    void snippet_sweep_runs() {
        FakeEc2Network ec2 = FakeEc2Network.strict();
        FakeVpc vpc = ec2.vpc("10.0.0.0/16");
        Instance node = vpc.launch("m5.4xlarge", "us-east-1a", Map.of("multus-ng", "true"));
        Multus multus = Multus.builder(ec2, ec2.autoScaling())
                .time(ec2.clock(), ec2.time())
                .executor(Runnable::run)
                .build();
        NodeGroupSpec spec = NodeGroupSpec.builder()
                .trigger("multus-ng")
                .subnets(vpc.subnet("10.0.4.0/24", "us-east-1a").id())
                .securityGroups(
                        SecurityGroups.shared(vpc.securityGroup("multus").id()))
                .build();
        // region sweep
        SweepReport report = multus.sweep(SweepScope.vpc(vpc.id()), spec, SweepReport.Mode.DRY_RUN); // or MEND
        System.out.println(report); // interfaces of ours that leaked, nodes that lack interfaces
        // endregion
        assertThat(report.nodes())
                .singleElement()
                .asString()
                .startsWith(node.id() + " in us-east-1a: no interface in subnet-");
    }

    @Test
    void snippet_decision_runs() {
        Subnet subnet = FakeEc2Network.strict().vpc("10.0.0.0/16").subnet("10.0.4.0/24", "us-east-1a");
        AddressSet used = AddressSet.of(IpAddress.parse("10.0.4.4"));
        List<CidrReservation> reservations = List.of();
        // region decision
        IpAddress next =
                AddressAllocation.lowestFree().next(subnet, used, reservations).orElseThrow();
        // endregion
        assertThat(next).hasToString("10.0.4.5");
    }

    @Test
    void snippet_environment_runs() {
        try (FakeStage stage = new FakeStage()) {
            Map<String, String> environment = stage.variables;
            // region environment
            NodeGroupSpec spec = NodeGroupSpec.fromEnvironment(environment);
            // endregion
            assertThat(spec.trigger()).hasToString("multus-ng");
        }
    }
}
