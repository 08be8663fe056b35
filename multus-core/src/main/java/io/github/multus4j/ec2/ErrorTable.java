package io.github.multus4j.ec2;

import static io.github.multus4j.ec2.Ec2Exception.Kind.ADDRESS_IN_USE;
import static io.github.multus4j.ec2.Ec2Exception.Kind.ADDRESS_NOT_ASSIGNED;
import static io.github.multus4j.ec2.Ec2Exception.Kind.ADDRESS_UNUSABLE;
import static io.github.multus4j.ec2.Ec2Exception.Kind.BUSY;
import static io.github.multus4j.ec2.Ec2Exception.Kind.CLOCK_SKEWED;
import static io.github.multus4j.ec2.Ec2Exception.Kind.DENIED;
import static io.github.multus4j.ec2.Ec2Exception.Kind.INDEX_TAKEN;
import static io.github.multus4j.ec2.Ec2Exception.Kind.INSTANCE_NOT_READY;
import static io.github.multus4j.ec2.Ec2Exception.Kind.INVALID;
import static io.github.multus4j.ec2.Ec2Exception.Kind.LIMIT_REACHED;
import static io.github.multus4j.ec2.Ec2Exception.Kind.LISTING_EXPIRED;
import static io.github.multus4j.ec2.Ec2Exception.Kind.NOT_FOUND;
import static io.github.multus4j.ec2.Ec2Exception.Kind.OUTCOME_UNKNOWN;
import static io.github.multus4j.ec2.Ec2Exception.Kind.SUBNET_FULL;
import static io.github.multus4j.ec2.Ec2Exception.Kind.THROTTLED;
import static io.github.multus4j.ec2.Ec2Exception.Kind.TOKEN_MISMATCH;
import static io.github.multus4j.ec2.Ec2Exception.Kind.UNAVAILABLE;

import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.net.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The meaning of errors of EC2, of EC2 Auto Scaling and of the client: the one place where error
 * codes are read. An error is looked up by action, code, message and HTTP status; the first
 * matching row gives its {@link Kind}. The code alone does not tell: {@code InvalidParameterValue}
 * has at least six meanings.
 *
 * <p>Unknown errors match the last rows: an unknown 5xx may have had an effect, an unknown 4xx is a
 * permanent refusal. A missing code can be added in front, without waiting for a release:
 *
 * <pre>{@code
 * ErrorTable.standard().with(Row.of("NewThrottlingCode", Kind.THROTTLED, "seen 2030-01-01"))
 * }</pre>
 *
 * Immutable, so thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html">EC2
 *     error codes</a>
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/CommonErrors.html">EC2
 *     Auto Scaling common errors</a>
 */
public final class ErrorTable {

    private static final String DESCRIBE = "DescribeNetworkInterfaces";
    private static final String ATTACH = "AttachNetworkInterface";
    private static final String DETACH = "DetachNetworkInterface";
    private static final String DELETE = "DeleteNetworkInterface";
    private static final String ASSIGN = "AssignPrivateIpAddresses";
    private static final String COMPLETE = "CompleteLifecycleAction";
    private static final String HEARTBEAT = "RecordLifecycleActionHeartbeat";
    private static final String ANY = "";

    private static final String EC2 = "EC2 API reference, Error codes";
    private static final String ASG = "EC2 Auto Scaling API reference";
    private static final String SDK = "AWS SDK for Java, AwsErrorCode";
    private static final String CLIENT = "this library's name of the client's failure";

    /** A word that may be an address: no block, and not the end of a sentence. */
    private static final Pattern ADDRESS = Pattern.compile("(?<![\\w.:/])([0-9A-Fa-f:.]*[0-9A-Fa-f:])(?![\\w:/])");

