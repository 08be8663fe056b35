package io.github.multus4j.ec2;

import static io.github.multus4j.ec2.Ec2Exception.Kind.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.ErrorTable.Row;
import io.github.multus4j.net.IpAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ErrorTableTest {

    private static final ErrorTable TABLE = ErrorTable.standard();
    private static final String CREATE = "CreateNetworkInterface";
    private static final String ATTACH = "AttachNetworkInterface";
    private static final String DETACH = "DetachNetworkInterface";
    private static final String DELETE = "DeleteNetworkInterface";
    private static final String SUBNETS = "DescribeSubnets";
    private static final String COMPLETE = "CompleteLifecycleAction";

    /** An error of EC2, and its kind for a call that reads and for one that changes. */
    private record Example(String action, String code, String message, int status, Kind onRead, Kind onChange) {}

    @SuppressWarnings("unused") // The source of a test.
    private static final List<Example> EXAMPLES = List.of(
            example(CREATE, "RequestLimitExceeded", "Request limit exceeded.", 503, THROTTLED),
            example(CREATE, "EC2ThrottledException", "", 400, THROTTLED),
            example(COMPLETE, "Throttling", "Rate exceeded", 400, THROTTLED),
            example(CREATE, "ThrottlingException", "", 400, THROTTLED),
            example(CREATE, "ThrottledException", "", 400, THROTTLED),
            example(CREATE, "RequestThrottled", "", 400, THROTTLED),
            example(CREATE, "RequestThrottledException", "", 400, THROTTLED),
            example(CREATE, "TooManyRequestsException", "", 429, THROTTLED),
            example(CREATE, "SlowDown", "", 503, THROTTLED),
            example(CREATE, "BandwidthLimitExceeded", "", 503, THROTTLED),
            example(CREATE, "PriorRequestNotComplete", "", 400, THROTTLED),
            example("CreateTags", "ConcurrentTagAccess", "", 400, THROTTLED),
            example(COMPLETE, "ResourceContention", "", 500, THROTTLED),
            unsure("RequestTimeout", 400),
            unsure("RequestTimeoutException", 400),
            unsure("InternalError", 500),
            unsure("InternalFailure", 500),
            unsure("ServiceUnavailable", 503),
            unsure("Unavailable", 503),
            example(CREATE, "ConnectFailed", "Connection refused", 0, UNAVAILABLE),
            example(CREATE, "DeadlinePassed", "", 0, UNAVAILABLE),
            example(CREATE, "CallTimedOut", "", 0, OUTCOME_UNKNOWN),
            example(CREATE, "ConnectionBroken", "Connection reset", 0, OUTCOME_UNKNOWN),
            example(CREATE, "Interrupted", "", 0, OUTCOME_UNKNOWN),
            example(CREATE, "NoCredentials", "Unable to load credentials", 0, DENIED),
            example(CREATE, "CredentialsModuleMissing", "the AWS SDK's module 'sts'", 0, DENIED),
            example(CREATE, "CredentialsUnavailable", "no answer", 0, UNAVAILABLE),
            example(CREATE, "UntrustedServer", "PKIX path building failed", 0, UNAVAILABLE),
            example(CREATE, "ProxyRefused", "Proxy returns \"HTTP/1.1 407 Login\"", 0, DENIED),
            example(CREATE, "ProxyRefused", "Proxy returns \"HTTP/1.1 502 Bad Gateway\"", 0, UNAVAILABLE),
            example(CREATE, "NotSent", "", 0, INVALID),
            unsure("UnreadableAnswer", 0),
            example(CREATE, "ClientFailed", "", 0, OUTCOME_UNKNOWN),
            example(CREATE, "RequestTimeTooSkewed", "", 403, CLOCK_SKEWED),
            example(CREATE, "RequestExpired", "Request has expired.", 400, CLOCK_SKEWED),
            example(CREATE, "RequestInTheFuture", "", 400, CLOCK_SKEWED),
            example(CREATE, "SignatureDoesNotMatch", "Signature not yet current: 2026…", 403, CLOCK_SKEWED),
            example(
                    CREATE,
                    "InvalidSignatureException",
                    "Signature expired: 2026… is now earlier than",
                    403,
                    CLOCK_SKEWED),
            example(CREATE, "InvalidIPAddress.InUse", "The specified address is already in use.", 400, ADDRESS_IN_USE),
            example("AssignPrivateIpAddresses", "Resource.AlreadyAssigned", "", 400, ADDRESS_IN_USE),
            example(
                    "AssignPrivateIpAddresses",
                    "InvalidParameterValue",
                    "[10.0.1.5] assigned, but move is not allowed.",
                    400,
                    ADDRESS_IN_USE),
            example(
                    "AssignIpv6Addresses",
                    "InvalidParameterValue",
                    "Address 2001:db8::4 already assigned",
                    400,
                    ADDRESS_IN_USE),
            example(
                    CREATE,
                    "InvalidParameterValue",
                    "Address 10.9.9.9 does not fall within the subnet's address range",
                    400,
                    ADDRESS_UNUSABLE),
            example(
                    CREATE,
                    "InvalidParameterValue",
                    "invalid value for parameter address: []. Must be a valid IP",
                    400,
                    ADDRESS_UNUSABLE),
            example("AssignPrivateIpAddresses", "InvalidParameterValue", "secondary-addresses", 400, ADDRESS_UNUSABLE),
            example(
                    "UnassignPrivateIpAddresses",
                    "InvalidParameterValue",
                    "Some of the specified addresses are not assigned to interface eni-1",
                    400,
                    ADDRESS_NOT_ASSIGNED),
            example(
                    "UnassignIpv6Addresses",
                    "InvalidParameterValue",
                    "Some of the specified addresses are not assigned to interface eni-1",
                    400,
                    ADDRESS_NOT_ASSIGNED),
            example(CREATE, "InsufficientFreeAddressesInSubnet", "", 400, SUBNET_FULL),
            example(CREATE, "InsufficientCidrBlocks", "does not have enough free cidr blocks", 400, SUBNET_FULL),
            example(
                    ATTACH,
                    "InvalidParameterValue",
                    "There aren't sufficient free Ipv4 addresses or prefixes",
                    400,
                    SUBNET_FULL),
            example(
                    ATTACH,
                    "InvalidParameterValue",
                    "Instance 'i-1' already has an interface attached at device index '1'.",
                    400,
                    INDEX_TAKEN),
            example(ATTACH, "IncorrectInstanceState", "", 400, INSTANCE_NOT_READY),
            example(ATTACH, "IncorrectState", "Instance 'i-1' is not 'running'.", 400, INSTANCE_NOT_READY),
            example(ATTACH, "InvalidParameterValue", "Instance 'i-1' is not 'running'.", 400, INSTANCE_NOT_READY),
            example(
                    ATTACH,
                    "AttachmentLimitExceeded",
                    "Interface count 4 exceeds the limit for t3.medium",
                    400,
                    LIMIT_REACHED),
            example(CREATE, "NetworkInterfaceLimitExceeded", "", 400, LIMIT_REACHED),
            example(CREATE, "ResourceLimitExceeded", "", 400, LIMIT_REACHED),
            example(CREATE, "PrivateIpAddressLimitExceeded", "", 400, LIMIT_REACHED),
            example(CREATE, "InvalidInterface.IpAddressLimitExceeded", "", 400, LIMIT_REACHED),
            example(CREATE, "SecurityGroupsPerInterfaceLimitExceeded", "", 400, LIMIT_REACHED),
            example(CREATE, "TagLimitExceeded", "", 400, LIMIT_REACHED),
            example(SUBNETS, "FilterLimitExceeded", "", 400, INVALID),
            example(CREATE, "SomethingNewLimitExceeded", "", 400, LIMIT_REACHED),
            example(DELETE, "InvalidNetworkInterface.InUse", "Interface: [eni-1] in use.", 400, BUSY),
            example(DELETE, "InvalidParameterValue", "Network interface 'eni-1' is currently in use.", 400, BUSY),
            example(DETACH, "IncorrectState", "", 400, BUSY),
            example(DELETE, "IncorrectState", "", 400, BUSY),
            example(
                    ATTACH,
                    "InvalidNetworkInterfaceID.NotFound",
                    "The networkInterface ID 'eni-1' does not exist",
                    400,
                    NOT_FOUND),
            example(DETACH, "InvalidAttachmentID.NotFound", "", 400, NOT_FOUND),
            example(ATTACH, "InvalidInstanceID.NotFound", "", 400, NOT_FOUND),
            example(CREATE, "InvalidGroup.NotFound", "", 400, NOT_FOUND),
            example(CREATE, "InvalidSecurityGroupID.NotFound", "", 400, NOT_FOUND),
            example(CREATE, "InvalidSubnetID.NotFound", "", 400, NOT_FOUND),
            example(SUBNETS, "InvalidVpcID.NotFound", "", 400, NOT_FOUND),
            example("CreateTags", "InvalidID", "", 400, NOT_FOUND),
            example("DescribeNetworkInterfaces", "OperationNotPermitted", "", 400, INVALID),
            example(SUBNETS, "InvalidThing.NotFound", "", 400, NOT_FOUND),
            example(
                    COMPLETE,
                    "ValidationError",
                    "No active Lifecycle Action found with instance ID i-1",
                    400,
                    NOT_FOUND),
            example(
                    "RecordLifecycleActionHeartbeat",
                    "ValidationError",
                    "No active Lifecycle Action found with token 1",
                    400,
                    NOT_FOUND),
            example(CREATE, "IdempotentParameterMismatch", "", 400, TOKEN_MISMATCH),
            example(CREATE, "InvalidClientToken", "", 400, INVALID),
            example(SUBNETS, "InvalidPaginationToken", "", 400, LISTING_EXPIRED),
            example(SUBNETS, "InvalidNextToken", "", 400, LISTING_EXPIRED),
            example(SUBNETS, "InvalidParameterValue", "Unable to parse pagination token", 400, LISTING_EXPIRED),
            example(CREATE, "UnauthorizedOperation", "You are not authorized to perform this operation.", 403, DENIED),
            example(CREATE, "AuthFailure", "AWS was not able to validate the provided access credentials", 401, DENIED),
            example(COMPLETE, "AccessDenied", "", 403, DENIED),
            example(COMPLETE, "AccessDeniedException", "", 403, DENIED),
            example(COMPLETE, "NotAuthorized", "", 400, DENIED),
            example(CREATE, "OptInRequired", "", 401, DENIED),
            example(CREATE, "Blocked", "", 403, DENIED),
            example(CREATE, "PendingVerification", "", 400, DENIED),
            example(
                    DETACH,
                    "OperationNotPermitted",
                    "The network interface at device index 0 and networkCard index 0 cannot be detached.",
                    400,
                    DENIED),
            example(CREATE, "InvalidClientTokenId", "", 403, DENIED),
            example(CREATE, "UnrecognizedClientException", "", 400, DENIED),
            example(CREATE, "MissingAuthenticationToken", "", 403, DENIED),
            example(CREATE, "IncompleteSignature", "", 400, DENIED),
            example(CREATE, "SignatureDoesNotMatch", "The request signature we calculated does not match", 403, DENIED),
            example(
                    CREATE,
                    "InvalidSignatureException",
                    "The request signature we calculated does not match",
                    403,
                    DENIED),
            example(COMPLETE, "ExpiredToken", "", 403, DENIED),
            example(COMPLETE, "ExpiredTokenException", "", 403, DENIED),
            example(CREATE, "InvalidSubnetID.Malformed", "", 400, INVALID),
            example(CREATE, "InvalidSubnet", "", 400, INVALID),
            example(
                    CREATE,
                    "InvalidParameter",
                    "You have specified two resources that belong to different networks.",
                    400,
                    INVALID),
            example(CREATE, "InvalidParameterValue", "sg-1 and subnet-1 belong to different networks.", 400, INVALID),
            example(CREATE, "InvalidParameter", "", 400, INVALID),
            example(
                    ATTACH,
                    "InvalidParameterValue",
                    "You may not attach a network interface to an instance if they are not in the same availability zone",
                    400,
                    INVALID),
            example("ModifyNetworkInterfaceAttribute", "InvalidParameterCombination", "", 400, INVALID),
            example(CREATE, "InvalidParameterDependency", "", 400, INVALID),
            example(CREATE, "MissingParameter", "", 400, INVALID),
            example(CREATE, "UnknownParameter", "", 400, INVALID),
            example(SUBNETS, "InvalidMaxResults", "", 400, INVALID),
            example(CREATE, "InvalidTagKey.Malformed", "", 400, INVALID),
            example(ATTACH, "Unsupported", "", 400, INVALID),
            example(ATTACH, "UnsupportedOperation", "", 400, INVALID),
            example(COMPLETE, "ValidationError", "AutoScalingGroup name not found", 400, INVALID),
            example(CREATE, "NeverSeen", "", 429, THROTTLED),
            unsure("NeverSeen", 599),
            example(CREATE, "NeverSeen", "", 400, INVALID),
            example(CREATE, "HTTP 401", "", 401, DENIED),
            example(CREATE, "HTTP 403", "", 403, DENIED),
            example(CREATE, "HTTP 407", "", 407, DENIED),
            example(CREATE, "HTTP 302", "", 302, UNAVAILABLE),
            example(CREATE, "NeverSeen", "", 0, OUTCOME_UNKNOWN));

    @ParameterizedTest
    @FieldSource("EXAMPLES")
    void kind_ofEachExample_isTheDocumentedOne(Example it) {
        assertThat(TABLE.kind(it.action(), false, it.code(), it.message(), it.status()))
                .as("for a read")
                .isEqualTo(it.onRead());
        assertThat(TABLE.kind(it.action(), true, it.code(), it.message(), it.status()))
                .as("for a change")
                .isEqualTo(it.onChange());
    }

    @Test
    void rows_ofTheTable_eachHaveAnExample() {
        Set<Row> unused = new LinkedHashSet<>(TABLE.rows());
        EXAMPLES.forEach(it -> unused.remove(TABLE.row(it.action(), it.code(), it.message(), it.status())));

        assertThat(unused).isEmpty();
    }

    @Test
    void rows_ofTheTable_haveEvidenceAndAreUnique() {
        assertThat(TABLE.rows())
                .doesNotHaveDuplicates()
                .allSatisfy(row -> assertThat(row.evidence()).isNotBlank());
    }

    @Test
    void kinds_ofTheTable_areAllReachable() {
        Set<Kind> kinds = TABLE.rows().stream()
                .flatMap(row -> Stream.of(row.onRead(), row.onChange()))
                .collect(Collectors.toSet());

        assertThat(kinds).containsExactlyInAnyOrder(Kind.values());
    }

    @Test
    void with_ownRows_countFirst() {
        ErrorTable mine = TABLE.with(Row.of("InvalidParameterValue", BUSY, "seen last night")
                .action(ATTACH)
                .message("is cooling down")
                .status(400, 400));

        assertThat(mine.kind(ATTACH, true, "InvalidParameterValue", "The card IS COOLING DOWN.", 400))
                .isEqualTo(BUSY);
        assertThat(mine.kind(CREATE, true, "InvalidParameterValue", "is cooling down", 400))
                .isEqualTo(INVALID);
        assertThat(mine.kind(ATTACH, true, "InvalidParameterValue", "is cooling down", 409))
                .isEqualTo(INVALID);
        assertThat(TABLE.kind(ATTACH, true, "InvalidParameterValue", "is cooling down", 400))
                .isEqualTo(INVALID);
    }

    @Test
    void row_invalidPattern_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Row.of("Code", BUSY, "e").message("("))
                .withMessageContaining("Unclosed group");
    }

    @Test
    void addresses_messageOfAConflict_areThoseItNames() {
        assertThat(named("Address 10.0.4.9 is in use.")).containsExactly("10.0.4.9");
        assertThat(named("The address in use is 10.0.4.9.")).containsExactly("10.0.4.9");
        assertThat(named("[10.0.1.5, 10.0.1.6] assigned, but move is not allowed."))
                .containsExactly("10.0.1.5", "10.0.1.6");
        assertThat(named("Address 10.0.4.9: taken, 10.0.4.9 again")).containsExactly("10.0.4.9");
        assertThat(named("Address 2001:DB8:0:0:0:0:0:4 already assigned")).containsExactly("2001:db8::4");
        assertThat(named("'2001:db8::' and (::1)")).containsExactly("2001:db8::", "::1");
    }

    @Test
    void addresses_messageThatNamesNone_isEmpty() {
        assertThat(named("The specified address is already in use.")).isEmpty();
        assertThat(named("not within the subnet 10.0.4.0/24, 2001:db8::/64")).isEmpty();
        assertThat(named("version 1.2.3.4.5, 10.0.4.9x, eni-0a1b2c3d, 10.0.4.256, face:feed"))
                .isEmpty();
        assertThat(ErrorTable.addresses(BUSY, "Address 10.0.4.9 is in use.")).isEmpty();
    }

    private static List<String> named(String message) {
        assertThat(ErrorTable.addresses(ADDRESS_UNUSABLE, message))
                .isEqualTo(ErrorTable.addresses(ADDRESS_IN_USE, message));
        return ErrorTable.addresses(ADDRESS_IN_USE, message).stream()
                .map(IpAddress::toString)
                .toList();
    }

    private static Example example(String action, String code, String message, int status, Kind kind) {
        return new Example(action, code, message, status, kind, kind);
    }

    private static Example unsure(String code, int status) {
        return new Example(CREATE, code, "", status, UNAVAILABLE, OUTCOME_UNKNOWN);
    }
}
