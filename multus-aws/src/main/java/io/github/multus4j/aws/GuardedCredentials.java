package io.github.multus4j.aws;

import io.github.multus4j.ec2.ErrorTable.Unanswered;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

/**
 * The client's credentials provider, which may throw, answer null, or hang. The SDK asks it before
 * its own time-out begins, so it is asked here on a separate thread, for a limited time.
 */
final class GuardedCredentials implements IdentityProvider<AwsCredentialsIdentity> {

    /**
     * The SDK's message for a profile with a role or SSO, and for a web identity: their clients are
     * separate modules.
     */
    private static final Pattern MODULE = Pattern.compile("'(\\w+)' service module must be on the class path");

    /**
     * A chain without credentials: it lists all providers and profiles, and then the answer of each
     * provider.
     */
    private static final Pattern CHAIN = Pattern.compile(
            "^Unable to load credentials from any of the providers in the chain .*?\\) : \\[(.*)]", Pattern.DOTALL);

    /** All profiles once more. */
    private static final Pattern PROFILES =
            Pattern.compile("(, profileFile=|: )ProfileFile\\(.*?]\\)(?=\\)|, \\w+Provider\\(|$)", Pattern.DOTALL);

    private final IdentityProvider<? extends AwsCredentialsIdentity> provider;
    private final Duration limit;
    private final ExecutorService threads;

    GuardedCredentials(
            IdentityProvider<? extends AwsCredentialsIdentity> provider, Duration limit, ExecutorService threads) {
        this.provider = provider;
        this.limit = limit;
        this.threads = threads;
    }

    @Override
    public Class<AwsCredentialsIdentity> identityType() {
        return AwsCredentialsIdentity.class;
    }

    /** Answers with a completed future, or throws {@link Failure}. */
    @Override
    public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
        Future<? extends @Nullable AwsCredentialsIdentity> answer =
                threads.submit(() -> provider.resolveIdentity(request).get());
        try {
            AwsCredentialsIdentity identity = answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (identity == null) {
                throw new Failure(Unanswered.NO_CREDENTIALS, "the credentials provider " + name() + " gave null", null);
            }
            return CompletableFuture.completedFuture(identity);
        } catch (ExecutionException e) {
            Throwable cause = unwrapped(e);
            Matcher module = MODULE.matcher(String.valueOf(cause.getMessage()));
            if (module.find()) {
                throw new Failure(
                        Unanswered.CREDENTIALS_MODULE_MISSING,
                        "the profile, or the web identity, needs the AWS SDK's module '" + module.group(1)
                                + "', which is not on the class path",
                        cause);
            }
            throw new Failure(
                    mayHeal(cause) ? Unanswered.CREDENTIALS_UNAVAILABLE : Unanswered.NO_CREDENTIALS,
                    "the credentials provider " + name() + " failed: " + said(cause),
                    cause);
        } catch (TimeoutException e) {
            throw new Failure(
                    Unanswered.CREDENTIALS_UNAVAILABLE,
                    "the credentials provider " + name() + " gave no answer in " + limit.toMillis() + " ms",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Unanswered.INTERRUPTED, "interrupted while it waited for credentials", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static Throwable unwrapped(ExecutionException e) {
        Throwable cause = e;
        while (cause instanceof ExecutionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /**
     * A network or a service that does not answer now may answer later. A provider that has no
     * credentials will not.
     */
    private static boolean mayHeal(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(20)
                .anyMatch(cause -> cause instanceof IOException
                        || (cause instanceof SdkServiceException service
                                && (service.statusCode() >= 500 || service.isThrottlingException())));
    }

    private static String said(Throwable failure) {
        Matcher chain = CHAIN.matcher(String.valueOf(failure.getMessage()));
        if (chain.find()) {
            return OneLine.of("Unable to load credentials: "
                    + PROFILES.matcher(chain.group(1)).replaceAll(""));
        }
        String own = OneLine.of(failure.getClass().getSimpleName() + ": " + failure.getMessage());
        String root = OneLine.rootOf(failure);
        return own.endsWith(root) || own.contains(root) ? own : own + ", because of " + root;
    }

    /** A lambda's class has a number behind a slash that says nothing. */
    private String name() {
        return provider.getClass().getName().replaceFirst("/0x.*", "");
    }

    /** Why there are no credentials; nothing was sent. */
    static final class Failure extends RuntimeException {

        private final String code;

        Failure(String code, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.code = code;
        }

        String code() {
            return code;
        }
    }
}
