package io.github.multus4j.nodegroup;

import io.github.multus4j.ec2.Excerpt;
import java.util.List;

/**
 * One mistake of a user: the place, the value, the expected form. All three can be logged: they are
 * shortened, and control characters are escaped, since a path contains the event's keys and a
 * parser's message quotes the text.
 *
 * @param field the builder's field, the environment variable, or the path in an event
 * @param value the value given
 * @param expected the expected form, or the reason of the refusal
 */
public record Problem(String field, String value, String expected) {

    private static final int LONGEST = 80;
    private static final int LONGEST_SENTENCE = 400;

    public Problem {
        field = printable(field);
        value = printable(value);
        expected = printable(expected, LONGEST_SENTENCE);
    }

    /** The text in a form for a log line: at most 80 characters, no control characters. */
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

    /** Problems as one line of a log: the first twenty, and the number of the others. */
    public static String line(List<Problem> problems) {
        return Excerpt.joined(problems, "; ");
    }

    /**
     * Control characters of both sets, direction and format characters, other line ends, and halves
     * of characters.
     */
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

    /** A part of the spec that finds its own problems. */
    public interface Source {

        /**
         * The problems of this part. {@code NodeGroupSpec.Builder.build} reports them with those of
         * all other fields. Default: none.
         *
         * @param field the user's name of the field
         */
        default List<Problem> problems(String field) {
            return List.of();
        }
    }
}
