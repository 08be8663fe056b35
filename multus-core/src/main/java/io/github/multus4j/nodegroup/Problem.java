package io.github.multus4j.nodegroup;

import io.github.multus4j.ec2.Excerpt;
import java.util.List;

/**
 * One thing that is wrong in what a user gave: where, what it was, what would be right. All three can be logged: they are shortened, and
 * control characters are escaped, since a path has the event's keys in it and a parser's message quotes the text.
 *
 * @param field the builder's field, the environment variable, or the path in an event
 * @param value the value given
 * @param expected what would be right, or why it is not
 */
public record Problem(String field, String value, String expected) {

    private static final int LONGEST = 80;
    private static final int LONGEST_SENTENCE = 400;

    public Problem {
        field = printable(field);
        value = printable(value);
        expected = printable(expected, LONGEST_SENTENCE);
    }

    /** The text as it may stand in a log line: at most 80 characters, no control characters. */
    public static String printable(String text) {
        return printable(text, LONGEST);
    }

    private static String printable(String text, int longest) {
        String shortened =
                text.length() <= longest ? text : text.substring(0, longest) + "… (" + text.length() + " characters)";
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

    /** Problems as one line of a log: the first twenty, and how many more there are. */
    public static String line(List<Problem> problems) {
        return Excerpt.joined(problems, "; ");
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
