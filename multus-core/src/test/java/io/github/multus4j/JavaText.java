package io.github.multus4j;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The comments of a Java source, found by a scan that steps over strings and characters. */
record JavaText(List<Comment> comments) {

    /** A whole line of comment may be moved; a comment behind code may not. */
    record Comment(int line, String text, boolean wholeLine) {}

    private static final Pattern LINE_END = Pattern.compile("\n");

    static JavaText of(String source) {
        List<Comment> comments = new ArrayList<>();
        int at = 0;
        while (at < source.length()) {
            int end = endOfToken(source, at);
            if (isComment(source, at)) {
                addLines(source, at, end, comments);
            }
            at = end;
        }
        return new JavaText(List.copyOf(comments));
    }

    /** The source with a space in the place of each comment, string and character. */
    static String code(String source) {
        StringBuilder code = new StringBuilder();
        int at = 0;
        while (at < source.length()) {
            int end = endOfToken(source, at);
            code.append(isComment(source, at) || isLiteral(source, at) ? " " : source.substring(at, end));
            at = end;
        }
        return code.toString();
    }

    private static boolean isLiteral(String source, int at) {
        return source.charAt(at) == '"' || source.charAt(at) == '\'';
    }

    private static boolean isComment(String source, int at) {
        return source.startsWith("//", at) || source.startsWith("/*", at);
    }

    private static int endOfToken(String source, int at) {
        if (source.startsWith("//", at)) {
            return endAfter(source, "\n", at) - 1;
        }
        if (source.startsWith("/*", at)) {
            return endAfter(source, "*/", at + 2);
        }
        if (source.startsWith("\"\"\"", at)) {
            return endOfLiteral(source, "\"\"\"", at);
        }
        char first = source.charAt(at);
        return first == '"' || first == '\'' ? endOfLiteral(source, String.valueOf(first), at) : at + 1;
    }

    private static int endAfter(String source, String mark, int from) {
        int found = source.indexOf(mark, from);
        return found < 0 ? source.length() : found + mark.length();
    }

    private static int endOfLiteral(String source, String mark, int at) {
        int next = at + mark.length();
        while (next < source.length() && !source.startsWith(mark, next)) {
            next += source.charAt(next) == '\\' ? 2 : 1;
        }
        return Math.min(source.length(), next + mark.length());
    }

    private static void addLines(String source, int from, int to, List<Comment> comments) {
        int lineStart = source.lastIndexOf('\n', from) + 1;
        boolean wholeLine = source.substring(lineStart, from).isBlank();
        int line = 1
                + Math.toIntExact(
                        LINE_END.matcher(source.substring(0, from)).results().count());
        // The indentation counts for the width.
        String text = source.substring(wholeLine ? lineStart : from, to);
        for (String part : LINE_END.split(text, -1)) {
            comments.add(new Comment(line++, part, wholeLine));
        }
    }
}
