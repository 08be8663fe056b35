package io.github.multus4j.deploy.lambda;

import io.github.multus4j.nodegroup.Problem;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The forms of the options' values. */
final class Options {

    private Options() {}

    private static TypeConversionException expected(String text, String expected) {
        return new TypeConversionException("'" + Problem.printable(text) + "': expected " + expected);
    }

    /** {@code http://127.0.0.1:4577}. */
    static final class Endpoint implements ITypeConverter<URI> {

        @Override
        public URI convert(String text) {
            try {
                URI url = URI.create(text);
                if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                    return url;
                }
            } catch (IllegalArgumentException e) {
                // As wrong as one without a host.
            }
            throw expected(text, "a URL like http://127.0.0.1:4577");
        }
    }

    /** {@code us-east-1}. */
    static final class RegionCode implements ITypeConverter<String> {

        private static final Pattern CODE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)+");

        @Override
        public String convert(String text) {
            if (text.length() > 40 || !CODE.matcher(text).matches()) {
                throw expected(text, "a Region's code like us-east-1");
            }
            return text;
        }
    }

    /** {@code 60s}. */
    static final class Time implements ITypeConverter<Duration> {

        private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s|m)");

        @Override
        public Duration convert(String text) {
            Matcher time = TIME.matcher(text);
            if (!time.matches()) {
                throw expected(text, "a time like 90s, 2m or 500ms");
            }
            long amount = Long.parseLong(time.group(1));
            return switch (time.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                default -> Duration.ofMinutes(amount);
            };
        }
    }
}
