package io.github.multus4j.deploy.agent;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.deploy.agent.AgentStage.Run;
import io.github.multus4j.testkit.endpoint.MetadataEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sources of settings, and the problems in them. */
class SettingsTest {

    private @TempDir Path folder;
    private final AgentStage stage = new AgentStage();

    @AfterEach
    void close() {
        stage.close();
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("agent.conf"), text).toString();
    }

    private Run runTagged(Map<String, String> tags, String... arguments) {
        String tagged = stage.vpc.launch("m5.4xlarge", AgentStage.ZONE, tags).id();
        try (MetadataEndpoint metadata =
                MetadataEndpoint.start(stage.ec2, tagged).showTags()) {
            return stage.runAt(metadata.url(), Map.of(), arguments);
        }
    }

    @Test
    void file_systemdFormat_isRead() throws IOException {
        String config = file("# the Multus subnets\n\n; also a comment\nSubnetIds=\"" + stage.signalling.id() + ","
                + stage.media.id() + "\"\n SecGroupIds = '" + stage.group + "'\nuseStaticIPs=true\nENITags=cnf=amf\n");

        Run run = stage.run("--config", config);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).endsWith("settings: SubnetIds, SecGroupIds, useStaticIPs, ENITags from " + config + "\n");
        assertThat(stage.ec2.interfaces())
                .filteredOn(i -> "amf".equals(i.tags().get("cnf")))
                .hasSize(2);
    }

    @Test
    void placement_functionsVariables_areRead() throws IOException {
        String config = file("SubnetIds=" + stage.signalling.id() + "\nSecGroupIds=" + stage.group
                + "\nDeviceIndexes=own\nNetworkCards=0\nLocalNetworkInterfaces=false\nOtherVpcs=false\n");

        Run run = stage.run("--config", config);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .endsWith("settings: SubnetIds, SecGroupIds, DeviceIndexes, NetworkCards, LocalNetworkInterfaces,"
                        + " OtherVpcs from " + config + "\n");
    }

    @Test
    void tags_ofTheInstance_areRead() {
        Run run = runTagged(Map.of(
                "multus4j:SubnetIds", stage.signalling.id(), "multus4j:SecGroupIds", stage.group, "Name", "node"));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).endsWith("settings: SubnetIds, SecGroupIds from tags multus4j:…\n");
    }

    @Test
    void subnetTag_keyAndValue_findsTheSubnets() {
        String tagged = stage.vpc
                .subnet("10.0.8.0/24", AgentStage.ZONE, Map.of("multus", "1"))
                .id();

        Run run = stage.run("--subnet-tag", "multus", "--security-groups", stage.group);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(stage.ec2.interfaces())
                .filteredOn(i -> i.subnetId().equals(tagged))
                .hasSize(1);
    }

    @Test
    void sources_severalForAGroup_firstWinsAsAWhole() throws IOException {
        String config = file("Az1SubnetIds=subnet-file\nSecGroupIds=" + stage.group + "\n");

        Run run = runTagged(
                Map.of("multus4j:SecGroupIds", "sg-tag", "multus4j:useStaticIPs", "true"),
                "--config",
                config,
                "--subnets",
                stage.signalling.id());

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .endsWith("settings: SubnetIds from arguments; SecGroupIds from " + config
                        + "; useStaticIPs from tags multus4j:…\n");
    }

    @Test
    void triggerTag_given_isObeyed() throws IOException {
        String config = file("TargetNodeGroupTagKey=multus-ng\n");

        Run run = stage.attach("--config", config);

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("skipped " + stage.node.id()).contains("multus-ng");
        assertThat(stage.ec2.journal().mutatingCalls()).isEmpty();
    }

    static Stream<Arguments> badArguments() {
        return Stream.of(
                Arguments.of("", "SecGroupIds (given by none of: arguments, tags multus4j:…): ''"),
                Arguments.of("", "Az1SubnetIds, Az2SubnetIds, SubnetIds (given by none of"),
                Arguments.of("--subnets vpc-1", "SubnetIds (from arguments): 'vpc-1': expected an id like subnet-"),
                Arguments.of("--security-groups group", "SecGroupIds (from arguments): 'group'"),
                Arguments.of("--static-ips maybe", "useStaticIPs (from arguments): 'maybe': expected true or false"),
                Arguments.of("--interface-tags aws:x=y", "ENITags (from arguments): 'aws:x'"),
                Arguments.of("--subnets subnet-1 --subnet-tag x", "SubnetTag (from arguments): 'x': give the subnets"),
                Arguments.of("--timeout soon", "'soon': expected a time like 90s or 5m"),
                Arguments.of("--timeout 0s", "'0s': expected a time"),
                Arguments.of("--region Europe", "'Europe': expected a Region's code"),
                Arguments.of("--config /nowhere", "--config: '/nowhere': there is no such file"),
                Arguments.of("--config /", "--config: '/': cannot be read"),
                Arguments.of("--colour red", "'--colour': there is no such option"),
                Arguments.of("--colour red", "'red': there is no such option"),
                Arguments.of("--colour=red", "'--colour=red': there is no such option"),
                Arguments.of("--json=yes", "'--json=yes': there is no such option"),
                Arguments.of("--timeout 5m --timeout=6m", "--timeout is given more than once"),
                Arguments.of("--subnets", "--subnets needs a value"));
    }

    @ParameterizedTest
    @MethodSource("badArguments")
    void arguments_bad_areNamed(String arguments, String problem) {
        Run run = stage.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(problem).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(stage.ec2.journal().entries()).isEmpty();
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                Arguments.of("SubnetIds\n", ", line 1: 'SubnetIds': expected KEY=VALUE"),
                Arguments.of("a=b\na=c\n", ", line 2: 'a': given twice"),
                Arguments.of("SubnetId=subnet-1\n", "'SubnetId': no setting of that name; there are Az1SubnetIds"),
                Arguments.of("SubnetIds=x\u001b[2J\n", "'x\\u001b[2J': expected an id"),
                Arguments.of("#".repeat(70_000), "more than 65536 bytes"));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void file_bad_isNamed(String text, String problem) throws IOException {
        Run run = stage.run("--config", file(text));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(problem);
    }

    @Test
    void file_notUtf8_isNamed() throws IOException {
        Path config = folder.resolve("agent.conf");
        Files.write(config, new byte[] {'a', '=', (byte) 0xff});

        assertThat(stage.run("--config", config.toString()).err()).contains("not UTF-8");
    }

    @Test
    void problems_ofAllSources_areReportedAtOnce() {
        Run forms = stage.run("--timeout", "soon", "--region", "Europe", "--config", "/nowhere");
        assertThat(forms.err().lines()).hasSize(3);

        Run values = stage.run("--subnets", "a", "--security-groups", "b", "--static-ips", "c");
        assertThat(values.err().lines()).hasSize(3);
    }

    @Test
    void command_noneOrHelp_printsTheUsage() {
        assertThat(Run.of(Map.of(), stage.time, false).status()).isEqualTo(2);
        assertThat(Run.of(Map.of(), stage.time, false, "detach").err()).contains("detach");
        assertThat(Run.of(Map.of(), stage.time, false, "--help").out()).contains("attach");
        Run help = Run.of(Map.of(), stage.time, false, "attach", "--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("--subnet-tag", "Exit status:");
    }

    static Stream<Arguments> metadataVariables() {
        return Stream.of(
                Arguments.of("AWS_EC2_METADATA_SERVICE_ENDPOINT", "here", "'here': expected a URL"),
                Arguments.of("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv5", "'IPv5': expected IPv4 or IPv6"),
                Arguments.of(
                        "AWS_EC2_METADATA_DISABLED", "True", "'True': the agent learns from the metadata service"));
    }

    @ParameterizedTest
    @MethodSource("metadataVariables")
    void metadataEndpoint_variables_areRead(String variable, String value, String problem) {
        Run run = Run.of(Map.of(variable, value), stage.time, false, "attach", "--subnets", "x");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(variable + ": " + problem);
    }

    static Stream<Arguments> metadataEndpoints() {
        String mode = "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE";
        return Stream.of(
                Arguments.of(Map.of(), "http://169.254.169.254"),
                Arguments.of(Map.of(mode, "IPv4"), "http://169.254.169.254"),
                Arguments.of(Map.of(mode, "ipv6"), "http://[fd00:ec2::254]"),
                Arguments.of(
                        Map.of(mode, "IPv6", "AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:1338"),
                        "http://127.0.0.1:1338"),
                Arguments.of(Map.of("AWS_EC2_METADATA_DISABLED", "false"), "http://169.254.169.254"));
    }

    @ParameterizedTest
    @MethodSource("metadataEndpoints")
    void metadataEndpoint_eachForm_isRead(Map<String, String> environment, String endpoint) {
        List<String> problems = new ArrayList<>();

        assertThat(MetadataEndpoints.of(environment, problems)).hasToString(endpoint);
        assertThat(problems).isEmpty();
    }
}