    /**
     * Call, code, message, meaning, evidence. Read from the top; the first match counts.
     * {@code unsure} rows have one meaning for reads and another for changes. A {@code guard} is a
     * plausible message that was never seen in this form.
     */
    private static final ErrorTable STANDARD = new ErrorTable(List.of(
            // Too many calls: nothing happened.
            row(ANY, "RequestLimitExceeded", ANY, THROTTLED, EC2),
            row(ANY, "EC2ThrottledException", ANY, THROTTLED, SDK),
            row(ANY, "Throttling", ANY, THROTTLED, ASG + "; " + SDK),
            row(ANY, "ThrottlingException", ANY, THROTTLED, SDK),
            row(ANY, "ThrottledException", ANY, THROTTLED, SDK),
            row(ANY, "RequestThrottled", ANY, THROTTLED, SDK),
            row(ANY, "RequestThrottledException", ANY, THROTTLED, SDK),
            row(ANY, "TooManyRequestsException", ANY, THROTTLED, SDK),
            row(ANY, "SlowDown", ANY, THROTTLED, SDK),
            row(ANY, "BandwidthLimitExceeded", ANY, THROTTLED, SDK),
            row(ANY, "PriorRequestNotComplete", ANY, THROTTLED, SDK),
            row(ANY, "ConcurrentTagAccess", ANY, THROTTLED, EC2),
            row(ANY, "ResourceContention", ANY, THROTTLED, ASG + ": a pending update of the resource; HTTP 500"),

            // EC2 failed: a changing call may have taken effect.
            unsure(ANY, "RequestTimeout", SDK),
            unsure(ANY, "RequestTimeoutException", SDK),
            unsure(ANY, "InternalError", EC2),
            unsure(ANY, "InternalFailure", EC2),
            unsure(ANY, "ServiceUnavailable", EC2),
            unsure(ANY, "Unavailable", EC2),

            // No answer at all.
            row(ANY, Unanswered.CONNECT_FAILED, ANY, UNAVAILABLE, CLIENT + ": nothing was sent"),
            row(ANY, Unanswered.UNTRUSTED, ANY, UNAVAILABLE, CLIENT + ": nothing was sent"),
            row(ANY, Unanswered.PROXY_REFUSED, "\\b40[137]\\b", DENIED, CLIENT + ": nothing was sent"),
            row(ANY, Unanswered.PROXY_REFUSED, ANY, UNAVAILABLE, CLIENT + ": nothing was sent"),
            row(ANY, Unanswered.CREDENTIALS_UNAVAILABLE, ANY, UNAVAILABLE, CLIENT + ": nothing was sent"),
            row(ANY, Unanswered.NOT_SENT, ANY, INVALID, CLIENT + ": the client's configuration"),
            row(ANY, Unanswered.DEADLINE_PASSED, ANY, UNAVAILABLE, CLIENT + ": nothing was sent"),
            row(ANY, Unanswered.CALL_TIMED_OUT, ANY, OUTCOME_UNKNOWN, CLIENT + ": ApiCallTimeoutException"),
            row(ANY, Unanswered.CONNECTION_BROKEN, ANY, OUTCOME_UNKNOWN, CLIENT + ": read time-out or reset"),
            row(ANY, Unanswered.INTERRUPTED, ANY, OUTCOME_UNKNOWN, CLIENT + ": AbortedException"),
            row(ANY, Unanswered.NO_CREDENTIALS, ANY, DENIED, CLIENT + ": the credentials providers' message"),
            row(ANY, Unanswered.CREDENTIALS_MODULE_MISSING, ANY, DENIED, CLIENT + ": the class path"),
            unsure(ANY, Unanswered.UNREADABLE_ANSWER, CLIENT + ": a success that is not EC2's"),
            row(ANY, Unanswered.CLIENT_FAILED, ANY, OUTCOME_UNKNOWN, CLIENT + ": any other SdkClientException"),

            // The clock. (The SDK corrects its offset after such an answer.)
            row(ANY, "RequestTimeTooSkewed", ANY, CLOCK_SKEWED, SDK),
            row(ANY, "RequestExpired", ANY, CLOCK_SKEWED, EC2),
            row(ANY, "RequestInTheFuture", ANY, CLOCK_SKEWED, SDK),
            row(ANY, "SignatureDoesNotMatch", "not yet current|signature expired", CLOCK_SKEWED, SDK),
            row(ANY, "InvalidSignatureException", "not yet current|signature expired", CLOCK_SKEWED, SDK),

            // The address.
            row(ANY, "InvalidIPAddress.InUse", ANY, ADDRESS_IN_USE, EC2 + "; pulumi-aws#2169"),
            row(ANY, "Resource.AlreadyAssigned", ANY, ADDRESS_IN_USE, EC2),
            row(ANY, "InvalidParameterValue", "move is not allowed", ADDRESS_IN_USE, "ansible ec2_eni, EXAMPLES"),
            row(ANY, "InvalidParameterValue", "address.* already (in use|assigned)", ADDRESS_IN_USE, "guard"),
            row(ANY, "InvalidParameterValue", "not fall within the subnet", ADDRESS_UNUSABLE, "terraform-cassandra#18"),
            row(ANY, "InvalidParameterValue", "value for parameter address", ADDRESS_UNUSABLE, "terraform#18764"),
            row(ASSIGN, "InvalidParameterValue", "secondary-addresses", ADDRESS_UNUSABLE, "aws-sdk-go#2864"),
            row(
                    ANY,
                    "InvalidParameterValue",
                    "not assigned to interface",
                    ADDRESS_NOT_ASSIGNED,
                    "titus-executor gc_v3.go"),

            // The subnet.
            row(ANY, "InsufficientFreeAddressesInSubnet", ANY, SUBNET_FULL, EC2),
            row(ANY, "InsufficientCidrBlocks", ANY, SUBNET_FULL, "amazon-vpc-cni-k8s#1836"),
            row(ANY, "InvalidParameterValue", "sufficient free ipv[46] addresses", SUBNET_FULL, "cilium#31016"),

            // The instance.
            row(ATTACH, "InvalidParameterValue", "interface attached at device", INDEX_TAKEN, "cilium#42512"),
            row(ANY, "IncorrectInstanceState", ANY, INSTANCE_NOT_READY, EC2),
            row(ATTACH, "IncorrectState", ANY, INSTANCE_NOT_READY, EC2),
            row(ATTACH, "InvalidParameterValue", "is not 'running'", INSTANCE_NOT_READY, "cilium pkg/aws/ipam/node.go"),

            // Limits. "RequestLimitExceeded" and "BandwidthLimitExceeded" are throttling, see
            // above.
            row(ANY, "FilterLimitExceeded", ANY, INVALID, EC2 + ": of the request"),
            row(ANY, "AttachmentLimitExceeded", ANY, LIMIT_REACHED, EC2 + "; cilium#15877"),
            row(ANY, "NetworkInterfaceLimitExceeded", ANY, LIMIT_REACHED, EC2),
            row(ANY, "ResourceLimitExceeded", ANY, LIMIT_REACHED, EC2),
            row(ANY, "PrivateIpAddressLimitExceeded", ANY, LIMIT_REACHED, EC2),
            row(ANY, "InvalidInterface.IpAddressLimitExceeded", ANY, LIMIT_REACHED, EC2),
            row(ANY, "SecurityGroupsPerInterfaceLimitExceeded", ANY, LIMIT_REACHED, EC2),
            row(ANY, "TagLimitExceeded", ANY, LIMIT_REACHED, EC2),
            row(ANY, "*LimitExceeded", ANY, LIMIT_REACHED, EC2 + ": the name's pattern"),

            // The interface is used, or changing.
            row(ANY, "InvalidNetworkInterface.InUse", ANY, BUSY, EC2 + "; fck-nat#43"),
            row(ANY, "InvalidParameterValue", "interface '[^']*' is currently in use", BUSY, "amazon-vpc-cni-k8s#1399"),
            row(DETACH, "IncorrectState", ANY, BUSY, EC2 + ": while attaching or detaching"),
            row(DELETE, "IncorrectState", ANY, BUSY, EC2 + ": while attaching or detaching"),

            // Missing, or not visible yet. For detaching and deleting that is success, for a
            // lifecycle action an answer.
            row(ANY, "InvalidNetworkInterfaceID.NotFound", ANY, NOT_FOUND, EC2 + "; terraform-provider-aws#35568"),
            row(ANY, "InvalidAttachmentID.NotFound", ANY, NOT_FOUND, EC2),
            row(ANY, "InvalidInstanceID.NotFound", ANY, NOT_FOUND, EC2),
            row(ANY, "InvalidGroup.NotFound", ANY, NOT_FOUND, EC2),
            row(ANY, "InvalidSecurityGroupID.NotFound", ANY, NOT_FOUND, EC2),
            row(ANY, "InvalidSubnetID.NotFound", ANY, NOT_FOUND, EC2),
            row(ANY, "InvalidVpcID.NotFound", ANY, NOT_FOUND, EC2),
            row(ANY, "InvalidID", ANY, NOT_FOUND, EC2 + ": tagging what does not exist"),
            row(ANY, "*.NotFound", ANY, NOT_FOUND, EC2 + ": the name's pattern"),
            row(COMPLETE, "ValidationError", "no active lifecycle action", NOT_FOUND, "va.gov-cms#1719"),
            row(HEARTBEAT, "ValidationError", "no active lifecycle action", NOT_FOUND, "aws-node-termination-handler"),

            // Client and page tokens.
            row(ANY, "IdempotentParameterMismatch", ANY, TOKEN_MISMATCH, EC2),
            row(ANY, "InvalidPaginationToken", ANY, LISTING_EXPIRED, EC2),
            row(ANY, "InvalidNextToken", ANY, LISTING_EXPIRED, EC2),
            row(ANY, "InvalidParameterValue", "pagination token|nexttoken", LISTING_EXPIRED, "guard"),

            // Permissions and the account.
            row(ANY, "UnauthorizedOperation", ANY, DENIED, EC2),
            row(ANY, "AuthFailure", ANY, DENIED, EC2),
            row(ANY, "AccessDenied", ANY, DENIED, ASG),
            row(ANY, "AccessDeniedException", ANY, DENIED, ASG),
            row(ANY, "NotAuthorized", ANY, DENIED, ASG),
            row(ANY, "OptInRequired", ANY, DENIED, EC2),
            row(ANY, "Blocked", ANY, DENIED, EC2),
            row(ANY, "PendingVerification", ANY, DENIED, EC2),
            row(DESCRIBE, "OperationNotPermitted", ANY, INVALID, "cilium pkg/aws/api: too large without pages"),
            row(ANY, "OperationNotPermitted", ANY, DENIED, EC2 + ": the primary interface, or a managed one"),
            row(ANY, "InvalidClientTokenId", ANY, DENIED, EC2 + ": the access key, not the client token"),
            row(ANY, "UnrecognizedClientException", ANY, DENIED, ASG),
            row(ANY, "MissingAuthenticationToken", ANY, DENIED, EC2),
            row(ANY, "IncompleteSignature", ANY, DENIED, EC2),
            row(ANY, "SignatureDoesNotMatch", ANY, DENIED, EC2),
            row(ANY, "InvalidSignatureException", ANY, DENIED, SDK),
            row(ANY, "ExpiredToken", ANY, DENIED, ASG),
            row(ANY, "ExpiredTokenException", ANY, DENIED, ASG),

            // The request is wrong. The last row would give the same result; frequent codes have
            // rows of their own.
            row(ANY, "InvalidSubnetID.Malformed", ANY, INVALID, EC2),
            row(ANY, "InvalidSubnet", ANY, INVALID, EC2),
            row(ANY, "InvalidParameter", "belong to different networks", INVALID, "karpenter pkg/errors"),
            row(ANY, "InvalidParameterValue", "belong to different networks", INVALID, "karpenter pkg/errors"),
            row(ANY, "InvalidParameter", ANY, INVALID, EC2),
            row(ANY, "InvalidParameterValue", ANY, INVALID, EC2),
            row(ANY, "InvalidParameterCombination", ANY, INVALID, EC2 + ": as two attributes in one modification"),
            row(ANY, "InvalidParameterDependency", ANY, INVALID, EC2),
            row(ANY, "MissingParameter", ANY, INVALID, EC2),
            row(ANY, "UnknownParameter", ANY, INVALID, EC2),
            row(ANY, "InvalidMaxResults", ANY, INVALID, EC2),
            row(ANY, "InvalidClientToken", ANY, INVALID, EC2 + ": too long, or not ASCII"),
            row(ANY, "InvalidTagKey.Malformed", ANY, INVALID, EC2),
            row(ANY, "Unsupported", ANY, INVALID, EC2),
            row(ANY, "UnsupportedOperation", ANY, INVALID, EC2 + "; terraform-provider-aws#44355"),
            row(ANY, "ValidationError", ANY, INVALID, ASG + ": as a wrong group or hook"),

            // By the HTTP status alone.
            row(ANY, ANY, ANY, THROTTLED, "RFC 6585, 4").status(429, 429),
            unsure(ANY, ANY, EC2 + ": server errors").status(500, 599),
            row(ANY, ANY, ANY, DENIED, "RFC 9110, 15.5: 401, 403; EC2's AuthFailure has 401")
                    .status(401, 401),
            row(ANY, ANY, ANY, DENIED, "RFC 9110, 15.5.4").status(403, 403),
            row(ANY, ANY, ANY, DENIED, "RFC 9110, 15.5.8: a proxy's").status(407, 407),
            row(ANY, ANY, ANY, INVALID, EC2 + ": client errors").status(400, 499),
            row(ANY, ANY, ANY, UNAVAILABLE, "EC2 sends no redirects, and the SDK follows none")
                    .status(300, 399),
            row(ANY, ANY, ANY, OUTCOME_UNKNOWN, "neither an answer of EC2 nor of its front")));

