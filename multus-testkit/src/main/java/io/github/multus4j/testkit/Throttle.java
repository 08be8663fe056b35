package io.github.multus4j.testkit;

import io.github.multus4j.testkit.InstanceRequests.DescribeInstances;
import io.github.multus4j.testkit.InterfaceRequests.DescribeNetworkInterfaces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** EC2's token buckets: one per action, that of a bare listing of instances or interfaces apart. */
final class Throttle {

    private record Size(double capacity, double refillPerSecond) {}

    private record Level(double tokens, Instant at) {}

    private static final Size READ = new Size(100, 20);
    private static final Size BARE_READ = new Size(50, 10);
    private static final Size CHANGE = new Size(50, 5);
    private static final Size INTERFACE_CHANGE = new Size(100, 5);
    private static final Size TAG_CHANGE = new Size(100, 10);
    private static final Size RESERVATION_CHANGE = new Size(5, 1);

    private final Clock clock;
    private final Map<String, Level> levels = new HashMap<>();

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
        Size size = bare ? BARE_READ : size(action);
        String bucket = bucket(action, bare);
        Instant now = clock.instant();
        Level before = levels.getOrDefault(bucket, new Level(size.capacity(), now));
        double seconds = Duration.between(before.at(), now).toNanos() / 1e9;
        double tokens = Math.min(size.capacity(), before.tokens() + seconds * size.refillPerSecond());
        boolean enough = tokens >= 1;
        levels.put(bucket, new Level(enough ? tokens - 1 : tokens, now));
        if (!enough) {
            throw RequestRule.CALLS_OVER_RATE.error("Request limit exceeded.");
        }
    }

    /** Leaves the action without a token. */
    synchronized void drain(Action action) {
        if (action.isAutoScaling()) {
            throw new IllegalArgumentException(action + " is not throttled here: it is EC2 Auto Scaling's");
        }
        Level empty = new Level(0, clock.instant());
        levels.put(bucket(action, false), empty);
        levels.put(bucket(action, true), empty);
    }

    private static String bucket(Action action, boolean bare) {
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

    private static Size size(Action action) {
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
