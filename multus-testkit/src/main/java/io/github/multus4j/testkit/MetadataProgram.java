package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Sleeper;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The command line of {@link MetadataEndpoint}. */
final class MetadataProgram {

    private static final String USAGE = """
            Usage: java -cp multus-testkit.jar:multus-core.jar io.github.multus4j.testkit.MetadataEndpoint [OPTIONS]

            A fake EC2 and the instance metadata service (IMDSv2) of one of its instances, for agents in any language. It runs until it is
            ended (Ctrl-C, SIGTERM).

              --port PORT        the port of the metadata service, 0 for any that is free (default 1338)
              --ec2-port PORT    the port of EC2, by which the instance is launched (default 4577)
              --region REGION    the Region that it plays (default us-east-1)
              --instance ID      whose metadata it is (default: of the instance that was launched last)
              --tags             show the instance's tags, as InstanceMetadataTags=enabled does
              --help             print this and end
            """;

    private String region = "us-east-1";
    private int port = 1338;
    private int ec2Port = 4577;
    private @Nullable String instanceId;
    private boolean tags;
    private boolean help;

    private MetadataProgram() {}

    /**
     * Runs until the process is ended.
     *
     * @return the exit status, if it comes to that
     */
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        MetadataProgram program = new MetadataProgram();
        try {
            program.read(List.of(arguments).iterator());
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(USAGE);
            return EndpointProgram.MISUSE;
        }
        if (program.help) {
            out.print(USAGE);
            return 0;
        }
        try {
            program.serve(out);
            return 0;
        } catch (UncheckedIOException e) {
            err.println(e.getMessage());
            return EndpointProgram.FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return EndpointProgram.FAILED;
        }
    }

    private void read(Iterator<String> arguments) {
        while (arguments.hasNext()) {
            String option = arguments.next();
            switch (option) {
                case "--help" -> help = true;
                case "--tags" -> tags = true;
                case "--port" -> port = EndpointProgram.port(option, arguments);
                case "--ec2-port" -> ec2Port = EndpointProgram.port(option, arguments);
                case "--region" -> region = EndpointProgram.region(option, arguments);
                case "--instance" -> instanceId = instance(EndpointProgram.value(option, arguments));
                default -> throw new IllegalArgumentException("unknown argument " + option);
            }
        }
    }

    private static String instance(String text) {
        if (!Ids.isWellFormed("i", text)) {
            throw new IllegalArgumentException(
                    "--instance needs an id such as i-0123456789abcdef0, not '" + text + "'");
        }
        return text;
    }

    private void serve(PrintStream out) throws InterruptedException {
        FakeEc2Network ec2 = FakeEc2Network.strict(Clock.systemUTC(), Sleeper.SYSTEM, region);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (Ec2Endpoint endpoint = Ec2Endpoint.start(ec2, ec2Port);
                MetadataEndpoint metadata =
                        MetadataEndpoint.start(ec2, instanceId, new InetSocketAddress(loopback, port))) {
            if (tags) {
                metadata.showTags();
            }
            out.println("metadata endpoint at " + metadata.url());
            out.println("export AWS_ENDPOINT_URL=" + endpoint.url());
            out.println("export AWS_EC2_METADATA_SERVICE_ENDPOINT=" + metadata.url());
            out.flush();
            new CountDownLatch(1).await();
        }
    }
}
