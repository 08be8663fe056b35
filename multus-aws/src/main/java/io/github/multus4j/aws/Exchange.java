package io.github.multus4j.aws;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * One HTTP request: its host, whether it was sent, and how the answer begins. The SDK's exceptions
 * say little of it. {@link ExchangeRecorder} fills it in, on the thread that makes the call. Not
 * thread-safe.
 */
final class Exchange {

    static final ExecutionAttribute<Exchange> ATTRIBUTE = new ExecutionAttribute<>("io.github.multus4j.aws.Exchange");

    private static final int BEGINNING = 512;
    private static final Duration TOLERATED_SKEW = Duration.ofMinutes(5);
    private static final Pattern ROOT =
            Pattern.compile("\\A\\uFEFF?\\s*(?:<\\?xml[^>]*>)?\\s*(?:<!--.*?-->\\s*)*<([\\w.:-]+)", Pattern.DOTALL);

    private final boolean asGet;
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    private boolean began;
    private boolean sent;
    private boolean hasBody;
    private @Nullable String host;
    private @Nullable SdkHttpResponse response;

    /**
     * @param asGet whether the request is sent with its parameters in the URL and without a body:
     *     Java's URL connection shows the body of a 401 or 407 only then
     */
    Exchange(boolean asGet) {
        this.asGet = asGet;
    }

    boolean isAsGet() {
        return asGet;
    }

    /** The SDK has taken the call. */
    void began() {
        began = true;
    }

    void sentTo(SdkHttpRequest request) {
        sent = true;
        host = request.getUri().getAuthority();
    }

    void answered(SdkHttpResponse answer) {
        response = answer;
    }

    /** The answer's body, of which the beginning is kept while it is read. */
    InputStream record(InputStream body) {
        hasBody = true;
        return new Recorded(body);
    }

    /** Whether the SDK gave up before it sent anything. */
    boolean wasNotSent() {
        return began && !sent;
    }

    /** The host and port that the request was sent to; "EC2" where that is not known. */
    String host() {
        return host == null ? "EC2" : host;
    }

    boolean isHostKnown() {
        return host != null;
    }

    /**
     * Whether the answer has a body that the HTTP client does not show, but would in answer to a
     * GET.
     */
    boolean isBodyHidden() {
        return !asGet
                && !hasBody
                && response != null
                && (response.statusCode() == 401 || response.statusCode() == 407)
                && !"0".equals(response.firstMatchingHeader("Content-Length").orElse("0"));
    }

    /**
     * Whether this is a success with a body that is no answer of the Query API: empty, a web page,
     * other text.
     */
    boolean isStrange() {
        if (response == null || !response.isSuccessful()) {
            return false;
        }
        Matcher root = ROOT.matcher(text());
        return !root.find() || !root.group(1).endsWith("Response");
    }

    boolean isSuccessful() {
        return response != null && response.isSuccessful();
    }

    Optional<String> header(String name) {
        return response == null ? Optional.empty() : response.firstMatchingHeader(name);
    }

    /**
     * The first hundred printable characters of the body, in one line and without secrets; empty if
     * there are none.
     */
    String bodyBegins() {
        String line = OneLine.of(text());
        return line.length() <= 100 ? line : line.substring(0, 100) + "…";
    }

    /**
     * How far the answer's Date is from this machine's clock, by which the SDK signs; empty if that
     * explains nothing.
     */
    Optional<Duration> clockSkew() {
        try {
            return header("Date")
                    .map(date -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)))
                    .map(date -> Duration.between(date, Instant.now()))
                    .filter(skew -> skew.abs().compareTo(TOLERATED_SKEW) > 0);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private String text() {
        return beginning.toString(StandardCharsets.UTF_8);
    }

    private final class Recorded extends FilterInputStream {

        Recorded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            if (read >= 0 && beginning.size() < BEGINNING) {
                beginning.write(read);
            }
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read > 0 && beginning.size() < BEGINNING) {
                beginning.write(bytes, offset, Math.min(read, BEGINNING - beginning.size()));
            }
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
