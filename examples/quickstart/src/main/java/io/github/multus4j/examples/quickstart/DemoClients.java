package io.github.multus4j.examples.quickstart;

import java.net.URI;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Clients of an emulator. AWS would refuse their invented credentials. */
record DemoClients(Ec2Client ec2, AutoScalingClient autoScaling) implements AutoCloseable {

    private static final Pattern AWS =
            Pattern.compile("(.*\\.)?(amazonaws\\.(com|com\\.cn|eu)|api\\.aws|api\\.amazonwebservices\\.com\\.cn)\\.?");

    /** The address is none that this program goes to. */
    static final class NotAnEndpointException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        NotAnEndpointException(String message) {
            super(message);
        }
    }

    /** @throws NotAnEndpointException if it is no URL, or AWS's */
    static DemoClients at(URI endpoint) {
        String host = endpoint.getHost();
        if (host == null || !("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))) {
            throw new NotAnEndpointException("'" + endpoint + "': expected a URL like http://127.0.0.1:4577");
        }
        if (AWS.matcher(host.toLowerCase(java.util.Locale.ROOT)).matches()) {
            throw new NotAnEndpointException(
                    "'" + endpoint + "' is AWS, where this would make a VPC and launch instances");
        }
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
        return new DemoClients(
                Ec2Client.builder()
                        .endpointOverride(endpoint)
                        .region(Region.US_EAST_1)
                        .credentialsProvider(credentials)
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build(),
                AutoScalingClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.US_EAST_1)
                        .credentialsProvider(credentials)
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build());
    }

    @Override
    public void close() {
        ec2.close();
        autoScaling.close();
    }
}
