package io.github.multus4j.internal.lifecycle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Just enough JSON for events in tests: objects, lists, strings, integers, literals. */
final class TestJson {

    private static final int DEEPEST = 64;

    private final String text;
    private int at;
    private int depth;

    private TestJson(String text) {
        this.text = text;
    }

    static Map<String, Object> read(String text) {
        TestJson json = new TestJson(text);
        if (!(json.value() instanceof Map<?, ?> map) || !json.isAtEnd()) {
            throw new IllegalArgumentException("no object, or more than one, at " + json.at);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        map.forEach((key, value) -> object.put((String) key, value));
        return object;
    }

    static String write(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> write(e.getKey()) + ":" + write(e.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(TestJson::write).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof String string ? quoted(string) : String.valueOf(value);
    }

    private static String quoted(String string) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private Object value() {
        skipSpace();
        char c = peek();
        if (c == '{' || c == '[') {
            if (++depth > DEEPEST) {
                throw new IllegalArgumentException("too deep at " + at);
            }
            Object nested = c == '{' ? object() : list();
            depth--;
            return nested;
        }
        return c == '"' ? string() : literal();
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        take('{');
        while (!ends('}', object.isEmpty())) {
            skipSpace();
            String key = string();
            skipSpace();
            take(':');
            object.put(key, value());
        }
        return object;
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>();
        take('[');
        while (!ends(']', list.isEmpty())) {
            list.add(value());
        }
        return list;
    }

    private boolean ends(char end, boolean first) {
        skipSpace();
        if (peek() == end) {
            at++;
            return true;
        }
        if (!first) {
            take(',');
        }
        return false;
    }

    private String string() {
        take('"');
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        if (c != 'u') {
            return c;
        }
        if (at + 4 > text.length()) {
            throw new IllegalArgumentException("half an escape at " + at);
        }
        at += 4;
        return (char) Integer.parseInt(text, at - 4, at, 16);
    }

    private Object literal() {
        int from = at;
        while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        String word = text.substring(from, at);
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            default -> number(word, from);
        };
    }

    /** Quotes an unreadable number, as parsers do. */
    private Long number(String word, int from) {
        if (word.isEmpty() || !word.chars().allMatch(Character::isDigit)) {
            throw new IllegalArgumentException("cannot read " + text.substring(from));
        }
        return Long.valueOf(word);
    }

    private void skipSpace() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private boolean isAtEnd() {
        skipSpace();
        return at == text.length();
    }

    private char peek() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("ends too early");
        }
        return text.charAt(at);
    }

    private void take(char expected) {
        if (peek() != expected) {
            throw new IllegalArgumentException("expected " + expected + " at " + at);
        }
        at++;
    }
}
