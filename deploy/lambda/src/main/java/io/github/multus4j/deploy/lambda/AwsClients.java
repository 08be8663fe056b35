package io.github.multus4j.deploy.lambda;

import io.github.multus4j.deploy.http.Proxies;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * The two clients, made once. The SDK finds Region and credentials. An endpoint on a loopback
 * address is an emulator: missing settings get invented values, so that an event can be tried
 * without an account.
 *
 * <p>The SDK's own retries need no setting here: {@link io.github.multus4j.aws.AwsEc2Network}
 * switches them off for its calls.
 */
record AwsClients(Ec2Client ec2, AutoScalingClient autoScaling) implements AutoCloseable {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    /**
     * @param region its code; null for the one that the SDK finds
     * @param endpoint where all calls go; null for AWS, or for the value of
     *     {@code AWS_ENDPOINT_URL}
     * @throws software.amazon.awssdk.core.exception.SdkClientException if there is no Region
     */
    static AwsClients of(Map<String, String> environment, @Nullable String region, @Nullable URI endpoint) {
        return of(environment, region, endpoint, Map.of());
    }

    /**
     * Clients for a few calls before the process is frozen. Their connections are closed, because
     * they would be dead after the restore.
     */
    static AwsClients forOnce(Map<String, String> environment, @Nullable URI endpoint) {
        return of(environment, null, endpoint, Map.of("Connection", List.of("close")));
    }

    private static AwsClients of(
            Map<String, String> environment,
            @Nullable String region,
            @Nullable URI endpoint,
            Map<String, List<String>> headers) {
        boolean emulator = endpoint != null
                && endpoint.getHost() != null
                && LOOPBACK.matcher(endpoint.getHost()).matches();
        String place = region == null && emulator ? "us-east-1" : region;
        boolean keyless = emulator && !environment.containsKey("AWS_ACCESS_KEY_ID");
        // The problems are reported with the configuration.
        Proxies proxies = Proxies.fromEnvironment(environment, problem -> {});
        return new AwsClients(
                configure(Ec2Client.builder(), place, endpoint, keyless, headers, proxies)
                        .build(),
                configure(AutoScalingClient.builder(), place, endpoint, keyless, headers, proxies)
                        .build());
    }

    private static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(
            B builder,
            @Nullable String region,
            @Nullable URI endpoint,
            boolean keyless,
            Map<String, List<String>> headers,
            Proxies proxies) {
        builder.httpClientBuilder(proxies.clientBuilder());
        builder.overrideConfiguration(configuration -> configuration.headers(headers));
        if (region != null) {
            builder.region(Region.of(region));
        }
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        if (keyless) {
            builder.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
        }
        return builder;
    }

    @Override
    public void close() {
        ec2.close();
        autoScaling.close();
    }
}
