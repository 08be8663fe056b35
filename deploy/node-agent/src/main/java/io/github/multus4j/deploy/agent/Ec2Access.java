package io.github.multus4j.deploy.agent;

import io.github.multus4j.deploy.http.Proxies;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.Ec2ClientBuilder;

/**
 * The access to EC2. Explicit variables have precedence, {@code AWS_REGION} and
 * {@code AWS_ACCESS_KEY_ID} with its companions; else Region and credentials are those of the
 * instance. No other source is read.
 *
 * @param environment the environment variables
 * @param region its code; null for the environment's or the instance's
 * @param endpoint of EC2; null for AWS, or for the value of {@code AWS_ENDPOINT_URL}
 * @param proxies on the way to EC2
 */
record Ec2Access(
        Map<String, String> environment,
        @Nullable String region,
        @Nullable URI endpoint,
        Proxies proxies) {

    /** The instance has no role, or the role no credentials. */
    static final class NoCredentialsException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoCredentialsException(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * A client with credentials that have been read once.
     *
     * @throws NoCredentialsException if there are none (yet)
     * @throws NoMetadataException if the metadata service does not answer
     */
    Ec2Client client(Metadata metadata) {
        Ec2ClientBuilder builder = Ec2Client.builder()
                .httpClientBuilder(proxies.clientBuilder())
                .region(Region.of(regionCode(metadata)))
                .credentialsProvider(credentials(metadata));
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder.build();
    }

    private String regionCode(Metadata metadata) {
        String explicit = region == null ? variable("AWS_REGION") : region;
        return explicit.isEmpty() ? metadata.region() : explicit;
    }

    private AwsCredentialsProvider credentials(Metadata metadata) {
        if (!variable("AWS_ACCESS_KEY_ID").isEmpty()) {
            return StaticCredentialsProvider.create(explicitCredentials());
        }
        if (!metadata.hasRole()) {
            throw new NoCredentialsException(
                    "this instance has no role: give its instance profile one that may attach interfaces");
        }
        AwsCredentialsProvider role = metadata.roleCredentials();
        try {
            role.resolveCredentials();
            return role;
        } catch (SdkClientException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new NoCredentialsException("the metadata service gives none for the role: " + cause.getMessage());
        }
    }

    private AwsCredentials explicitCredentials() {
        String id = variable("AWS_ACCESS_KEY_ID");
        String secret = variable("AWS_SECRET_ACCESS_KEY");
        String token = variable("AWS_SESSION_TOKEN");
        if (secret.isEmpty()) {
            throw new NoCredentialsException("AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not");
        }
        return token.isEmpty()
                ? AwsBasicCredentials.create(id, secret)
                : AwsSessionCredentials.create(id, secret, token);
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "").strip();
    }
}
