package io.github.multus4j.ec2;

import java.time.Duration;

/**
 * How fast EC2 lets an account make the calls that change interfaces: a bucket of tokens for each of them, in each Region.
 *
 * @param create of CreateNetworkInterface
 * @param attach of AttachNetworkInterface
 * @param modify of ModifyNetworkInterfaceAttribute
 * @see <a href="https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html">Request throttling for the Amazon EC2 API</a>
 */
public record CallRates(Bucket create, Bucket attach, Bucket modify) {

    /**
     * A bucket of tokens. Each call takes one.
     *
     * @param size how many it holds when it is full
     * @param perSecond how many come back in a second
     */
    public record Bucket(int size, double perSecond) {

        public Bucket {
            if (size < 1 || !(perSecond > 0)) {
                throw new IllegalArgumentException("a bucket of " + size + " tokens, " + perSecond
                        + " a second: expected at least one token, and more than none a second");
            }
        }

        /** How long it takes until so many tokens have come back. */
        public Duration refilling(int tokens) {
            return Duration.ofNanos((long) (tokens / perSecond * 1e9));
        }
    }

    /** What every account has unless AWS has raised it. */
    public static CallRates ofDefaults() {
        return new CallRates(new Bucket(100, 5), new Bucket(50, 5), new Bucket(100, 5));
    }

    /** As many as one likes: nobody waits for a turn. */
    public static CallRates unlimited() {
        Bucket bottomless = new Bucket(Integer.MAX_VALUE, Integer.MAX_VALUE);
        return new CallRates(bottomless, bottomless, bottomless);
    }
}
