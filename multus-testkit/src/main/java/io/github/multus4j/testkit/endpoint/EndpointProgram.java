package io.github.multus4j.testkit.endpoint;

import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.testkit.FakeEc2Network;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** The program around {@link Ec2Endpoint} and {@link MetadataEndpoint}. */
final class EndpointProgram {

    private static final int MISUSE = 2;
    private static final int FAILED = 1;

    private EndpointProgram() {}

    public static void main(String... arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    /**
     * Runs until the process is ended.
     *
     * @return the exit status, if it comes to that
     */
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            EndpointOptions options = EndpointOptions.read(arguments);
            if (options.isHelp()) {
                out.print(EndpointOptions.USAGE);
            } else {
                serve(options, out);
            }
            return 0;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(EndpointOptions.USAGE);
            return MISUSE;
        } catch (UncheckedIOException e) {
            err.println(e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static void serve(EndpointOptions options, PrintStream out) throws InterruptedException {
        FakeEc2Network ec2 = FakeEc2Network.strict(Clock.systemUTC(), Sleeper.SYSTEM, options.region());
        ec2.journal().keepAtMost(options.journal());
        ec2.autoScaling().keepAtMost(options.journal());
        try (Ec2Endpoint endpoint = Ec2Endpoint.start(ec2, options.address(), options.hostNames())) {
            out.println("EC2 endpoint at " + endpoint.url());
            if (options.hasMetadata()) {
                MetadataEndpoint metadata =
                        MetadataEndpoint.start(ec2, options.instance(), options.metadataAddress(), options.hostNames());
                if (options.showsTags()) {
                    metadata.showTags();
                }
                out.println("metadata endpoint at " + metadata.url());
                out.println("export AWS_EC2_METADATA_SERVICE_ENDPOINT=" + metadata.url());
            }
            out.println("export AWS_ENDPOINT_URL=" + endpoint.url());
            out.flush();
            // SIGTERM and Ctrl-C end the JVM, and with it all connections.
            new CountDownLatch(1).await();
        }
    }
}
