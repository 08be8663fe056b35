package io.github.multus4j.aws;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.ErrorTable;
import io.github.multus4j.ec2.ErrorTable.Unanswered;
import io.github.multus4j.net.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A failed attempt as an {@link Ec2Exception}: its kind from the table, its message with host,
 * cause and next step in one line.
 *
 * @param action EC2's name of the call
 * @param change whether the call changes something
 * @param exchange the HTTP request and the beginning of its answer
 * @param errors the table that gives the kind
 */
record FailedAttempt(String action, boolean change, Exchange exchange, ErrorTable errors) {

    private static final String CHECK_BEFORE_REPEATING = "the call may have taken effect, look before you repeat it; ";

    /** An error as the answer: from EC2, or from a server in front of it. */
    Ec2Exception refused(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        if (details == null || details.errorCode() == null) {
            return page(e);
        }
        String code = details.errorCode();
        String answered = details.errorMessage() == null ? "" : details.errorMessage();
        // The SDK compares the answer's Date header with the clock.
        Kind kind = e.isClockSkewException()
                ? Kind.CLOCK_SKEWED
                : errors.kind(action, change, code, answered, e.statusCode());
        String from = isTheHostOfInterest(kind, e.requestId()) ? "; answered by " + exchange.host() : "";
        String next = OperatorAdvice.of(action, code, kind);
        boolean isLast = from.isEmpty() && next.isEmpty();
        List<IpAddress> addresses = ErrorTable.addresses(kind, answered);
        return exception(
                kind, code, (isLast ? answered : withoutEnd(answered)) + from, next, addresses, e.requestId(), e);
    }

    /**
     * The request id is enough for EC2's own support; keys and clocks are a matter between this
     * machine and that host.
     */
    private boolean isTheHostOfInterest(Kind kind, @Nullable String requestId) {
        return exchange.isHostKnown() && (kind == Kind.DENIED || kind == Kind.CLOCK_SKEWED || requestId == null);
    }

    /**
     * An error without EC2's XML, as a proxy sends it, or with a body that the HTTP client hides.
     */
    private Ec2Exception page(AwsServiceException e) {
        int status = e.statusCode();
        String code = "HTTP " + status;
        Optional<Duration> skew = status == 401 || status == 403 ? exchange.clockSkew() : Optional.empty();
        Kind kind = skew.isPresent() ? Kind.CLOCK_SKEWED : errors.kind(action, change, code, "", status);
        String begins = exchange.bodyBegins();
        String server = exchange.header("Via")
                .or(() -> exchange.header("Server"))
                .map(name -> " (" + OneLine.of(name) + ")")
                .orElse("");
        String message = exchange.host() + server + " answered without an error code of EC2"
                + (begins.isEmpty() ? ", and no text is known" : "; the text begins \"" + begins + "\"")
                + exchange.header("Location")
                        .map(to -> "; it points to " + OneLine.of(to))
                        .orElse("")
                + skew.map(by -> "; this machine's clock and that host's differ by "
                                + by.abs().toSeconds() + " s")
                        .orElse("");
        return exception(kind, code, message, OperatorAdvice.ofStatus(status), List.of(), e.requestId(), e);
    }

    /**
     * An unreadable success: it is empty, ends early, or comes from a server in front of EC2.
     */
    Ec2Exception strange(@Nullable RuntimeException e) {
        String begins = exchange.bodyBegins();
        String message = exchange.host() + " answered with "
                + (begins.isEmpty() ? "nothing" : "text that is no answer of EC2; it begins \"" + begins + "\"")
                + (e == null ? "" : ": " + OneLine.rootOf(e));
        return because(Unanswered.UNREADABLE_ANSWER, message, e);
    }

    /** There was no answer, or none that could be read. */
    Ec2Exception unanswered(RuntimeException e) {
        Optional<GuardedCredentials.Failure> credentials = Stream.iterate(
                        (Throwable) e, Objects::nonNull, Throwable::getCause)
                .limit(20)
                .filter(GuardedCredentials.Failure.class::isInstance)
                .map(GuardedCredentials.Failure.class::cast)
                .findFirst();
        if (credentials.isPresent()) {
            return because(
                    credentials.get().code(), String.valueOf(credentials.get().getMessage()), e);
        }
        String code = e instanceof SdkException sdk ? ClientFailure.codeOf(sdk) : Unanswered.CLIENT_FAILED;
        if (code.equals(Unanswered.CLIENT_FAILED)) {
            if (exchange.isSuccessful()) {
                return strange(e);
            }
            code = exchange.wasNotSent() || ClientFailure.isClosed(e) ? Unanswered.NOT_SENT : code;
        }
        return because(code, clientMessage(code, e), e);
    }

    private String clientMessage(String code, RuntimeException e) {
        String root = OneLine.rootOf(e);
        return switch (code) {
            case Unanswered.CONNECT_FAILED -> "no connection to " + exchange.host() + ": " + root;
            case Unanswered.UNTRUSTED -> "no TLS connection to " + exchange.host() + ": " + root;
            case Unanswered.PROXY_REFUSED -> "the proxy opens no connection to " + exchange.host() + ": " + root;
            case Unanswered.CALL_TIMED_OUT -> "no answer of " + exchange.host() + " in time: " + root;
            case Unanswered.CONNECTION_BROKEN -> "the connection to " + exchange.host() + " broke: " + root;
            case Unanswered.NOT_SENT -> "the SDK client failed before it sent anything: " + root;
            default -> (exchange.isHostKnown() ? exchange.host() + ": " : "") + root;
        };
    }

    /** A failure of the client. */
    Ec2Exception because(String code, String message, @Nullable RuntimeException e) {
        Kind kind = errors.kind(action, change, code, message, 0);
        return exception(kind, code, message, OperatorAdvice.of(action, code, kind), List.of(), null, e);
    }

    private Ec2Exception exception(
            Kind kind,
            String code,
            String message,
            String next,
            List<IpAddress> addresses,
            @Nullable String requestId,
            @Nullable Exception e) {
        return new Ec2Exception(
                kind,
                action,
                code,
                message
                        + (next.isEmpty()
                                ? ""
                                : "; next: " + (isUnknown(kind, code) ? CHECK_BEFORE_REPEATING : "") + next),
                addresses,
                requestId,
                e);
    }

    private boolean isUnknown(Kind kind, String code) {
        return change && kind == Kind.OUTCOME_UNKNOWN && !code.equals(Unanswered.INTERRUPTED);
    }

    private static String withoutEnd(String sentence) {
        String stripped = sentence.strip();
        return stripped.endsWith(".") ? stripped.substring(0, stripped.length() - 1) : stripped;
    }
}
