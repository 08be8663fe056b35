package io.github.multus4j.aws;

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

/** Names for what happens where EC2 does not answer, so that {@link ErrorTable} can say what it means. Where in doubt, something was sent. */
final class ClientFailure {

    static final String CONNECT_FAILED = "ConnectFailed";
    static final String DEADLINE_PASSED = "DeadlinePassed";
    static final String CALL_TIMED_OUT = "CallTimedOut";
    static final String CONNECTION_BROKEN = "ConnectionBroken";
    static final String INTERRUPTED = "Interrupted";
    static final String NO_CREDENTIALS = "NoCredentials";
    static final String CLIENT_FAILED = "ClientFailed";
    /** The credentials exist, and the program lacks the SDK's client for them. */
    static final String CREDENTIALS_MODULE_MISSING = "CredentialsModuleMissing";
    /** The provider may have credentials later. */
    static final String CREDENTIALS_UNAVAILABLE = "CredentialsUnavailable";
    /** The server's certificate is not one for that host, or of nobody that is trusted. */
    static final String UNTRUSTED = "UntrustedServer";
    /** A proxy did not open the tunnel to the host. */
    static final String PROXY_REFUSED = "ProxyRefused";
    /** A success that is no answer of EC2. */
    static final String UNREADABLE_ANSWER = "UnreadableAnswer";
    /** The client failed before it sent anything, whatever it says. */
    static final String NOT_SENT = "NotSent";

    private static final Pattern TUNNEL =
            Pattern.compile("tunnel through proxy|connect refused by proxy|proxy returns", Pattern.CASE_INSENSITIVE);

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
        if (causes.stream().anyMatch(ClientFailure::isUntrusted)) {
            return UNTRUSTED;
        }
        if (causes.stream()
                .anyMatch(cause ->
                        TUNNEL.matcher(String.valueOf(cause.getMessage())).find())) {
            return PROXY_REFUSED;
        }
        if (causes.stream().anyMatch(ClientFailure::nothingWasSent)) {
            return CONNECT_FAILED;
        }
        return causes.stream().anyMatch(IOException.class::isInstance) ? CONNECTION_BROKEN : CLIENT_FAILED;
    }

    /** The pools of the HTTP clients say so for a client that was closed. */
    static boolean isClosed(RuntimeException e) {
        return e instanceof IllegalStateException
                && String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("shut down");
    }

    /** A handshake that fails for other reasons, as a connection that is closed, is a failure to connect. */
    private static boolean isUntrusted(Throwable cause) {
        return cause instanceof CertificateException
                || cause instanceof CertPathValidatorException
                || cause instanceof CertPathBuilderException
                || cause instanceof SSLPeerUnverifiedException;
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
