package io.github.multus4j.testkit.endpoint;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of {@link EndpointProgram}. */
final class EndpointOptions {

    static final String USAGE = """
            Usage: java -jar multus-testkit-VERSION-endpoint.jar [OPTIONS]

            A fake EC2, as strict as EC2, for EC2 clients in any language. It runs until it is ended (Ctrl-C, SIGTERM).

              --port PORT           the port to listen on, 0 for any that is free (default 4577)
              --host HOST           the address to listen on (default 127.0.0.1); all that can reach it can change the fake
              --allow-host NAME     a further name that clients call this machine by; may be repeated
              --region REGION       the Region of the fake (default us-east-1)
              --journal COUNT       the number of calls, and of lifecycle events, that are kept (default 10000; the oldest are dropped)
              --metadata-port PORT  also serve the instance metadata (IMDSv2) of an instance there, 0 for any that is free
              --instance ID         the instance of the metadata (default: the one that was launched last)
              --tags                show the instance's tags in its metadata, as InstanceMetadataTags=enabled does
              --help                print this and end
            """;

    private static final int NONE = -1;

    private String host = "127.0.0.1";
    private final List<String> hostNames = new ArrayList<>();
    private String region = "us-east-1";
    private int port = 4577;
    private int journal = 10_000;
    private int metadataPort = NONE;
    private @Nullable String instance;
    private boolean tags;
    private boolean help;

    private EndpointOptions() {}

    /**
     * @throws IllegalArgumentException with the reason
     */
    static EndpointOptions read(String... arguments) {
        EndpointOptions options = new EndpointOptions();
        Iterator<String> rest = List.of(arguments).iterator();
        while (rest.hasNext()) {
            options.readOne(rest.next(), rest);
        }
        if (!options.hasMetadata() && (options.tags || options.instance != null)) {
            throw new IllegalArgumentException("--tags and --instance need --metadata-port");
        }
        return options;
    }

    private void readOne(String option, Iterator<String> rest) {
        switch (option) {
            case "--help" -> help = true;
            case "--host" -> host = value(option, rest);
            case "--allow-host" -> hostNames.add(value(option, rest));
            case "--region" ->
                region = value(option, rest, "[a-z]{2,}(-[a-z]+)+-[0-9]", "a Region such as eu-central-1");
            case "--port" -> port = port(option, rest);
            case "--metadata-port" -> metadataPort = port(option, rest);
            case "--journal" ->
                journal = Integer.parseInt(value(option, rest, "[1-9][0-9]{0,7}", "a number from 1 to 99999999"));
            case "--instance" ->
                instance = value(option, rest, "i-([0-9a-f]{8}|[0-9a-f]{17})", "an id such as i-0123456789abcdef0");
            case "--tags" -> tags = true;
            default -> throw new IllegalArgumentException("unknown argument " + option);
        }
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }

    private static String value(String option, Iterator<String> rest, String pattern, String expected) {
        String text = value(option, rest);
        if (!text.matches(pattern)) {
            throw new IllegalArgumentException(option + " needs " + expected + ", not '" + text + "'");
        }
        return text;
    }

    private static int port(String option, Iterator<String> rest) {
        String ports = "0*([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
        return Integer.parseInt(value(option, rest, ports, "a number from 0 to 65535"));
    }

    boolean isHelp() {
        return help;
    }

    /** @throws IllegalArgumentException if there is no such host */
    InetSocketAddress address() {
        return address(port);
    }

    boolean hasMetadata() {
        return metadataPort != NONE;
    }

    InetSocketAddress metadataAddress() {
        return address(metadataPort);
    }

    private InetSocketAddress address(int ofPort) {
        InetSocketAddress address = new InetSocketAddress(host, ofPort);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("--host: there is no host '" + host + "'");
        }
        return address;
    }

    List<String> hostNames() {
        return hostNames;
    }

    String region() {
        return region;
    }

    int journal() {
        return journal;
    }

    /** The instance of the metadata; null for the one that was launched last. */
    @Nullable
    String instance() {
        return instance;
    }

    boolean showsTags() {
        return tags;
    }
}
