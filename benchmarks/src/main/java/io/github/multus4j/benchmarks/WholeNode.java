package io.github.multus4j.benchmarks;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Makes nodes ready one after the other, by this library and by the unchanged reference Lambda with
 * its sleeps. Both are processes that get launch events, with the same environment variables, over
 * HTTP to one fake EC2 whose calls take no time. Their rounds alternate; medians are printed.
 */
@Command(
        name = "whole-node",
        description = "Times whole nodes against the reference Lambda.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class WholeNode implements Callable<Integer> {

    private static final String ZONE = "us-east-1a";
    private static final String TRIGGER = "multus-ng";

    @Option(names = "--reference", required = true, description = "lambda_function.py of the reference Lambda")
    private Path reference = Path.of("");

    @Option(
            names = "--python",
            defaultValue = "python3",
            description = "a Python that has boto3 (default: ${DEFAULT-VALUE})")
    private String python = "";

    @Option(
            names = "--driver",
            defaultValue = "src/main/python/handle_events.py",
            description = "the program that hands events to it (default: ${DEFAULT-VALUE})")
    private Path driver = Path.of("");

    @Option(names = "--rounds", defaultValue = "3", description = "how many (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--nodes",
            defaultValue = "50",
            description = "how many this library's process makes ready in each round (default: ${DEFAULT-VALUE})")
    private int nodes;

    private final FakeEc2Network ec2 = FakeEc2Network.strict(Clock.systemUTC(), Sleeper.SYSTEM);
    private final FakeVpc vpc = ec2.vpc("10.0.0.0/16");
    private final List<Subnet> subnets = IntStream.range(0, 4)
            .mapToObj(i -> vpc.subnet("10.0." + 4 * i + ".0/24", ZONE))
            .toList();
    private final Subnet ofAnotherZone = vpc.subnet("10.0.100.0/24", "us-east-1b");

    private WholeNode() {}

    public static void main(String... arguments) {
        int status = new CommandLine(new WholeNode()).execute(arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    @Override
    public Integer call() throws IOException {
        Path log = Path.of(System.getProperty("java.io.tmpdir"), "whole-node.log");
        List<String> theirs = List.of(python, driver.toString(), reference.toString());
        List<String> ours = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HandleEvents.class.getName());
        System.out.println("interfaces  node of a process         reference     multus4j  reference / multus4j  calls");
        try (Ec2Endpoint endpoint = Ec2Endpoint.start(ec2)) {
            for (int n : new int[] {2, 4}) {
                Map<String, String> environment = environment(endpoint, n);
                List<List<Node>> them = new ArrayList<>();
                List<List<Node>> us = new ArrayList<>();
                for (int round = 0; round < rounds; round++) {
                    them.add(process(theirs, environment, log, 2, n));
                    us.add(process(ours, environment, log, nodes, n));
                }
                print(n, "the first, with its start", nodes(them, 0, 1), nodes(us, 0, 1));
                print(n, "the second", nodes(them, 1, 2), nodes(us, 1, 2));
                print(n, "the last ten", nodes(them, 1, 2), nodes(us, Math.max(1, nodes - 10), nodes));
            }
        }
        return 0;
    }

    /** Time and calls until one node was ready. */
    private record Node(Duration time, int calls) {}

    private static List<Node> nodes(List<List<Node>> processes, int from, int to) {
        return processes.stream()
                .flatMap(process -> process.subList(from, to).stream())
                .toList();
    }

    private static void print(int n, String which, List<Node> theirs, List<Node> ours) {
        double them = medianMillis(theirs);
        double us = medianMillis(ours);
        System.out.printf(
                "%10d  %-26s %8.0f ms  %8.0f ms  %20.1f  %d, %d%n",
                n,
                which,
                them,
                us,
                them / us,
                theirs.get(0).calls(),
                ours.get(0).calls());
    }

    private static double medianMillis(List<Node> nodes) {
        double[] sorted = nodes.stream()
                .mapToDouble(node -> node.time().toNanos() / 1e6)
                .sorted()
                .toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** The variables of the reference Lambda and of the AWS SDKs. */
    private Map<String, String> environment(Ec2Endpoint endpoint, int interfaces) {
        return Map.of(
                "AWS_ENDPOINT_URL",
                endpoint.url().toString(),
                "AWS_REGION",
                "us-east-1",
                "AWS_DEFAULT_REGION",
                "us-east-1",
                "AWS_ACCESS_KEY_ID",
                "test",
                "AWS_SECRET_ACCESS_KEY",
                "test",
                "TargetNodeGroupTagKey",
                TRIGGER,
                "Az1SubnetIds",
                subnets.stream().limit(interfaces).map(Subnet::id).collect(Collectors.joining(",")),
                "Az2SubnetIds",
                ofAnotherZone.id(),
                "SecGroupIds",
                vpc.defaultSecurityGroup().id(),
                "useStaticIPs",
                "true");
    }

    private List<Node> process(
            List<String> command, Map<String, String> environment, Path log, int count, int interfaces)
            throws IOException {
        List<Node> made = new ArrayList<>();
        try (EventHandler handler = EventHandler.start(command, environment, log)) {
            for (int i = 0; i < count; i++) {
                made.add(node(handler, interfaces));
            }
        }
        return made;
    }

    /** It launches alone: the one before is gone. */
    private Node node(EventHandler handler, int interfaces) throws IOException {
        Instance node = vpc.launch("m5.4xlarge", ZONE, Map.of(TRIGGER, "true"));
        ec2.journal().clear();
        Duration time = handler.handle(launchEvent(node.id()));
        int calls = ec2.journal().entries().size();
        List<NetworkInterface> attached = ec2.interfaces().stream()
                .filter(i -> i.isAttachedTo(node.id()) && !i.sourceDestCheck())
                .toList();
        if (attached.size() != interfaces) {
            throw new IOException(node.id() + " has " + attached + " after:\n" + ec2.journal());
        }
        ec2.terminate(node.id());
        return new Node(time, calls);
    }

    /** The event of EKS's own hook, which neither completes. */
    private static String launchEvent(String instanceId) {
        return """
                {"detail-type": "EC2 Instance-launch Lifecycle Action", "source": "aws.autoscaling",\
                 "detail": {"LifecycleActionToken": "87654321-4321-4321-4321-210987654321",\
                 "AutoScalingGroupName": "eks-nodes", "LifecycleHookName": "Launch-LC-Hook", "EC2InstanceId": "%s",\
                 "LifecycleTransition": "autoscaling:EC2_INSTANCE_LAUNCHING"}}\
                """.formatted(instanceId);
    }
}
