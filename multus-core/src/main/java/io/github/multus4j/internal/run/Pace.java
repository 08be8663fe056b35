package io.github.multus4j.internal.run;

import io.github.multus4j.ec2.CallRates;
import io.github.multus4j.ec2.CallRates.TokenBucket;
import io.github.multus4j.internal.limits.Timing;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * Keeps the runs of one process together within the rates at which EC2 lets the account make calls: what would be throttled waits instead, and takes no
 * token from others. Thread-safe.
 */
public final class Pace {

    /** The calls that each have a bucket of their own. */
    public enum Call {
        CREATE,
        ATTACH,
        MODIFY
    }

    private final CallRates rates;

    private final Map<Call, TokenBucket> buckets = new EnumMap<>(Call.class);

    public Pace(CallRates rates) {
        this.rates = rates;
    }

    /** Takes a token, and says from when on there is one. */
    synchronized Instant take(Call call, Instant now) {
        TokenBucket bucket = buckets.getOrDefault(call, bucket(call).full(now)).take(1, now);
        buckets.put(call, bucket);
        Instant there = bucket.given().plus(Timing.PACE_SLACK);
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
