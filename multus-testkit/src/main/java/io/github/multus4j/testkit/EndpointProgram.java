package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Sleeper;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The command line of {@link Ec2Endpoint}. */
final class EndpointProgram {

    static final int MISUSE = 2;
    static final int FAILED = 1;

    private static final String USAGE = """
            Usage: java -cp multus-testkit.jar:multus-core.jar io.github.multus4j.testkit.Ec2Endpoint [OPTIONS]

            A fake EC2, as strict as EC2, for EC2 clients in any language. It runs until it is ended (Ctrl-C, SIGTERM).

              --port PORT      the port to listen on, 0 for any that is free (default 4577)
              --host HOST      the address to listen on (default 127.0.0.1; whoever reaches it may change the fake)
              --region REGION  the Region that it plays (default us-east-1)
              --journal COUNT  the most number of calls that the journal keeps (default 10000; the oldest are dropped)
              --help           print this and end
            """;

    private String host = "127.0.0.1";
    private String region = "us-east-1";
    private int port = 4577;
    private int journal = 10_000;
    private boolean help;

    private EndpointProgram() {}

    /**
     * Runs until the process is ended.
     *
     * @return the exit status, if it comes to that
     */
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        EndpointProgram program = new EndpointProgram();
        InetSocketAddress address;
        try {
            program.read(List.of(arguments).iterator());
            address = program.address();
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.print(USAGE);
            return MISUSE;
        }
        if (program.help) {
            out.print(USAGE);
            return 0;
        }
        try {
            program.serve(address, out);
            return 0;
        } catch (UncheckedIOException e) {
            err.println(e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private void read(Iterator<String> arguments) {
        while (arguments.hasNext()) {
            String option = arguments.next();
            switch (option) {
                case "--help" -> help = true;
                case "--host" -> host = value(option, arguments);
                case "--region" -> region = region(option, arguments);
                case "--port" -> port = port(option, arguments);
                case "--journal" -> journal = count(option, arguments);
                default -> throw new IllegalArgumentException("unknown argument " + option);
            }
        }
    }

    private InetSocketAddress address() {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("--host: there is no host '" + host + "'");
        }
        return address;
    }

    static String value(String option, Iterator<String> arguments) {
        if (!arguments.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return arguments.next();
    }

    private static int count(String option, Iterator<String> arguments) {
        String text = value(option, arguments);
        if (!text.matches("[1-9][0-9]{0,7}")) {
            throw new IllegalArgumentException(option + " needs a number from 1 to 99999999, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    static String region(String option, Iterator<String> arguments) {
        String text = value(option, arguments);
        if (!text.matches("[a-z]{2,}(-[a-z]+)+-[0-9]")) {
            throw new IllegalArgumentException(option + " needs a Region such as eu-central-1, not '" + text + "'");
        }
        return text;
    }

    static int port(String option, Iterator<String> arguments) {
        String text = value(option, arguments);
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException(option + " needs a number from 0 to 65535, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private void serve(InetSocketAddress address, PrintStream out) throws InterruptedException {
        FakeEc2Network ec2 = FakeEc2Network.strict(Clock.systemUTC(), Sleeper.SYSTEM, region);
        ec2.journal().keepAtMost(journal);
        Ec2Endpoint endpoint = Ec2Endpoint.start(ec2, address);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            endpoint.close();
            ended.countDown();
        }));
        out.println("EC2 endpoint at " + endpoint.url());
        out.println("export AWS_ENDPOINT_URL=" + endpoint.url());
        out.flush();
        ended.await();
    }
}
