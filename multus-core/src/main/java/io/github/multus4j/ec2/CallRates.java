package io.github.multus4j.ec2;

import java.time.Duration;
import java.time.Instant;

/**
 * The rates at which EC2 accepts an account's calls that change interfaces: a token bucket for each
 * of them, in each Region.
 *
 * @param create of CreateNetworkInterface
 * @param attach of AttachNetworkInterface
 * @param modify of ModifyNetworkInterfaceAttribute
 * @see <a href="https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html">Request
 *     throttling for the Amazon EC2 API</a>
 */
public record CallRates(Bucket create, Bucket attach, Bucket modify) {

    /**
     * A token bucket. Each call takes one token.
     *
     * @param size its capacity
     * @param perSecond the number of tokens that come back in a second
     */
    public record Bucket(int size, double perSecond) {

        public Bucket {
            if (size < 1 || !(perSecond > 0)) {
                throw new IllegalArgumentException("a bucket of " + size + " tokens, " + perSecond
                        + " a second: expected at least one token, and more than none a second");
            }
        }

        /** The time in which so many tokens come back. */
        Duration refilling(int tokens) {
            return Duration.ofNanos((long) (tokens / perSecond * 1e9));
        }

        /** The bucket, full at that time. */
        public TokenBucket full(Instant at) {
            return new TokenBucket(this, at);
        }
    }

    /**
     * A bucket and its tokens. Tokens may be taken before they are there: the bucket then owes
     * them, and gives them in the order of the calls ({@link #given}). Immutable.
     *
     * @param bucket its size and rate
     * @param full when it is full again if nobody takes another token
     */
    public record TokenBucket(Bucket bucket, Instant full) {

        /**
         * The bucket after so many tokens were taken from it at that time. Times do not decrease
         * from call to call.
         */
        public TokenBucket take(int tokens, Instant at) {
            return new TokenBucket(bucket, (full.isAfter(at) ? full : at).plus(bucket.refilling(tokens)));
        }

        /** The time by which the bucket has given the last token that was taken from it. */
        public Instant given() {
            return full.minus(bucket.refilling(bucket.size()));
        }

        /** Whether the bucket holds so many tokens at that time. */
        public boolean holds(int tokens, Instant at) {
            return !take(tokens, at).given().isAfter(at);
        }

        /** The bucket without a token at that time. */
        public TokenBucket empty(Instant at) {
            return bucket.full(at).take(bucket.size(), at);
        }
    }

    /** The rates of every account, unless AWS has raised them. */
    public static CallRates ofDefaults() {
        return new CallRates(new Bucket(100, 5), new Bucket(50, 5), new Bucket(100, 5));
    }

    /** No limit: no run waits for a turn. */
    public static CallRates unlimited() {
        Bucket bottomless = new Bucket(Integer.MAX_VALUE, Integer.MAX_VALUE);
        return new CallRates(bottomless, bottomless, bottomless);
    }
}
