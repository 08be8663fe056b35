package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Credentials providers of users that throw, answer wrongly, or hang. */
class GuardedCredentialsTest {

    private final CannedEndpoint endpoint = new CannedEndpoint();
    private final VirtualTime time = new VirtualTime();
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void stop() {
        over.countDown();
        endpoint.close();
    }

    @Test
    void provider_throws_isDeniedWithItsMessage() {
        Ec2Exception e = fails(() -> {
            throw new IllegalStateException("the vault is\nsealed");
        });

        assertThat(e.kind()).isEqualTo(Kind.DENIED);
        assertThat(e.code()).isEqualTo("NoCredentials");
        assertThat(e.getMessage())
                .startsWith("DescribeSubnets: NoCredentials: the credentials provider ")
                .contains("GuardedCredentialsTest", "IllegalStateException: the vault is sealed", "; next: ");
        assertThat(time.sleeps).isEmpty();
    }

    @Test
    void provider_chainWithoutCredentials_isDenied() {
        Ec2Exception e = fails(() -> {
            throw SdkClientException.create("Unable to load credentials from any of the providers in the chain");
        });

        assertThat(e.kind()).isEqualTo(Kind.DENIED);
        assertThat(e.getMessage()).contains("Unable to load credentials", "role");
    }

    @Test
    void provider_answersNull_isDenied() {
        Ec2Exception e = fails(() -> null);

        assertThat(e.kind()).isEqualTo(Kind.DENIED);
        assertThat(e.getMessage()).contains("gave null");
    }

    @Test
    void provider_networkFailure_isRepeated() {
        AtomicInteger asked = new AtomicInteger();
        endpoint.ec2("DescribeSubnets", "<subnetSet/>");
        AwsCredentialsProvider late = () -> {
            if (asked.incrementAndGet() < 3) {
                throw new UncheckedIOException(new IOException("metadata service: Connection refused"));
            }
            return AwsBasicCredentials.create("key", "secret");
        };

        try (Ec2Client client = client(late)) {
            assertThat(AwsEc2Network.over(client, time.policy())
                            .describeSubnets(List.of(), time.in(Duration.ofMinutes(1))))
                    .isEmpty();
        }
        assertThat(time.sleeps).hasSize(2);
    }

    @Test
    void provider_failsLater_isNamed() {
        Ec2Exception e = failsWith(new IdentityProvider<AwsCredentialsIdentity>() {
            @Override
            public Class<AwsCredentialsIdentity> identityType() {
                return AwsCredentialsIdentity.class;
            }

            @Override
            public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
                return CompletableFuture.failedFuture(new IllegalArgumentException("no such profile: prod"));
            }
        });

        assertThat(e.kind()).isEqualTo(Kind.DENIED);
        assertThat(e.getMessage()).contains("IllegalArgumentException: no such profile: prod");
    }

    @Test
    void provider_hangs_endsByTheDeadline() {
        long start = System.nanoTime();

        try (Ec2Client client = client(() -> {
            while (over.getCount() > 0) {
                LockSupport.parkNanos(1_000_000);
            }
            return null;
        })) {
            AwsEc2Network ec2 = AwsEc2Network.over(client);
            Deadline deadline = Deadline.in(Duration.ofMillis(500), Clock.systemUTC());
            Ec2Exception e = catchThrowableOfType(Ec2Exception.class, () -> ec2.describeSubnets(List.of(), deadline));

            assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(e.getMessage()).contains("credentials provider", "gave no answer in");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void provider_slow_countsForTheCallsTime() {
        endpoint.silence();
        long start = System.nanoTime();

        try (Ec2Client client = client(() -> {
            LockSupport.parkNanos(400_000_000);
            return AwsBasicCredentials.create("key", "secret");
        })) {
            AwsEc2Network ec2 = AwsEc2Network.over(
                    client,
                    time.policyBuilder().attemptLimit(Duration.ofMillis(500)).build());
            Ec2Exception e = catchThrowableOfType(
                    Ec2Exception.class, () -> ec2.deleteNetworkInterface("eni-1", time.in(Duration.ofMinutes(1))));

            assertThat(e.code()).isEqualTo("CallTimedOut");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(890));
    }

    private Ec2Exception fails(AwsCredentialsProvider provider) {
        return failsWith(provider);
    }

    private Ec2Exception failsWith(IdentityProvider<AwsCredentialsIdentity> provider) {
        try (Ec2Client client =
                endpoint.ec2ClientBuilder().credentialsProvider(provider).build()) {
            AwsEc2Network ec2 = AwsEc2Network.over(client, time.policy());
            return catchThrowableOfType(
                    Ec2Exception.class, () -> ec2.describeSubnets(List.of(), time.in(Duration.ofMinutes(1))));
        }
    }

    private Ec2Client client(AwsCredentialsProvider provider) {
        return endpoint.ec2ClientBuilder().credentialsProvider(provider).build();
    }
}
