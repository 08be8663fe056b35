package io.github.multus4j.aws;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Names for what happens where EC2 does not answer, so that {@link ErrorTable} can say what it means. Where in doubt, something was sent. */
final class ClientFailure {

    static final String CONNECT_FAILED = "ConnectFailed";
    static final String DEADLINE_PASSED = "DeadlinePassed";
    static final String CALL_TIMED_OUT = "CallTimedOut";
    static final String CONNECTION_BROKEN = "ConnectionBroken";
    static final String INTERRUPTED = "Interrupted";
    static final String NO_CREDENTIALS = "NoCredentials";
    static final String CLIENT_FAILED = "ClientFailed";

    private ClientFailure() {}

    static String codeOf(SdkException e) {
        if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
            return CALL_TIMED_OUT;
        }
        if (e instanceof AbortedException) {
            return INTERRUPTED;
        }
        // Providers differ in their words, and all speak of credentials before anything is sent.
        if (String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("unable to load credentials")) {
            return NO_CREDENTIALS;
        }
        List<Throwable> causes = Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                .limit(20)
                .toList();
        if (causes.stream().anyMatch(ClientFailure::nothingWasSent)) {
            return CONNECT_FAILED;
        }
        return causes.stream().anyMatch(IOException.class::isInstance) ? CONNECTION_BROKEN : CLIENT_FAILED;
    }

    /** The HTTP clients have classes of their own for the same thing; they are known here by name, none of them is depended on. */
    private static boolean nothingWasSent(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException
                || cause instanceof SSLHandshakeException
                || cause.getClass().getSimpleName().equals("ConnectTimeoutException")
                || cause.getClass().getSimpleName().equals("ConnectionPoolTimeoutException")
                || (cause instanceof SocketTimeoutException
                        && String.valueOf(cause.getMessage())
                                .toLowerCase(Locale.ROOT)
                                .startsWith("connect timed out"));
    }
}