    /**
     * One row: the conditions for a match, and the meaning.
     *
     * @param action EC2's name of the call; empty for every call
     * @param code the error code; one that begins with {@code *} is compared by its end; empty for
     *     every code
     * @param message a regular expression that is found in the message, ignoring case; empty for
     *     every message
     * @param statusFrom the lowest HTTP status; 0 also matches if there was no answer
     * @param statusTo the highest HTTP status
     * @param onRead the meaning for a call that only reads
     * @param onChange the meaning for a call that changes something
     * @param evidence the documentation, or the place where it was seen
     */
    public record Row(
            String action,
            String code,
            String message,
            int statusFrom,
            int statusTo,
            Kind onRead,
            Kind onChange,
            String evidence) {

        /** Fails on a message that is no regular expression. */
        public Row {
            Pattern.compile(message);
        }

        /**
         * A row for that code, with any call, message and status.
         *
         * @param code the error code; one that begins with {@code *} is compared by its end
         * @param kind the meaning
         * @param evidence the documentation, or the place where it was seen
         */
        public static Row of(String code, Kind kind, String evidence) {
            return new Row(ANY, code, ANY, 0, 999, kind, kind, evidence);
        }

        /** This row, for that call only, such as {@code AttachNetworkInterface}. */
        public Row action(String name) {
            return new Row(name, code, message, statusFrom, statusTo, onRead, onChange, evidence);
        }

        /**
         * This row, only for messages that contain a match of that regular expression, ignoring
         * case.
         */
        public Row message(String pattern) {
            return new Row(action, code, pattern, statusFrom, statusTo, onRead, onChange, evidence);
        }

        /** This row, for answers only with an HTTP status in that range, both ends included. */
        public Row status(int from, int to) {
            return new Row(action, code, message, from, to, onRead, onChange, evidence);
        }

        boolean matches(String itsAction, String itsCode, String itsMessage, int itsStatus) {
            return (action.isEmpty() || action.equals(itsAction))
                    && (code.isEmpty()
                            || (code.startsWith("*") ? itsCode.endsWith(code.substring(1)) : code.equals(itsCode)))
                    && statusFrom <= itsStatus
                    && itsStatus <= statusTo
                    && (message.isEmpty()
                            || Pattern.compile(message, Pattern.CASE_INSENSITIVE)
                                    .matcher(itsMessage)
                                    .find());
        }
    }

