package io.github.multus4j.testkit.internal.query;

import com.sun.net.httpserver.Headers;
import io.github.multus4j.testkit.internal.call.WireError;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The caller and the service of a signed call. The signature itself is not verified: any access key
 * is accepted.
 *
 * @param accessKeyId the access key
 * @param service the service's signing name, such as {@code ec2}; empty with Signature Version 2,
 *     which has none
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Signed
 *     requests</a>
 */
record CredentialScope(String accessKeyId, String service) {

    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^,\\s]+)");

    /**
     * From the {@code Authorization} header, or from the parameters of a presigned call; empty if
     * the call is not signed.
     */
    static Optional<CredentialScope> of(Headers headers, Map<String, String> parameters) {
        String authorization = headers.getFirst("Authorization");
        if (authorization != null) {
            Matcher credential = CREDENTIAL.matcher(authorization);
            return Optional.of(parse(credential.find() ? credential.group(1) : null));
        }
        if (parameters.containsKey("X-Amz-Credential")) {
            return Optional.of(parse(parameters.get("X-Amz-Credential")));
        }
        return Optional.ofNullable(parameters.get("AWSAccessKeyId"))
                .filter(key -> !key.isEmpty())
                .map(key -> new CredentialScope(key, ""));
    }

    /**
     * Reads {@code key/date/region/service/aws4_request}. An access key may contain slashes; the
     * other parts may not.
     */
    private static CredentialScope parse(@Nullable String credential) {
        String[] parts = credential == null ? new String[0] : credential.split("/", -1);
        if (parts.length < 5 || !parts[parts.length - 1].equals("aws4_request")) {
            throw WireError.of("AuthFailure", "AWS was not able to validate the provided access credentials", 401);
        }
        return new CredentialScope(parts[0], parts[parts.length - 2]);
    }
}
