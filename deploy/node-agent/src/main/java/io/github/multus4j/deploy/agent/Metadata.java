package io.github.multus4j.deploy.agent;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.imds.Ec2MetadataClient;
import software.amazon.awssdk.imds.Ec2MetadataClientException;
import software.amazon.awssdk.imds.Ec2MetadataRetryPolicy;

/**
 * The instance metadata of this instance. Only version 2 is used: each request carries a session
 * token, and without a token no request is made. The environment's proxies are never used: the
 * service is on this machine's link. Each request is made once, within seconds; the caller repeats
 * it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html">Instance
 *     Metadata Service Version 2</a>
 */
final class Metadata implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration READ = Duration.ofSeconds(2);
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final String DATA = "/latest/meta-data/";

    private final URI endpoint;
    private final SdkHttpClient http;
    private final Ec2MetadataClient client;

    Metadata(URI endpoint) {
        this.endpoint = endpoint;
        this.http = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(READ)
                .proxyConfiguration(ProxyConfiguration.builder()
                        .useSystemPropertyValues(false)
                        .useEnvironmentVariablesValues(false)
                        .build())
                .build();
        this.client = Ec2MetadataClient.builder()
                .endpoint(endpoint)
                .httpClient(http)
                .retryPolicy(Ec2MetadataRetryPolicy.none())
                .build();
    }

    /** @throws NoMetadataException if there is no answer, or none of version 2 */
    String instanceId() {
        return required("instance-id");
    }

    /** @throws NoMetadataException if there is no answer */
    String region() {
        return required("placement/region");
    }

    /**
     * The instance's tags with this prefix, by the rest of the key; none if the instance's metadata
     * options do not show tags.
     */
    Map<String, String> tags(String prefix) {
        Map<String, String> tags = new LinkedHashMap<>();
        find("tags/instance/")
                .ifPresent(keys -> keys.lines()
                        .filter(key -> key.startsWith(prefix))
                        .forEach(key -> find("tags/instance/" + key)
                                .ifPresent(value -> tags.put(key.substring(prefix.length()), value))));
        return tags;
    }

    /** Whether the instance has a role. At a node's first boot it may come some seconds late. */
    boolean hasRole() {
        return find("iam/security-credentials/").filter(role -> !role.isBlank()).isPresent();
    }

    /** The credentials of the instance's role, renewed when they run out. */
    AwsCredentialsProvider roleCredentials() {
        // Without a token, the SDK's provider would use version 1. The property has precedence over
        // environment and profiles.
        System.setProperty("aws.disableEc2MetadataV1", "true");
        return InstanceProfileCredentialsProvider.builder()
                .endpoint(endpoint.toString())
                .build();
    }

    private String required(String path) {
        try {
            return client.get(DATA + path).asString();
        } catch (SdkClientException e) {
            throw noAnswer(e);
        }
    }

    private Optional<String> find(String path) {
        try {
            return Optional.of(client.get(DATA + path).asString());
        } catch (SdkClientException e) {
            if (e instanceof Ec2MetadataClientException refusal && refusal.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw noAnswer(e);
        }
    }

    private NoMetadataException noAnswer(SdkClientException e) {
        String service = "the metadata service at " + endpoint;
        if (e instanceof Ec2MetadataClientException refusal) {
            // 404 may change later. Otherwise the service is switched off, has version 1 only, or
            // is too many hops away.
            return new NoMetadataException(
                    service + " refuses version 2: " + e.getMessage() + nextStep(refusal.statusCode()),
                    refusal.statusCode() == NOT_FOUND);
        }
        return new NoMetadataException(service + " does not answer: " + innermost(e), true);
    }

    private static String nextStep(int status) {
        return status == FORBIDDEN
                ? "; next: switch it on, `aws ec2 modify-instance-metadata-options --http-endpoint enabled`"
                : "";
    }

    private static String innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof RetryableException)) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    @Override
    public void close() {
        client.close();
        http.close();
    }
}
