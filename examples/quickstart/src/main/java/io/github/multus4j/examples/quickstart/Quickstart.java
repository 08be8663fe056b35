package io.github.multus4j.examples.quickstart;

import io.github.multus4j.Multus;
import io.github.multus4j.aws.AwsEc2Network;
import io.github.multus4j.aws.AwsLifecycle;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.SecurityGroups;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import java.io.PrintStream;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Launches a few nodes in a small VPC, makes them Multus-ready, and shows the interfaces and
 * addresses of each.
 */
@Command(
        name = "quickstart",
        description = "Makes the nodes of a small VPC Multus-ready: in a fake EC2 of its own, or in any other EC2.",
        sortOptions = false)
public final class Quickstart {

    static final int FAILED = 1;
    static final int BAD_INPUT = 2;

    private static final long TIME_FOR_A_NODE = 60_000;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description =
                    "the URL of an EC2 emulator (moto, LocalStack, ...); never AWS itself. All resources are removed again.")
    private @Nullable URI endpoint;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this and end")
    private boolean help;

    private final Screen screen;

    private Quickstart(Screen screen) {
        this.screen = screen;
    }

    public static void main(String... arguments) {
        int status = run(Screen.of(System.out), System.err, arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** The program without the process: answers the exit status. */
    static int run(Screen screen, PrintStream err, String... arguments) {
        Quickstart quickstart = new Quickstart(screen);
        CommandLine line = new CommandLine(quickstart);
        try {
            line.parseArgs(arguments);
            if (quickstart.help) {
                line.usage(screen.out(), screen.ansi() ? Ansi.ON : Ansi.OFF);
                return 0;
            }
            return quickstart.run();
        } catch (CommandLine.ParameterException e) {
            err.println("quickstart: " + e.getMessage());
            return BAD_INPUT;
        } catch (DemoClients.NotAnEndpointException e) {
            err.println("quickstart: --endpoint: " + e.getMessage());
            return BAD_INPUT;
        } catch (SdkException e) {
            err.println("quickstart: " + e.getMessage());
            return FAILED;
        }
    }

    private int run() {
        if (endpoint != null) {
            return show(endpoint, "the EC2 at " + endpoint, true);
        }
        try (Ec2Endpoint embedded = Ec2Endpoint.start(FakeEc2Network.strict(Clock.systemUTC(), Sleeper.SYSTEM))) {
            return show(embedded.url(), "a fake EC2 inside this process", false);
        }
    }

    private int show(URI url, String where, boolean cleanUp) {
        try (DemoClients clients = DemoClients.at(url)) {
            screen.title("multus4j quickstart, in " + where);
            DemoVpc vpc = new DemoVpc(clients.ec2());
            try {
                vpc.build();
                return tell(vpc, clients);
            } finally {
                if (cleanUp) {
                    vpc.remove();
                    screen.line("Removed the VPC and all that was in it.");
                }
            }
        }
    }

    private int tell(DemoVpc vpc, DemoClients clients) {
        NodeGroupSpec spec = NodeGroupSpec.builder()
                .trigger("multus-ng")
                .subnets(vpc.subnets().stream().map(DemoVpc.MultusSubnet::id).toArray(String[]::new))
                .securityGroups(SecurityGroups.paired(vpc.signallingGroup(), vpc.mediaGroup()))
                .addressing(Addressing.lowestFree())
                .build();
        Multus multus = Multus.using(AwsEc2Network.over(clients.ec2()), AwsLifecycle.over(clients.autoScaling()));
        introduce(vpc);

        DemoVpc.Node first = vpc.nodes().get(0);
        screen.heading("The plan for " + first.name() + ", before anything is made");
        PlanAccount.print(screen, multus.plan(first.instanceId(), spec), vpc);

        screen.heading("The nodes launch, one event each");
        boolean failed = false;
        for (DemoVpc.Node node : vpc.nodes()) {
            Outcome outcome = multus.handle(node.launchEvent(), spec, Deadline.in(TIME_FOR_A_NODE));
            NodeAccount.print(screen, node, outcome, vpc);
            failed |= outcome instanceof Outcome.Failed;
        }

        screen.heading("The event for " + first.name() + " is delivered a second time");
        Outcome again = multus.handle(first.launchEvent(), spec, Deadline.in(TIME_FOR_A_NODE));
        if (again instanceof Outcome.Complete) {
            screen.line("  complete: nothing to do");
        } else {
            NodeAccount.print(screen, first, again, vpc);
        }

        screen.heading("The Multus subnets now");
        Occupancy.print(screen, vpc);
        return failed ? FAILED : 0;
    }

    private void introduce(DemoVpc vpc) {
        screen.line("");
        screen.line("A VPC of two zones, two Multus subnets in each; half of each signalling subnet is kept for pods:");
        for (DemoVpc.MultusSubnet subnet : vpc.subnets()) {
            screen.line("  %-12s %-11s %s", subnet.name(), subnet.zone(), String.join("  ", subnet.cidrs()));
        }
        List<String> asking = vpc.nodes().stream()
                .filter(DemoVpc.Node::asks)
                .map(DemoVpc.Node::name)
                .toList();
        screen.line("Nodes with the tag multus-ng ask for interfaces: %s.", String.join(", ", asking));
    }

    static Map<String, Object> launchEvent(String instanceId, String token) {
        return Map.of(
                "version", "0",
                "source", "aws.autoscaling",
                "detail-type", "EC2 Instance-launch Lifecycle Action",
                "detail",
                        Map.of(
                                "LifecycleActionToken", token,
                                "AutoScalingGroupName", "multus-nodes",
                                "LifecycleHookName", "Launch-LC-Hook",
                                "EC2InstanceId", instanceId,
                                "LifecycleTransition", "autoscaling:EC2_INSTANCE_LAUNCHING",
                                "Origin", "EC2",
                                "Destination", "AutoScalingGroup"));
    }
}