    /**
     * Codes of this library for calls that EC2 did not answer. EC2 has none for them, and each HTTP
     * client words them its own way.
     */
    public static final class Unanswered {

        /** No connection to the host. */
        public static final String CONNECT_FAILED = "ConnectFailed";

        /** The host's certificate is not trusted, or was issued for another host. */
        public static final String UNTRUSTED = "UntrustedServer";

        /** A proxy did not open the tunnel to the host. */
        public static final String PROXY_REFUSED = "ProxyRefused";

        /** The deadline had passed before the request was sent. */
        public static final String DEADLINE_PASSED = "DeadlinePassed";

        /** The time limit of the attempt passed after the request may have been sent. */
        public static final String CALL_TIMED_OUT = "CallTimedOut";

        /** The connection ended before the answer did. */
        public static final String CONNECTION_BROKEN = "ConnectionBroken";

        /** The calling thread was interrupted. */
        public static final String INTERRUPTED = "Interrupted";

        /** There are no credentials. */
        public static final String NO_CREDENTIALS = "NoCredentials";

        /** The credentials exist, and the program lacks the client for them. */
        public static final String CREDENTIALS_MODULE_MISSING = "CredentialsModuleMissing";

        /** The source of the credentials did not answer; it may do so later. */
        public static final String CREDENTIALS_UNAVAILABLE = "CredentialsUnavailable";

