package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Ec2Exception.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What EC2's error codes mean when a test asks for one by its code alone. */
final class FaultCodes {

    private static final Set<String> SERVER_SIDE =
            Set.of("InternalError", "InternalFailure", "ServiceUnavailable", "Unavailable", "ResourceContention");

    private static final Map<String, Kind> KINDS = new HashMap<>();

    static {
        put(Kind.THROTTLED, "RequestLimitExceeded", "EC2ThrottledException", "Throttling", "ThrottlingException");
        put(Kind.THROTTLED, "ThrottledException", "RequestThrottled", "RequestThrottledException", "SlowDown");
        put(Kind.THROTTLED, "TooManyRequestsException", "BandwidthLimitExceeded");
        put(Kind.OUTCOME_UNKNOWN, "InternalError", "InternalFailure", "RequestTimeout", "RequestTimeoutException");
        put(Kind.OUTCOME_UNKNOWN, "ServiceUnavailable", "Unavailable");
        put(Kind.UNAVAILABLE, "PriorRequestNotComplete", "ConcurrentTagAccess", "ResourceContention");
        put(Kind.CLOCK_SKEWED, "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture");
        put(Kind.DENIED, "UnauthorizedOperation", "AuthFailure", "OptInRequired", "Blocked", "PendingVerification");
        put(Kind.DENIED, "OperationNotPermitted", "AccessDenied");
        put(Kind.LIMIT_REACHED, "ResourceLimitExceeded", "PrivateIpAddressLimitExceeded");
        put(Kind.INSTANCE_NOT_READY, "IncorrectInstanceState");
        for (ConformanceRule rule : ConformanceRules.all()) {
            ConformanceRule.Row row = rule.row();
            if (row.isRefusal() && !row.code().startsWith("InvalidParameter")) {
                KINDS.putIfAbsent(row.code(), row.kind());
            }
        }
    }

    private FaultCodes() {}

    private static void put(Kind kind, String... codes) {
        for (String code : codes) {
            KINDS.put(code, kind);
        }
    }

    static Ec2Error error(String code, String message) {
        Kind kind = KINDS.getOrDefault(code, Kind.INVALID);
        int status = kind == Kind.THROTTLED ? 503 : SERVER_SIDE.contains(code) ? 500 : kind == Kind.DENIED ? 403 : 400;
        return new Ec2Error(code, message, status, kind, null);
    }
}
