package io.github.multus4j.deploy.agent;

import io.github.multus4j.nodegroup.Problem;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The address of the metadata service, by the variables of the AWS SDKs.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html">IMDS
 *     credential provider</a>
 */
final class MetadataEndpoints {

    private static final String DISABLED = "AWS_EC2_METADATA_DISABLED";
    private static final String ENDPOINT = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
    private static final String MODE = "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE";
    private static final URI IPV4 = URI.create("http://169.254.169.254");
    private static final URI IPV6 = URI.create("http://[fd00:ec2::254]");

    private MetadataEndpoints() {}

    /** Any endpoint if there are problems. */
    static URI of(Map<String, String> environment, List<String> problems) {
        String disabled = environment.getOrDefault(DISABLED, "").strip();
        if (disabled.equalsIgnoreCase("true")) {
            problems.add(new Problem(
                            DISABLED,
                            disabled,
                            "the agent learns from the metadata service on which node it runs; take the variable out")
                    .toString());
        }
        String endpoint = environment.getOrDefault(ENDPOINT, "").strip();
        return endpoint.isEmpty() ? ofMode(environment, problems) : explicit(endpoint, problems);
    }

    private static URI explicit(String endpoint, List<String> problems) {
        try {
            return Options.url(endpoint);
        } catch (IllegalArgumentException e) {
            problems.add(ENDPOINT + ": " + e.getMessage());
            return IPV4;
        }
    }

    private static URI ofMode(Map<String, String> environment, List<String> problems) {
        String mode = environment.getOrDefault(MODE, "").strip();
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "", "ipv4" -> IPV4;
            case "ipv6" -> IPV6;
            default -> {
                problems.add(new Problem(MODE, mode, "expected IPv4 or IPv6").toString());
                yield IPV4;
            }
        };
    }
}
