package io.github.multus4j.benchmarks;

import io.github.multus4j.Multus;
import io.github.multus4j.aws.AwsEc2Network;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import io.github.multus4j.testkit.simulation.Storm;
import io.github.multus4j.testkit.simulation.StormReport;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * A storm of launches for real: each node has a client of the AWS SDK, a {@link Multus} and threads
 * of its own. EC2 is the fake behind HTTP, in real time. The output has the form of the
 * simulation's.
 */
@Command(name = "storm", description = "Lets nodes launch together, over HTTP and in real time.", sortOptions = false)
public final class StormOverHttp implements Callable<Integer> {

    private static final String ZONE = "us-east-1a";
    private static final String TRIGGER = "multus-ng";
    private static final Duration TIME = Duration.ofMinutes(15);

    @Option(names = "--nodes", defaultValue = "40", description = "how many launch (default: ${DEFAULT-VALUE})")
    private int nodes;

    @Option(
            names = "--interfaces",
            defaultValue = "4",
            description = "how many Multus interfaces each is to have (default: ${DEFAULT-VALUE})")
    private int interfaces;

    @Option(
            names = "--within",
            defaultValue = "5",
            paramLabel = "SECONDS",
            description = "all launch within that time (default: ${DEFAULT-VALUE})")
    private int within;

    @Option(
            names = "--events-after",
            defaultValue = "2",
            paramLabel = "SECONDS",
            description = "from a launch to the start of its handler (default: ${DEFAULT-VALUE})")
    private int eventsAfter;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "the seed of all random choices (default: ${DEFAULT-VALUE})")
    private long seed;

    private StormOverHttp() {}

    public static void main(String... arguments) {
        int status = new CommandLine(new StormOverHttp()).execute(arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        Storm storm = Storm.of(nodes, interfaces)
                .within(Duration.ofSeconds(within))
                .eventsAfter(Duration.ofSeconds(eventsAfter))
                .seed(seed);
        StormReport report = play(storm);
        System.out.println(report);
        report.failed().forEach((node, failed) -> System.out.println(node + ": " + failed));
        return report.full() == nodes && report.leaked() == 0 ? 0 : 1;
    }

    private static StormReport play(Storm storm) throws InterruptedException, ExecutionException {
        FakeEc2Network ec2 = FakeEc2Network.strict(Clock.systemUTC(), Sleeper.SYSTEM);
        FakeVpc vpc = ec2.vpc("10.0.0.0/16");
        List<Subnet> subnets = new ArrayList<>();
        for (int i = 0; i < storm.interfaces(); i++) {
            subnets.add(vpc.subnet("10.0." + 4 * i + ".0/22", ZONE));
        }
        NodeGroupSpec spec = NodeGroupSpec.builder()
                .trigger(TRIGGER)
                .subnets(subnets.stream().map(Subnet::id).toArray(String[]::new))
                .securityGroups(SecurityGroups.shared(vpc.defaultSecurityGroup().id()))
                .addressing(Addressing.lowestFree())
                .build();
        ec2.behaviour().throttling(true).callsTake(storm.latencies()).readsLag(storm.readLags());
        try (Ec2Endpoint endpoint = Ec2Endpoint.start(ec2)) {
            // Clients are made beforehand: functions start on machines of their own, and these
            // share one.
            List<Ec2Client> clients = new ArrayList<>();
            for (int i = 0; i < storm.nodes(); i++) {
                clients.add(client(endpoint.url()));
            }
            warmUp(clients.get(0));
            ec2.journal().clear();
            ScheduledExecutorService threads = Executors.newScheduledThreadPool(storm.nodes());
            Instant start = Instant.now();
            List<Future<StormReport.Run>> runs = new ArrayList<>();
            for (int i = 0; i < storm.nodes(); i++) {
                Ec2Client client = clients.get(i);
                Duration launch = storm.launches().get(i);
                runs.add(threads.schedule(
                        () -> live(vpc, ec2, client, spec, storm.eventDelay()),
                        launch.toNanos(),
                        TimeUnit.NANOSECONDS));
            }
            List<StormReport.Run> ended = new ArrayList<>();
            for (Future<StormReport.Run> run : runs) {
                ended.add(run.get());
            }
            threads.shutdown();
            clients.forEach(Ec2Client::close);
            ended.sort(Comparator.comparing(StormReport.Run::ended));
            List<String> ids = ended.stream().map(StormReport.Run::instanceId).toList();
            return StormReport.of(storm, start, ec2, subnets, ids, ended, List.of());
        }
    }

    /** The first call of a process loads the SDK's classes. */
    private static void warmUp(Ec2Client client) {
        client.describeVpcs();
    }

    private static StormReport.Run live(
            FakeVpc vpc, FakeEc2Network ec2, Ec2Client client, NodeGroupSpec spec, Duration eventDelay)
            throws InterruptedException {
        String node = vpc.launch("m5.4xlarge", ZONE, Map.of(TRIGGER, "true")).id();
        Thread.sleep(eventDelay.toMillis());
        Multus multus = Multus.using(AwsEc2Network.over(client), ec2.autoScaling());
        Outcome outcome = multus.attach(node, spec, Deadline.in(TIME, Clock.systemUTC()));
        return new StormReport.Run(node, Instant.now(), outcome);
    }

    private static Ec2Client client(URI endpoint) {
        return Ec2Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
