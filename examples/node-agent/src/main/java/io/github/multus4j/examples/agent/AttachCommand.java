package io.github.multus4j.examples.agent;

import io.github.multus4j.aws.Json;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Sleeper;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command {@code multus-agent attach}: what its arguments say, and one line for what came of it. */
@Command(
        name = "attach",
        description = "Attaches the Multus interfaces that this node lacks. Safe at every boot.",
        footer = {
            "",
            "Each setting is taken from the arguments, else from the file, else from",
            "this instance's tags (multus4j:SubnetIds and so on, if its metadata",
            "options show tags). Subnets and security groups are required.",
            "",
            "Exit status: 0 ready, or nothing to do; 1 failed, trying again may help;",
            "2 bad input; 3 no identity: the metadata service (IMDSv2) does not answer;",
            "4 a permission is missing, which is named; 5 something stands in the way."
        },
        sortOptions = false)
final class AttachCommand {

    private static final String METADATA = "http://169.254.169.254";

    @Option(names = "--subnets", paramLabel = "IDS", description = "the Multus subnets, of any number of zones: a,b,…")
    private @Nullable String subnets;

    @Option(
            names = "--subnet-tag",
            paramLabel = "KEY[=VALUE]",
            description = "the Multus subnets by their tag, instead")
    private @Nullable String subnetTag;

    @Option(names = "--security-groups", paramLabel = "IDS", description = "paired with a zone's subnets: a,b,…")
    private @Nullable String securityGroups;

    @Option(
            names = "--static-ips",
            paramLabel = "true|false",
            description = "the lowest free addresses, or EC2's choice (default)")
    private @Nullable String staticIps;

    @Option(names = "--interface-tags", paramLabel = "KEY=VALUE", description = "tags for the interfaces: a=b,c=d,…")
    private @Nullable String interfaceTags;

    @Option(names = "--config", paramLabel = "FILE", description = "lines KEY=VALUE: the Lambda function's variables")
    private @Nullable Path config;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Options.Time.class,
            description = "by when all has ended, tries included, such as 90s or 5m (default 5m)")
    private Duration timeout = Duration.ofMinutes(5);

    @Option(names = "--dry-run", description = "say what would be made, or what is in the way; make reads only")
    private boolean dryRun;

    @Option(names = "--json", description = "answer in JSON, on one line")
    private boolean json;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            converter = Options.RegionCode.class,
            description = "default: AWS_REGION, else the instance's")
    private @Nullable String region;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            converter = Options.Url.class,
            description = "where EC2 answers (default: AWS, or AWS_ENDPOINT_URL)")
    private @Nullable URI endpoint;

    @Option(
            names = "--metadata",
            paramLabel = "URL",
            converter = Options.Url.class,
            description = "default: AWS_EC2_METADATA_SERVICE_ENDPOINT, else " + METADATA)
    private @Nullable URI metadata;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this and end")
    private boolean help;

    private final Map<String, String> environment;
    private final Clock clock;
    private final Sleeper sleeper;
    private final Journal journal;

    AttachCommand(Map<String, String> environment, Clock clock, Sleeper sleeper, Journal journal) {
        this.environment = environment;
        this.clock = clock;
        this.sleeper = sleeper;
        this.journal = journal;
    }

    boolean isHelpAsked() {
        return help;
    }

    /** @param misread what is wrong with the arguments' form */
    int run(List<String> misread) {
        List<String> problems = new ArrayList<>(misread);
        List<Source> sources = new ArrayList<>();
        sources.add(new Source("arguments", arguments()));
        if (config != null) {
            sources.add(Source.file(config, problems));
        }
        URI metadataEndpoint = metadata(problems);
        if (!problems.isEmpty()) {
            return tell(Answer.refused(problems), Map.of());
        }
        Deadline deadline = Deadline.in(timeout, clock);
        try (OwnNode node = new OwnNode(
                new Metadata(metadataEndpoint),
                sources,
                new Ec2Access(environment, region, endpoint),
                new OwnNode.Time(clock, sleeper, deadline))) {
            Answer answer = new Tries(clock, sleeper, deadline, journal).untilSettled(() -> node.attempt(dryRun));
            return tell(answer, node.origins());
        }
    }

    private Map<String, String> arguments() {
        Map<String, String> arguments = new LinkedHashMap<>();
        put(arguments, "SubnetIds", subnets);
        put(arguments, "SubnetTag", subnetTag);
        put(arguments, "SecGroupIds", securityGroups);
        put(arguments, "useStaticIPs", staticIps);
        put(arguments, "ENITags", interfaceTags);
        return arguments;
    }

    private static void put(Map<String, String> arguments, String name, @Nullable String value) {
        if (value != null) {
            arguments.put(name, value);
        }
    }

    private URI metadata(List<String> problems) {
        String variable = environment.getOrDefault("AWS_EC2_METADATA_SERVICE_ENDPOINT", "");
        if (metadata != null) {
            return metadata;
        }
        try {
            return new Options.Url().convert(variable.isEmpty() ? METADATA : variable);
        } catch (TypeConversionException e) {
            problems.add("AWS_EC2_METADATA_SERVICE_ENDPOINT: " + e.getMessage());
            return URI.create(METADATA);
        }
    }

    private int tell(Answer answer, Map<String, String> origins) {
        if (json) {
            Map<String, Object> facts = new LinkedHashMap<>(answer.facts());
            facts.put("status", answer.status().code());
            facts.put("settings", origins);
            journal.answer(Json.write(facts));
        } else if (answer.status() == Status.READY) {
            journal.answer(answer.line() + (origins.isEmpty() ? "" : "; settings: " + Settings.line(origins)));
        }
        if (answer.status() != Status.READY) {
            answer.line().lines().forEach(journal::error);
        }
        return answer.status().code();
    }
}
