package io.github.multus4j.deploy.lambda;

import io.github.multus4j.Multus;
import io.github.multus4j.aws.Json;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Excerpt;
import io.github.multus4j.lifecycle.LifecycleEvent;
import io.github.multus4j.nodegroup.Problem;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.SweepReport;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Handles one event, or sweeps, from a shell, with the handler's own code, against AWS or any other
 * endpoint.
 */
@Command(
        name = "multus-lambda",
        description = "Handles one event of EC2 Auto Scaling, or sweeps, as the Lambda functions would.",
        footer = {
            "",
            "It is configured by the Lambda function's variables: Az1SubnetIds,",
            "Az2SubnetIds, SubnetIds, SecGroupIds, TargetNodeGroupTagKey,",
            "TargetNodeGroupTagValue, useStaticIPs, ENITags, LifecycleHookNames,",
            "and for a sweep SweepVpcId (empty: the Region) and SweepMode.",
            "",
            "Exit status: 0 if the node is ready or there was nothing to do,",
            "or if the sweep mended all that it was to mend; 1 if it failed, or",
            "if only some messages of a batch could be read; 2 if the input is bad."
        },
        sortOptions = false)
public final class Main {

    static final int FAILED = 1;
    static final int BAD_INPUT = 2;

    private static final Duration EVENT_TIME = Duration.ofSeconds(60);

    @Parameters(
            index = "0",
            paramLabel = "EVENT-FILE",
            arity = "0..1",
            defaultValue = "-",
            description = "the event, a JSON object or array; - is standard input (default)")
    private String eventFile = "-";

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            converter = Options.Endpoint.class,
            description = "where EC2 and EC2 Auto Scaling answer (default: AWS, or AWS_ENDPOINT_URL)")
    private @Nullable URI endpoint;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            converter = Options.RegionCode.class,
            description = "default: the environment's (AWS_REGION)")
    private @Nullable String region;

    @Option(
            names = "--sweep",
            description = "sweep instead: mend leaks and unready nodes; a dry run unless SweepMode is MEND")
    private boolean sweep;

    @Option(names = "--dry-run", description = "print the plan, or the obstacle; make reads only")
    private boolean dryRun;

    @Option(names = "--json", description = "answer in JSON, one line for each message")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Options.Time.class,
            description = "the limit for the whole run, such as 90s or 2m (default 60s, of a sweep 5m)")
    private @Nullable Duration timeout;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this and end")
    private boolean help;

    private final Map<String, String> environment;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    private Main(Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    public static void main(String... arguments) {
        System.exit(run(System.getenv(), System.in, System.out, System.err, arguments));
    }

    /** The program without the process: answers the exit status. */
    static int run(
            Map<String, String> environment, InputStream in, PrintStream out, PrintStream err, String... arguments) {
        Main main = new Main(environment, in, out, err);
        CommandLine line = new CommandLine(main);
        try {
            line.parseArgs(arguments);
            if (main.help) {
                line.usage(out);
                return 0;
            }
            return main.run();
        } catch (CommandLine.ParameterException e) {
            return main.refuse(List.of(String.valueOf(e.getMessage()), "multus-lambda --help says more"));
        }
    }

    private int run() {
        List<String> problems = new ArrayList<>();
        Configuration configuration = Input.configuration(environment, problems);
        Map<String, Object> event = sweep ? noEvent(problems) : Input.event(this::eventText, problems);
        AwsClients clients = problems.isEmpty() ? clients(problems) : null;
        if (configuration == null || event == null || clients == null) {
            return refuse(problems);
        }
        Excerpt.of(configuration.warnings()).forEach(warning -> err.println("multus-lambda: warning: " + warning));
        try (MultusFunction function = new MultusFunction(configuration.spec(), clients)) {
            if (sweep) {
                return sweep(function, configuration.sweep());
            }
            List<LifecycleEvent> messages = Input.messages(function, event, problems);
            if (problems.isEmpty()) {
                return handle(function, messages);
            }
            int refused = refuse(problems);
            if (messages.isEmpty()) {
                return refused;
            }
            handle(function, messages);
            return FAILED;
        }
    }

    private Map<String, Object> noEvent(List<String> problems) {
        if (!eventFile.equals("-")) {
            problems.add("EVENT-FILE: '" + Problem.printable(eventFile) + "': --sweep reads no event");
        }
        return Map.of();
    }

    private String eventText() throws IOException {
        if (eventFile.equals("-")) {
            return EventText.read(in);
        }
        try (InputStream file = new FileInputStream(eventFile)) {
            return EventText.read(file);
        }
    }

    private @Nullable AwsClients clients(List<String> problems) {
        try {
            return AwsClients.of(environment, region, endpoint);
        } catch (SdkClientException e) {
            problems.add("AWS_REGION: no Region is set there, by --region, or in the profile");
            return null;
        }
    }

    private int handle(MultusFunction function, List<LifecycleEvent> messages) {
        Deadline deadline = deadline(EVENT_TIME);
        boolean failed = false;
        for (LifecycleEvent message : messages) {
            Answer answer = dryRun ? plan(function, message, deadline) : function.handle(message, deadline);
            out.println(json ? Json.write(answer.facts()) : answer.line());
            failed |= answer.failed();
        }
        return failed ? FAILED : 0;
    }

    private int sweep(MultusFunction function, SweepOrder standing) {
        SweepOrder order = dryRun ? standing.asDryRun() : standing;
        Answer answer;
        String text;
        try {
            SweepReport report = function.report(order, deadline(Multus.DEFAULT_TIME));
            answer = SweepAnswer.of(report);
            text = report.toString();
        } catch (Ec2Exception e) {
            answer = SweepAnswer.unread(order, e);
            text = answer.line();
        }
        out.println(json ? Json.write(answer.facts()) : text);
        return answer.failed() ? FAILED : 0;
    }

    private Deadline deadline(Duration unlessSaid) {
        return Deadline.in((timeout == null ? unlessSaid : timeout).toMillis());
    }

    private static Answer plan(MultusFunction function, LifecycleEvent message, Deadline deadline) {
        if (message.kind() != LifecycleEvent.Kind.LAUNCH) {
            return PlanAnswer.notALaunch(message);
        }
        try {
            Plan plan = function.plan(message.instanceId(), deadline);
            return PlanAnswer.of(plan);
        } catch (Ec2Exception e) {
            return PlanAnswer.unread(message, e);
        }
    }

    private int refuse(List<String> problems) {
        Excerpt.of(problems).forEach(problem -> err.println("multus-lambda: " + problem));
        return BAD_INPUT;
    }
}
