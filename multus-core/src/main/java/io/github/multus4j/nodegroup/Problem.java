package io.github.multus4j.nodegroup;

/**
 * One thing that is wrong in what a user gave: where, what it was, what would be right.
 *
 * @param field the builder's field, the environment variable, or the path in an event
 * @param value the value given, shortened and with control characters escaped, so that it can be logged
 * @param expected what would be right, or why it is not
 */
public record Problem(String field, String value, String expected) {

    private static final int LONGEST = 80;

    public Problem {
        value = printable(value);
    }

    /** The text as it may stand in a log line: at most 80 characters, no control characters. */
    public static String printable(String text) {
        String shortened =
                text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
        StringBuilder escaped = new StringBuilder();
        shortened.codePoints().forEach(c -> {
            if (isInvisible(c)) {
                escaped.append(String.format("\\u%04x", c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    /** Control characters of both sets, what turns or hides text, other line ends, and halves of characters. */
    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return field + ": '" + value + "': " + expected;
    }
}
