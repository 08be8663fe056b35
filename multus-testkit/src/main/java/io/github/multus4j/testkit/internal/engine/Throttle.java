package io.github.multus4j.testkit.internal.engine;

import io.github.multus4j.ec2.CallRates.Bucket;
import io.github.multus4j.ec2.CallRates.TokenBucket;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.Ec2Request;
import io.github.multus4j.testkit.internal.call.InstanceRequests.DescribeInstances;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DescribeNetworkInterfaces;
import io.github.multus4j.testkit.internal.rule.RequestRule;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * EC2's token buckets: one per action, and a separate one for an unfiltered listing of instances or
 * interfaces.
 */
final class Throttle {

    private static final Bucket READ = new Bucket(100, 20);
    private static final Bucket BARE_READ = new Bucket(50, 10);
    private static final Bucket CHANGE = new Bucket(50, 5);
    private static final Bucket INTERFACE_CHANGE = new Bucket(100, 5);
    private static final Bucket TAG_CHANGE = new Bucket(100, 10);
    private static final Bucket RESERVATION_CHANGE = new Bucket(5, 1);

    private final Clock clock;
    private final Map<String, TokenBucket> buckets = new HashMap<>();

    Throttle(Clock clock) {
        this.clock = clock;
    }

    /** Takes a token for the call, or refuses it. */
    synchronized void take(Ec2Request<?> request) {
        Action action = request.action();
        if (action.isAutoScaling()) {
            return;
        }
        boolean bare = isBare(request);
        String name = name(action, bare);
        Instant now = clock.instant();
        TokenBucket bucket = buckets.getOrDefault(name, bucket(action, bare).full(now));
        if (!bucket.holds(1, now)) {
            throw RequestRule.CALLS_OVER_RATE.error("Request limit exceeded.");
        }
        buckets.put(name, bucket.take(1, now));
    }

    /** Leaves the action without a token. */
    synchronized void drain(Action action) {
        if (action.isAutoScaling()) {
            throw new IllegalArgumentException(action + " is not throttled here: it is EC2 Auto Scaling's");
        }
        Instant now = clock.instant();
        for (boolean bare : List.of(false, true)) {
            buckets.put(name(action, bare), bucket(action, bare).full(now).empty(now));
        }
    }

    private static String name(Action action, boolean bare) {
        return action + (bare ? " unfiltered" : "");
    }

    private static boolean isBare(Ec2Request<?> request) {
        if (request instanceof DescribeInstances describe) {
            return describe.filters().isEmpty() && describe.page().maxResults() == null;
        }
        return request instanceof DescribeNetworkInterfaces describe
                && describe.filters().isEmpty()
                && describe.page().maxResults() == null;
    }

    private static Bucket bucket(Action action, boolean bare) {
        if (bare) {
            return BARE_READ;
        }
        return switch (action) {
            case CREATE_NETWORK_INTERFACE,
                    DELETE_NETWORK_INTERFACE,
                    MODIFY_NETWORK_INTERFACE_ATTRIBUTE,
                    ASSIGN_PRIVATE_IP_ADDRESSES,
                    UNASSIGN_PRIVATE_IP_ADDRESSES,
                    ASSIGN_IPV6_ADDRESSES -> INTERFACE_CHANGE;
            case CREATE_TAGS, DELETE_TAGS -> TAG_CHANGE;
            case CREATE_SUBNET_CIDR_RESERVATION -> RESERVATION_CHANGE;
            default -> action.isMutating() ? CHANGE : READ;
        };
    }
}
