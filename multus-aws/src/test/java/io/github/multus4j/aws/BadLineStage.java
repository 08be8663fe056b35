package io.github.multus4j.aws;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import eu.rekawek.toxiproxy.ToxiproxyClient;
import io.github.multus4j.Multus;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.UncompletedHookException;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.OnFailure;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.Leftover;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * A node that waits for its launch hook, in a fake EC2. The clients of one or more functions reach
 * it over a bad line.
 */
final class BadLineStage implements AutoCloseable {

    private static final String HOOK = "multus-hook";

    private final FakeEc2Network ec2 = FakeEc2Network.strict(Clock.systemUTC(), Sleeper.SYSTEM);
    private final FakeVpc vpc = ec2.vpc("10.0.0.0/16");
    private final Subnet signalling = vpc.subnet("10.0.4.0/24", "us-east-1a");
    private final Subnet media = vpc.subnet("10.0.6.0/24", "us-east-1a");
    private final Instance node = vpc.launch("m5.4xlarge", "us-east-1a", Map.of("multus-ng", "true"));
    private final LifecycleAction action = ec2.autoScaling().waiting("nodes", HOOK, node.id());
    private final Map<String, Object> event = ec2.autoScaling().launchEvent(action);
    private final Map<String, Integer> broken = new ConcurrentHashMap<>();
    private final Ec2Endpoint endpoint = Ec2Endpoint.start(ec2);
    private final BadLine line;
    private final NodeGroupSpec spec;
    private final List<AutoCloseable> clients = new ArrayList<>();
    private final List<Multus> functions = new ArrayList<>();

    /**
     * @param functions the number of functions, each with clients of its own
     * @param random draws each function's {@code OnFailure}, whether it completes the hook, and
     *     whether the run fails in any case, so that the roll-back meets the troubles too
     */
    BadLineStage(ToxiproxyClient toxiproxy, List<BadLine.Trouble> troubles, int functions, Random random) {
        line = new BadLine(toxiproxy, endpoint.url(), troubles);
        for (Action each : Action.values()) {
            ec2.faults().on(each).everyCall().meanwhile(line::callArrived);
        }
        NodeGroupSpec.Builder builder = NodeGroupSpec.builder()
                .trigger("multus-ng")
                .subnets(signalling.id(), media.id())
                .securityGroups(
                        SecurityGroups.shared(vpc.securityGroup("multus").id()))
                .addressing(Addressing.lowestFree())
                .onFailure(random.nextInt(3) == 0 ? OnFailure.KEEP : OnFailure.ROLL_BACK);
        if (random.nextInt(4) == 0) {
            ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).call(2).failWith("UnauthorizedOperation");
        }
        spec = (random.nextInt(3) == 0 ? builder.hooks(HOOK) : builder).build();
        for (int i = 0; i < functions; i++) {
            this.functions.add(function());
        }
    }

    private Multus function() {
        Ec2Client ec2Client = client(Ec2Client.builder().httpClientBuilder(UrlConnectionHttpClient.builder()));
        AutoScalingClient autoScaling =
                client(AutoScalingClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()));
        CallPolicy policy =
                CallPolicy.builder().attemptLimit(Duration.ofSeconds(1)).build();
        return Multus.using(AwsEc2Network.over(ec2Client, policy), AwsLifecycle.over(autoScaling, policy));
    }

    private <B extends AwsClientBuilder<B, C>, C extends AutoCloseable> C client(B builder) {
        C client = builder.endpointOverride(endpoint.url())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .overrideConfiguration(o -> o.addExecutionInterceptor(new Route()))
                .build();
        clients.add(client);
        return client;
    }

    /** Sends each request to the active proxy, and counts calls that end without an answer. */
    private final class Route implements ExecutionInterceptor {

        @Override
        public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            URI url = line.url();
            return context.httpRequest().copy(r -> r.host(url.getHost()).port(url.getPort()));
        }

        @Override
        public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
            if (context.exception() instanceof SdkClientException) {
                broken.merge(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME), 1, Integer::sum);
            }
        }
    }

    /**
     * How a run ended.
     *
     * @param took after which time
     */
    record Ended(Outcome outcome, Duration took) {}

    /** All functions get the event at once, each with that much time. */
    List<Ended> handleSideBySide(Duration time) {
        List<CompletableFuture<Ended>> runs = functions.stream()
                .map(function -> CompletableFuture.supplyAsync(
                        () -> handle(function, time), task -> new Thread(task, "function").start()))
                .toList();
        return runs.stream().map(CompletableFuture::join).toList();
    }

    private Ended handle(Multus function, Duration time) {
        long start = System.nanoTime();
        Deadline deadline = Deadline.in(time.toMillis());
        Outcome outcome;
        try {
            outcome = function.handle(event, spec, deadline);
        } catch (UncompletedHookException e) {
            outcome = e.outcome();
        }
        return new Ended(outcome, Duration.ofNanos(System.nanoTime() - start));
    }

    /** The number of attempts without an answer so far, by action. */
    Map<String, Integer> broken() {
        return Map.copyOf(broken);
    }

    /**
     * A result names each interface that is left: by its id, or by the subnet in which one may
     * exist.
     */
    void assertWhatIsLeftIsNamed(List<Ended> runs) {
        List<String> named = runs.stream()
                .map(Ended::outcome)
                .filter(Outcome.Failed.class::isInstance)
                .flatMap(failed -> ((Outcome.Failed) failed).leftovers().stream())
                .map(Leftover::networkInterfaceId)
                .toList();
        assertThat(ours())
                .allSatisfy(left -> assertThat(named)
                        .as("%s is left, of %s", left, runs)
                        .anyMatch(name -> name.equals(left.id()) || name.contains(left.subnetId())));
    }

    /** All is well from now on. */
    void heal() {
        line.heal();
        ec2.faults().clear();
    }

    /**
     * Delivers the event again to a function without failures. If the launch was abandoned, there
     * is nothing to finish: the instance goes, and its interfaces go with it.
     *
     * @param before the earlier runs
     */
    void assertNextRunFinishes(List<Ended> before) {
        // A slot that was rolled back twice costs 10 and 20 seconds before a new client token is
        // used.
        Outcome outcome = handle(functions.get(0), Duration.ofMinutes(2)).outcome();
        if (ec2.autoScaling().result(action).equals(Optional.of(LifecycleAction.Result.ABANDON))) {
            assertWhatIsLeftIsNamed(before);
            return;
        }
        assertThat(outcome.isReady()).as("%s", outcome).isTrue();
        assertThat(ec2).holdsInvariants().hasMultusInterfaces(node.id(), 2);
        if (spec.hooks().contains(HOOK)) {
            assertThat(ec2.autoScaling().result(action)).contains(LifecycleAction.Result.CONTINUE);
        }
    }

    private List<NetworkInterface> ours() {
        return ec2.interfaces().stream()
                .filter(i -> i.tags().containsKey(OwnerTags.INSTANCE_ID))
                .toList();
    }

    String journal() {
        return ec2.journal().toString();
    }

    @Override
    public void close() {
        for (AutoCloseable client : clients) {
            try {
                client.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        line.close();
        endpoint.close();
    }
}
