package io.github.multus4j.result;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.internal.limits.Timing;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The scope and the limits of a sweep. A value: {@code SweepScope.vpc("vpc-1").atMost(10)}.
 *
 * @param vpcId the VPC; null for the whole Region of the client
 * @param looksApart the time between the first and the second scan. A change in between is left for
 *     the next sweep
 * @param atMost the most interfaces that a sweep removes, and the most nodes that it mends
 */
public record SweepScope(@Nullable String vpcId, Duration looksApart, int atMost) {

    public SweepScope {
        if (looksApart.isNegative() || looksApart.isZero()) {
            throw new IllegalArgumentException("looks must be apart: " + looksApart);
        }
        if (atMost < 1) {
            throw new IllegalArgumentException("a sweep of at most " + atMost + " does nothing: use a dry run");
        }
    }

    /** One VPC; two scans a minute apart, at most 50 removals and 50 nodes. */
    public static SweepScope vpc(String vpcId) {
        return new SweepScope(vpcId, Timing.SWEEP_LOOKS_APART, Timing.SWEEP_REPAIRS);
    }

    /** The whole Region; two scans a minute apart, at most 50 removals and 50 nodes. */
    public static SweepScope region() {
        return new SweepScope(null, Timing.SWEEP_LOOKS_APART, Timing.SWEEP_REPAIRS);
    }

    /** The same, with this time between the scans. */
    public SweepScope looksApart(Duration duration) {
        return new SweepScope(vpcId, duration, atMost);
    }

    /** The same, with at most so many removals, and at most so many mended nodes. */
    public SweepScope atMost(int count) {
        return new SweepScope(vpcId, looksApart, count);
    }

    /** These filters, and the VPC. */
    public List<Filter> with(Filter... filters) {
        return Stream.concat(Stream.of(filters), Stream.ofNullable(vpcId).map(id -> Filter.of("vpc-id", id)))
                .toList();
    }

    /** {@code vpc-1}, or {@code the Region}. */
    @Override
    public String toString() {
        return vpcId == null ? "the Region" : vpcId;
    }
}
