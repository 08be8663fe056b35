package io.github.multus4j.deploy.agent;

import io.github.multus4j.nodegroup.Problem;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms of the options' values. */
final class Options {

    private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)+");
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})([sm])");

    private Options() {}

    private static IllegalArgumentException expected(String text, String expected) {
        return new IllegalArgumentException("'" + Problem.printable(text) + "': expected " + expected);
    }

    /** {@code http://127.0.0.1:4577}. */
    static URI url(String text) {
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

    /** {@code us-east-1}. */
    static String region(String text) {
        if (text.length() > 40 || !REGION.matcher(text).matches()) {
            throw expected(text, "a Region's code like us-east-1");
        }
        return text;
    }

    /** {@code 5m}. */
    static Duration time(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches() || Long.parseLong(time.group(1)) == 0) {
            throw expected(text, "a time like 90s or 5m");
        }
        long amount = Long.parseLong(time.group(1));
        return time.group(2).equals("s") ? Duration.ofSeconds(amount) : Duration.ofMinutes(amount);
    }
}
