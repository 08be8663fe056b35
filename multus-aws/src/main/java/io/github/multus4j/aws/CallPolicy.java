package io.github.multus4j.aws;

import io.github.multus4j.ec2.ErrorTable;
import io.github.multus4j.ec2.Sleeper;
import io.github.resilience4j.retry.RetryRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How calls are made and repeated. The defaults are for production; a test moves the clock by hand.
 * Immutable, and thread-safe if the clock, the sleeper and the random generator are.
 *
 * <p>Every HTTP request is one attempt. The SDK's own retries are switched off for each of our
 * calls, so that retries do not multiply; the client's configuration makes no difference. The time
 * between attempts is random, between zero and a bound that doubles with each attempt (<a
 * href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html">exponential
 * backoff with full jitter</a>): from 100 ms, or 500 ms when throttled, up to 20 s. Only the
 * deadline of the call limits the number of attempts: if a sleep would not end before the deadline,
 * the last error is thrown instead.
 */
public final class CallPolicy {

    /**
     * The name of the configuration, and the first part of the names of the retries, in a registry.
     */
    static final String RETRY_NAME = "multus4j";

    private static final CallPolicy DEFAULTS = builder().build();

    private final Clock clock;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final Duration attemptLimit;
    private final ErrorTable errors;
    private final @Nullable RetryRegistry retries;

    private CallPolicy(Builder builder) {
        this.clock = builder.clock;
        this.sleeper = builder.sleeper;
        this.random = builder.random;
        this.attemptLimit = builder.attemptLimit;
        this.errors = builder.errors;
        this.retries = builder.retries;
    }

    /** The system's clock, real sleep, 10 seconds for an attempt, the standard error table. */
    public static CallPolicy ofDefaults() {
        return DEFAULTS;
    }

    /** A builder that starts with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    Clock clock() {
        return clock;
    }

    Sleeper sleeper() {
        return sleeper;
    }

    RandomGenerator random() {
        return random;
    }

    Duration attemptLimit() {
        return attemptLimit;
    }

    ErrorTable errors() {
        return errors;
    }

    @Nullable
    RetryRegistry retries() {
        return retries;
    }

    /** Builds a {@link CallPolicy}. Not thread-safe. */
    public static final class Builder {

        private Clock clock = Clock.systemUTC();
        private Sleeper sleeper = Sleeper.SYSTEM;
        private RandomGenerator random = new SecureRandom();
        private Duration attemptLimit = Duration.ofSeconds(10);
        private ErrorTable errors = ErrorTable.standard();
        private @Nullable RetryRegistry retries;

        private Builder() {}

        /** The clock by which deadlines are read; the system's by default. */
        public Builder clock(Clock value) {
            this.clock = value;
            return this;
        }

        /** The sleeper between attempts; {@link Sleeper#SYSTEM} by default. */
        public Builder sleeper(Sleeper value) {
            this.sleeper = value;
            return this;
        }

        /**
         * The source of jitter. Several threads use it at once. The default is the system's
         * generator: other generators continue from the same number in all processes that are
         * restored from one snapshot, as with Lambda's <a
         * href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html">SnapStart</a>,
         * and those processes would wait in step.
         */
        public Builder random(RandomGenerator value) {
            this.random = value;
            return this;
        }

        /**
         * The longest time of one attempt, connecting and signing included; 10 seconds by default.
         * Less if the deadline is nearer.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder attemptLimit(Duration value) {
            if (value.isZero() || value.isNegative()) {
                throw new IllegalArgumentException("attemptLimit must be positive: " + value);
            }
            this.attemptLimit = value;
            return this;
        }

        /** The meaning of errors; {@link ErrorTable#standard()} by default. */
        public Builder errors(ErrorTable value) {
            this.errors = value;
            return this;
        }

        /**
         * A registry that gets the retries of all calls, such as {@code
         * multus4j.CreateNetworkInterface}, and with them their events and metrics; without one
         * they are not seen. If it has a configuration named {@code multus4j}, that one chooses the
         * number of attempts, the intervals and, by its exception predicate, errors that are not
         * repeated. It cannot make a call go on beyond its deadline, nor repeat a change that may
         * have taken effect. The registry's default configuration is not used: it ends after three
         * attempts.
         */
        public Builder retries(RetryRegistry value) {
            this.retries = value;
            return this;
        }

        /** The policy. */
        public CallPolicy build() {
            return new CallPolicy(this);
        }
    }
}
