package io.github.multus4j.deploy.agent;

import io.github.multus4j.aws.Json;
import io.github.multus4j.deploy.http.Proxies;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Excerpt;
import io.github.multus4j.ec2.Sleeper;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command {@code multus-agent attach}: its arguments, and one line with the result. */
final class AttachCommand {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    static final String USAGE = """
            Usage: multus-agent attach [OPTIONS]

            Attaches the Multus interfaces that this node lacks. Safe at every boot.

              --subnets IDS            the Multus subnets, of any number of zones: a,b,…
              --subnet-tag KEY[=VALUE] the Multus subnets by their tag, instead
              --security-groups IDS    paired with a zone's subnets: a,b,…
              --static-ips true|false  the lowest free addresses, or EC2's choice (default)
              --interface-tags K=V     tags for the interfaces: a=b,c=d,…
              --config FILE            lines KEY=VALUE: the Lambda function's variables
              --timeout TIME           the limit for all attempts, such as 90s or 5m
                                       (default 5m)
              --dry-run                print the plan, or the obstacle; make reads only
              --json                   answer in JSON, on one line
              --region REGION          default: AWS_REGION, else the instance's
              --endpoint URL           EC2's URL (default: AWS, or AWS_ENDPOINT_URL)
              --metadata URL           default: AWS_EC2_METADATA_SERVICE_ENDPOINT, else
                                       http://169.254.169.254, or http://[fd00:ec2::254]
                                       if AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE=IPv6
              -h, --help               print this and end

            Each setting is taken from the arguments, else from the file, else from
            this instance's tags (multus4j:SubnetIds and so on, if its metadata
            options show tags). Subnets and security groups are required.

            Proxies: https_proxy, http_proxy, no_proxy, as curl reads them; the metadata
            service is reached without.

            Exit status: 0 ready, or nothing to do; 1 failed, trying again may help;
            2 bad input; 3 no identity: the metadata service (IMDSv2) does not answer;
            4 a permission is missing, which is named; 5 an obstacle that is named.
            """;

    /** The settings' options, and their names in the Lambda function. */
    private static final Map<String, String> SETTINGS = Map.of(
            "--subnets", "SubnetIds",
            "--subnet-tag", "SubnetTag",
            "--security-groups", "SecGroupIds",
            "--static-ips", "useStaticIPs",
            "--interface-tags", "ENITags");

    private static final Set<String> VALUED = Stream.concat(
                    SETTINGS.keySet().stream(),
                    Stream.of("--config", "--timeout", "--region", "--endpoint", "--metadata"))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> FLAGS = Set.of("--dry-run", "--json");

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

    /**
     * @param words the words after the command's name
     */
    int run(List<String> words) {
        CommandLine line = new CommandLine(VALUED, FLAGS, words);
        Duration timeout = line.value("--timeout", Options::time);
        String region = line.value("--region", Options::region);
        URI endpoint = line.value("--endpoint", Options::url);
        URI metadata = line.value("--metadata", Options::url);
        Path config = line.value("--config", Path::of);
        List<String> problems = new ArrayList<>(line.problems());
        List<Source> sources = new ArrayList<>();
        sources.add(new Source("arguments", settings(line)));
        if (config != null) {
            sources.add(Source.file(config, problems));
        }
        Proxies proxies = Proxies.fromEnvironment(environment, problem -> problems.add(problem.toString()));
        URI metadataEndpoint = metadata == null ? MetadataEndpoints.of(environment, problems) : metadata;
        boolean json = line.has("--json");
        if (!problems.isEmpty()) {
            return tell(Answer.refused(problems), Map.of(), json);
        }
        Deadline deadline = Deadline.in(timeout == null ? TIMEOUT : timeout, clock);
        try (OwnNode node = new OwnNode(
                new Metadata(metadataEndpoint),
                sources,
                new Ec2Access(environment, region, endpoint, proxies),
                new OwnNode.Time(clock, sleeper, deadline))) {
            boolean dryRun = line.has("--dry-run");
            Answer answer = new Tries(clock, sleeper, deadline, journal).untilSettled(() -> node.attempt(dryRun));
            Excerpt.of(node.warnings()).forEach(journal::warn);
            return tell(answer, node.origins(), json);
        }
    }

    private static Map<String, String> settings(CommandLine line) {
        Map<String, String> settings = new LinkedHashMap<>();
        SETTINGS.forEach((option, name) -> {
            String value = line.value(option);
            if (value != null) {
                settings.put(name, value);
            }
        });
        return settings;
    }

    private int tell(Answer answer, Map<String, String> origins, boolean json) {
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
