package io.github.multus4j.aws;

import io.github.multus4j.ec2.ErrorTable.Unanswered;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Finds the code of a call that EC2 did not answer. In doubt it assumes that the request was sent.
 */
final class ClientFailure {

    private static final Pattern TUNNEL =
            Pattern.compile("tunnel through proxy|connect refused by proxy|proxy returns", Pattern.CASE_INSENSITIVE);

    private ClientFailure() {}

    static String codeOf(SdkException e) {
        if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
            return Unanswered.CALL_TIMED_OUT;
        }
        if (e instanceof AbortedException) {
            return Unanswered.INTERRUPTED;
        }
        // The providers' messages differ, but all of them mention credentials before a request is
        // sent.
        if (String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("unable to load credentials")) {
            return Unanswered.NO_CREDENTIALS;
        }
        List<Throwable> causes = Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                .limit(20)
                .toList();
        if (causes.stream().anyMatch(ClientFailure::isUntrusted)) {
            return Unanswered.UNTRUSTED;
        }
        if (causes.stream()
                .anyMatch(cause ->
                        TUNNEL.matcher(String.valueOf(cause.getMessage())).find())) {
            return Unanswered.PROXY_REFUSED;
        }
        if (causes.stream().anyMatch(ClientFailure::nothingWasSent)) {
            return Unanswered.CONNECT_FAILED;
        }
        return causes.stream().anyMatch(IOException.class::isInstance)
                ? Unanswered.CONNECTION_BROKEN
                : Unanswered.CLIENT_FAILED;
    }

    /** Recognises the message of a closed client's connection pool. */
    static boolean isClosed(RuntimeException e) {
        return e instanceof IllegalStateException
                && String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("shut down");
    }

    /**
     * A handshake that fails for other reasons, as a connection that is closed, is a failure to
     * connect.
     */
    private static boolean isUntrusted(Throwable cause) {
        return cause instanceof CertificateException
                || cause instanceof CertPathValidatorException
                || cause instanceof CertPathBuilderException
                || cause instanceof SSLPeerUnverifiedException;
    }

    /**
     * The HTTP clients have classes of their own for the same thing; they are known here by name,
     * none of them is depended on.
     */
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
