package io.github.multus4j.deploy.agent;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.ManualTime;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import io.github.multus4j.testkit.endpoint.MetadataEndpoint;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A fake EC2 behind HTTP, two Multus subnets in it, a node, and its metadata service. Waiting takes
 * no time.
 */
final class AgentStage implements AutoCloseable {

    static final String ZONE = "us-east-1a";

    /** Begins now: the SDK compares the credentials' expiry with the system's clock. */
    final ManualTime time = new ManualTime(Instant.now());

    final FakeEc2Network ec2 = FakeEc2Network.strict(time, time);
    final FakeVpc vpc = ec2.vpc("10.0.0.0/16");
    final Subnet signalling = vpc.subnet("10.0.4.0/24", ZONE);
    final Subnet media = vpc.subnet("10.0.6.0/24", ZONE);
    final String group = vpc.securityGroup("multus").id();
    final Instance node;
    final MetadataEndpoint metadata;
    private final Ec2Endpoint endpoint = Ec2Endpoint.start(ec2);

    AgentStage() {
        this(Map.of());
    }

    /** @param tags of the node */
    AgentStage(Map<String, String> tags) {
        node = vpc.launch("m5.4xlarge", ZONE, tags);
        metadata = MetadataEndpoint.start(ec2, node.id());
    }

    URI endpoint() {
        return endpoint.url();
    }

    /** The arguments with the node's settings. */
    String[] spec() {
        return new String[] {
            "--subnets", signalling.id() + "," + media.id(), "--security-groups", group, "--static-ips", "true"
        };
    }

    /** With the spec in the arguments. */
    Run attach(String... more) {
        List<String> arguments = new ArrayList<>(List.of(spec()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    Run run(String... arguments) {
        return runAt(metadata.url(), Map.of(), arguments);
    }

    Run runAt(URI metadataUrl, Map<String, String> environment, String... arguments) {
        List<String> all = new ArrayList<>(List.of("attach"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--endpoint", endpoint.url().toString(), "--metadata", metadataUrl.toString()));
        return Run.of(environment, time, false, all.toArray(String[]::new));
    }

    @Override
    public void close() {
        endpoint.close();
        metadata.close();
    }

    /**
     * One run of the program, as from a shell.
     *
     * @param status its exit status
     * @param out its standard output
     * @param err its standard error
     */
    record Run(int status, String out, String err) {

        static Run of(Map<String, String> environment, ManualTime time, boolean priorities, String... arguments) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            PrintStream answers = new PrintStream(out, true, StandardCharsets.UTF_8);
            Journal journal = new Journal(answers, new PrintStream(err, true, StandardCharsets.UTF_8), priorities);
            int status = Main.run(environment, time, time, journal, answers, arguments);
            return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }
}
