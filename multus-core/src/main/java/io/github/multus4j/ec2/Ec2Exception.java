package io.github.multus4j.ec2;

import io.github.multus4j.net.IpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call to EC2 or EC2 Auto Scaling that did not succeed: the one exception of the ports.
 * {@link #kind()} is its meaning for the caller; {@link #code()} is EC2's own code; the message is
 * one line: call, code, EC2's message, request id.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html">EC2
 *     error codes</a>
 */
public final class Ec2Exception extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * The meaning of a failed call for its caller. EC2's codes alone do not tell:
     * {@code InvalidParameterValue} has six meanings.
     */
    public enum Kind {
        /** Too many calls. Nothing happened; the same call may be made again later. */
        THROTTLED,
        /** EC2 could not serve the call and nothing happened; it may be made again. */
        UNAVAILABLE,
        /**
         * No answer, or an unclear one (time-out, 5xx): the call may have taken effect. Read before
         * repeating it.
         */
        OUTCOME_UNKNOWN,
        /** This machine's clock is wrong, or the request was too old when it arrived. */
        CLOCK_SKEWED,
        /** The address belongs to another interface. */
        ADDRESS_IN_USE,
        /** EC2 does not hand out this address: reserved, outside the subnet, malformed. */
        ADDRESS_UNUSABLE,
        /** The interface does not have the address or prefix to unassign; nothing happened. */
        ADDRESS_NOT_ASSIGNED,
        /** The subnet has no free address (or prefix) left. */
        SUBNET_FULL,
        /** The instance has another interface at this device index. */
        INDEX_TAKEN,
        /** A limit of the instance type, the interface, the account or the Region. */
        LIMIT_REACHED,
        /** No such resource, or a new one that is not visible yet. */
        NOT_FOUND,
        /** The instance is in a state that does not allow this: pending, or being terminated. */
        INSTANCE_NOT_READY,
        /**
         * The interface is still in use or changing state; the call may be made again after a read.
         */
        BUSY,
        /** The client token was used for a call with other parameters. */
        TOKEN_MISMATCH,
        /** The listing's page token is not valid any more; the listing starts over. */
        LISTING_EXPIRED,
        /** Permissions or account state; no retry helps. */
        DENIED,
        /** The request is wrong; no retry helps. */
        INVALID
    }

    private final Kind kind;
    private final String action;
    private final String code;
    private final transient @Nullable List<IpAddress> addresses;
    private final @Nullable String requestId;

    /**
     * @param kind the meaning for the caller
     * @param action EC2's name of the call, such as {@code AttachNetworkInterface}
     * @param code EC2's error code, or a name for the failure where EC2 did not answer
     * @param message EC2's message
     * @param addresses the addresses that EC2 refused, if it named them
     * @param requestId EC2's request id, if there was an answer
     * @param cause the exception of the client
     */
    public Ec2Exception(
            Kind kind,
            String action,
            String code,
            String message,
            List<IpAddress> addresses,
            @Nullable String requestId,
            @Nullable Throwable cause) {
        super(
                action + ": " + code + ": " + Excerpt.of(message)
                        + (requestId == null ? "" : " (request id " + requestId + ")"),
                cause);
        this.kind = kind;
        this.action = action;
        this.code = code;
        this.addresses = List.copyOf(addresses);
        this.requestId = requestId;
    }

    /** As the first constructor, for an error that names no address. */
    public Ec2Exception(
            Kind kind,
            String action,
            String code,
            String message,
            @Nullable String requestId,
            @Nullable Throwable cause) {
        this(kind, action, code, message, List.of(), requestId, cause);
    }

    /**
     * As the first constructor, for an error that names no address and has neither a request id nor
     * a cause.
     */
    public Ec2Exception(Kind kind, String action, String code, String message) {
        this(kind, action, code, message, null, null);
    }

    /**
     * Reports a defect of a port as a failed call, since this is the one exception that callers
     * expect.
     *
     * @param action EC2's name of the call, or a few words if several were in flight
     * @param thrown the exception of the port
     * @return {@code thrown} itself if it is one of these
     */
    public static Ec2Exception ofPort(String action, RuntimeException thrown) {
        return thrown instanceof Ec2Exception refusal
                ? refusal
                : new Ec2Exception(
                        Kind.UNAVAILABLE,
                        action,
                        thrown.getClass().getSimpleName(),
                        "the port threw " + thrown,
                        null,
                        thrown);
    }

    /** The meaning for the caller. */
    public Kind kind() {
        return kind;
    }

    /** EC2's name of the call, such as {@code CreateNetworkInterface}. */
    public String action() {
        return action;
    }

    /** EC2's error code, such as {@code InvalidIPAddress.InUse}. */
    public String code() {
        return code;
    }

    /**
     * The addresses that EC2 refused, for {@link Kind#ADDRESS_IN_USE} and
     * {@link Kind#ADDRESS_UNUSABLE}. Empty for other kinds, if EC2 named none, and after
     * serialization.
     */
    public List<IpAddress> addresses() {
        return addresses == null ? List.of() : addresses;
    }

    /** The id under which AWS support finds the call; null if there was no answer. */
    public @Nullable String requestId() {
        return requestId;
    }
}
