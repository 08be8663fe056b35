package io.github.multus4j.aws;

import java.util.regex.Pattern;

/**
 * Foreign text as part of a message: one line, printable, of limited length, and without parts of a
 * request's signature.
 */
final class OneLine {

    private static final int MAX_LENGTH = 3000;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\s\\p{C}]+");
    private static final Pattern ACCESS_KEY = Pattern.compile("\\bA(?:KIA|SIA)[A-Z0-9]{8,}");
    private static final Pattern SECRET = Pattern.compile(
            "(?i)((?:authorization|credential|signature|(?:[\\w-]*)token|secret[\\w-]*|password|api-?key)"
                    + "\"?\\s*[=:]\\s*\"?)(?:(?:basic|bearer|aws4-hmac-sha256)\\s+)?[^\\s<>\"'&,;]+");

    private OneLine() {}

    static String of(String text) {
        String line = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
        line = ACCESS_KEY.matcher(SECRET.matcher(line).replaceAll("$1***")).replaceAll("***");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
    }

    /** The class and message of the last cause that has a message, without the layers around it. */
    static String rootOf(Throwable failure) {
        Throwable root = failure;
        Throwable next = failure.getCause();
        for (int depth = 0; next != null && depth < 20; depth++) {
            if (next.getMessage() != null) {
                root = next;
            }
            next = next.getCause();
        }
        String message = root.getMessage() == null ? "" : ": " + root.getMessage();
        return of((root.getClass().getSimpleName() + message).replace(" (SDK Attempt Count: 1)", ""));
    }
}
