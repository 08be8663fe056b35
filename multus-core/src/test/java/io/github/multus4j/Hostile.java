package io.github.multus4j;

import io.github.multus4j.nodegroup.Problem;

/**
 * Checks that a text made from hostile input can be logged. Plain checks, for loops of many
 * thousands.
 */
public final class Hostile {

    private Hostile() {}

    /** A problem names its place, within bounds. */
    public static void check(Problem problem) {
        if (problem.field().isEmpty()) {
            throw new AssertionError("no field in " + problem);
        }
        check("field", problem.field(), 600);
        check("value", problem.value(), 600);
        check("expected", problem.expected(), 600);
    }

    /** On one line, nothing invisible, of a bounded length. */
    public static void check(String name, String text, int longest) {
        if (text.length() > longest) {
            throw new AssertionError(name + " of " + text.length() + " characters: " + text.substring(0, 200));
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' || c > '~') && isInvisible(text.codePointAt(i))) {
                throw new AssertionError(String.format("U+%04X in %s: %s", text.codePointAt(i), name, text));
            }
            if (Character.isHighSurrogate(c)) {
                i++; // Checked with its first half.
            }
        }
    }

    private static boolean isInvisible(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
