package io.github.multus4j.aws;

import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.ErrorTable.Unanswered;
import java.util.Map;
import java.util.Set;

/**
 * The end of an error's message: the operator's next step where no retry helps. Empty where the
 * error itself says it.
 */
final class OperatorAdvice {

    private static final Set<String> KEYS = Set.of(
            "AuthFailure",
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "SignatureDoesNotMatch",
            "InvalidSignatureException",
            "IncompleteSignature",
            "MissingAuthenticationToken",
            "ExpiredToken",
            "ExpiredTokenException");

    private static final Set<String> ACCOUNT = Set.of("OptInRequired", "Blocked", "PendingVerification");

    private static final Set<String> PERMISSION =
            Set.of("UnauthorizedOperation", "AccessDenied", "AccessDeniedException", "NotAuthorized");

    private static final Map<String, String> CLIENT = Map.of(
            Unanswered.CONNECT_FAILED,
            "check the Region and the endpoint, then DNS, route, security group and proxy between this machine and that host",
            Unanswered.UNTRUSTED,
            "check for a proxy that inspects TLS (its certificate belongs into the JVM's trust store), for the endpoint's name, and"
                    + " this machine's clock",
            Unanswered.PROXY_REFUSED,
            "check the proxy's address, user and password, and that it allows this host",
            Unanswered.CALL_TIMED_OUT,
            "if it stays so, check route, security group and proxy to that host",
            Unanswered.CONNECTION_BROKEN,
            "if it stays so, check route, security group and proxy to that host",
            Unanswered.NO_CREDENTIALS,
            "check the function's or the instance's role, or the profile; `aws sso login` renews an SSO session that has expired",
            Unanswered.CREDENTIALS_UNAVAILABLE,
            "check that this machine reaches the source of its credentials (metadata service, STS, the provider's own)",
            Unanswered.UNREADABLE_ANSWER,
            "check whether a proxy or another server answers in EC2's place, and the endpoint's URL",
            Unanswered.NOT_SENT,
            "check the configuration of the SDK client: interceptors, Region, endpoint, whether it was closed",
            Unanswered.CLIENT_FAILED,
            "check the configuration of the SDK client");

    private OperatorAdvice() {}

    /** For an error with a code, EC2's or {@link ClientFailure}'s. */
    static String of(String action, String code, Kind kind) {
        if (code.equals(Unanswered.CREDENTIALS_MODULE_MISSING)) {
            return "give the program keys, as `eval \"$(aws configure export-credentials --format env)\"` does, or put that module on"
                    + " its class path";
        }
        String client = CLIENT.get(code);
        if (client != null) {
            return client;
        }
        if (kind == Kind.CLOCK_SKEWED) {
            return "set this machine's clock";
        }
        if (KEYS.contains(code)) {
            return "check the access key and its session token (wrong, expired, of another account or partition), and this machine's"
                    + " clock";
        }
        if (PERMISSION.contains(code)) {
            return "allow " + action
                    + " to the role that makes the call; `aws sts decode-authorization-message` reads an encoded"
                    + " message";
        }
        if (code.equals("UnknownParameter")) {
            return "this endpoint's EC2 is older than this call needs: do not use the setting behind this parameter there";
        }
        return ACCOUNT.contains(code) ? "the account itself is not ready for EC2: see its console, or AWS Support" : "";
    }

    /** For an answer that is none of EC2's, by its status. */
    static String ofStatus(int status) {
        if (status == 401) {
            return "check the access key (wrong or expired), this machine's clock, and whether a proxy answered that wants a login";
        }
        if (status == 407) {
            return "give the HTTP client the proxy's user and password";
        }
        if (status >= 300 && status < 400) {
            return "EC2 never redirects: check the endpoint's URL, and for a proxy or a login page in between";
        }
        if (status >= 500) {
            return "if it stays so, check for a proxy or load balancer in between that fails, and the endpoint's URL";
        }
        return "check the endpoint's URL, and for a proxy in between that refuses this host";
    }
}
