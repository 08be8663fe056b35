package io.github.multus4j.internal.run;

import io.github.multus4j.ec2.CallRates;
import io.github.multus4j.ec2.CallRates.TokenBucket;
import io.github.multus4j.internal.limits.Timing;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * A rate limiter: keeps all runs of one process within EC2's rates for the account. A call waits
 * instead of being throttled, and takes no token from others. Thread-safe.
 */
public final class RateLimiter {

    /** The calls with a token bucket of their own. */
    public enum Call {
        CREATE,
        ATTACH,
        MODIFY
    }

    private final CallRates rates;

    private final Map<Call, TokenBucket> buckets = new EnumMap<>(Call.class);

    public RateLimiter(CallRates rates) {
        this.rates = rates;
    }

    /** Takes a token, and returns the time from which there is one. */
    synchronized Instant take(Call call, Instant now) {
        TokenBucket bucket = buckets.getOrDefault(call, bucket(call).full(now)).take(1, now);
        buckets.put(call, bucket);
        Instant there = bucket.given().plus(Timing.RATE_MARGIN);
        return there.isAfter(now) ? there : now;
    }

    private CallRates.Bucket bucket(Call call) {
        return switch (call) {
            case CREATE -> rates.create();
            case ATTACH -> rates.attach();
            case MODIFY -> rates.modify();
        };
    }
}
