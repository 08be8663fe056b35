package io.github.multus4j.internal.run;

import io.github.multus4j.ec2.CallRates;
import java.time.Duration;
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

    /** Calls do not reach EC2 as far apart as they were sent. */
    private static final Duration SLACK = Duration.ofMillis(500);

    private final CallRates rates;

    /** When each bucket will be full again if nobody makes another call; absent until somebody does. */
    private final Map<Call, Instant> full = new EnumMap<>(Call.class);

    public Pace(CallRates rates) {
        this.rates = rates;
    }

    /** Takes a token, and says from when on there is one. */
    synchronized Instant take(Call call, Instant now) {
        CallRates.Bucket bucket = bucket(call);
        Instant before = full.getOrDefault(call, now);
        Instant after = (before.isAfter(now) ? before : now).plus(bucket.refilling(1));
        full.put(call, after);
        Instant there = after.minus(bucket.refilling(bucket.size())).plus(SLACK);
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
