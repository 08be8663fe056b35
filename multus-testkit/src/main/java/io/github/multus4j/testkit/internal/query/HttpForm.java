package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.testkit.internal.call.WireError;
import io.github.multus4j.testkit.internal.http.WebRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a call from an HTTP request: the query of a GET, the form in the body of
 * a POST.
 */
final class HttpForm {

    private static final String FORM = "application/x-www-form-urlencoded";

    private HttpForm() {}

    /** All parameters, in the order in which they came. */
    static Map<String, String> read(WebRequest request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parse(request.uri().getRawQuery(), parameters);
        String body = body(request);
        if (!body.isEmpty()) {
            String type = request.header("Content-Type").split(";", 2)[0].strip();
            if (!type.equalsIgnoreCase(FORM)) {
                throw WireError.unreadable("the body must be " + FORM + ", not '" + type + "'", 400);
            }
            parse(body, parameters);
        }
        return parameters;
    }

    private static String body(WebRequest request) {
        String encoding = request.header("Content-Encoding").strip().toLowerCase(Locale.ROOT);
        checkLength(request.body());
        try (InputStream in = decoded(new ByteArrayInputStream(request.body()), encoding)) {
            byte[] body = in.readNBytes(WebRequest.BODY_LIMIT + 1);
            checkLength(body);
            return new String(body, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw WireError.unreadable("the body is not " + encoding, 400);
        }
    }

    private static void checkLength(byte[] body) {
        if (body.length > WebRequest.BODY_LIMIT) {
            throw WireError.unreadable("the body is longer than " + WebRequest.BODY_LIMIT + " bytes", 413);
        }
    }

    private static InputStream decoded(InputStream raw, String encoding) throws IOException {
        return switch (encoding) {
            case "", "identity" -> raw;
            case "gzip" -> new GZIPInputStream(raw);
            default -> throw WireError.unreadable("the content encoding '" + encoding + "' is not supported", 415);
        };
    }

    private static void parse(@Nullable String form, Map<String, String> parameters) {
        if (form == null || form.isEmpty()) {
            return;
        }
        for (String pair : form.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (parameters.put(name, value) != null) {
                throw WireError.of("MalformedQueryString", "The parameter " + name + " is given more than once");
            }
        }
    }

    private static String decode(String text) {
        String decoded;
        try {
            decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw WireError.of("MalformedQueryString", "The query string contains a syntax error: " + text);
        }
        // Characters that XML cannot hold could never be described again. U+FFFD is the decoding of
        // malformed UTF-8.
        if (decoded.codePoints()
                .anyMatch(
                        c -> (c < ' ' && c != '\t' && c != '\n') || c == '\uFFFD' || c == '\uFFFE' || c == '\uFFFF')) {
            throw WireError.of("InvalidParameterValue", "The request contains characters that are not valid: " + text);
        }
        return decoded;
    }
}