        /** An answer with a status of success that is not EC2's. */
        public static final String UNREADABLE_ANSWER = "UnreadableAnswer";

        /** The client failed before it sent anything. */
        public static final String NOT_SENT = "NotSent";

        /** Any other failure of the client. */
        public static final String CLIENT_FAILED = "ClientFailed";

        private Unanswered() {}
    }

    private final List<Row> rows;

    private ErrorTable(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /** The table of this library. */
    public static ErrorTable standard() {
        return STANDARD;
    }

    /** This table with rows of your own in front, so that they count first. */
    public ErrorTable with(Row... first) {
        return new ErrorTable(Stream.concat(Stream.of(first), rows.stream()).toList());
    }

    /** The rows, in the order in which they are read. */
    public List<Row> rows() {
        return rows;
    }

    /** The first row that matches; the table's last row matches everything. */
    Row row(String action, String code, String message, int status) {
        for (Row row : rows) {
            if (row.matches(action, code, message, status)) {
                return row;
            }
        }
        throw new IllegalStateException("the last row must match everything");
    }

    /**
     * The meaning of an error.
     *
     * @param action EC2's name of the call
     * @param change whether the call changes something
     * @param code EC2's error code, or one of {@link Unanswered}
     * @param message EC2's message
     * @param status the HTTP status; 0 if there was no answer
     */
    public Kind kind(String action, boolean change, String code, String message, int status) {
        Row row = row(action, code, message, status);
        return change ? row.onChange() : row.onRead();
    }

    /**
     * The refused addresses in EC2's message; empty if the error is not about an address, or the
     * message names none.
     *
     * @param kind the meaning of the error
     * @param message EC2's message
     */
    public static List<IpAddress> addresses(Kind kind, String message) {
        if (kind != ADDRESS_IN_USE && kind != ADDRESS_UNUSABLE) {
            return List.of();
        }
        return ADDRESS.matcher(message)
                .results()
                .map(word -> word.group(1))
                .map(word -> IpAddress.tryParse(word).or(() -> IpAddress.tryParse(word.replaceAll(":$", ""))))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private static Row row(String action, String code, String message, Kind kind, String evidence) {
        return new Row(action, code, message, 0, 999, kind, kind, evidence);
    }

    /** No reliable answer: a read is repeated, a change needs a read first. */
    private static Row unsure(String action, String code, String evidence) {
        return new Row(action, code, ANY, 0, 999, UNAVAILABLE, OUTCOME_UNKNOWN, evidence);
    }
}
