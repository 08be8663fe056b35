package io.github.multus4j.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects as maps, and arrays as lists: events given as text are read, outcomes are written.
 * Strict, and with limits: 1 MiB of text (the largest message of <a
 * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html">SQS</a>),
 * 64 levels, numbers of 100 characters; a name that comes twice in one object is an error, since
 * readers differ in which of the two they take. Thread-safe.
 */
public final class Json {

    private static final int MAX_LENGTH = 1024 * 1024;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER_LENGTH = 100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_LENGTH)
                    .maxStringLength(MAX_LENGTH)
                    .maxNameLength(1024)
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /**
     * Reads a JSON object.
     *
     * @param text one object, and nothing after it
     * @return its members in their order: strings, {@link Integer}, {@link Long},
     *     {@link BigInteger} or {@link BigDecimal}, booleans, nulls, lists and maps, none of them
     *     modifiable
     * @throws IllegalArgumentException if the text is no JSON object or exceeds a limit; the
     *     message is one line with the place and the reason
     */
    public static Map<String, Object> read(String text) {
        return read(text, JsonToken.START_OBJECT, "object", Json::readObject);
    }

    /**
     * Reads a JSON array.
     *
     * @param text one array, and nothing after it
     * @return its elements in their order, as {@link #read} has them; not modifiable
     * @throws IllegalArgumentException if the text is no JSON array or exceeds a limit; the message
     *     is one line with the place and the reason
     */
    public static List<Object> readArray(String text) {
        return read(text, JsonToken.START_ARRAY, "array", Json::readArray);
    }

    private static <T> T read(String text, JsonToken start, String name, Body<T> body) {
        // The parser checks the length only of text that it has to fetch.
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "not readable JSON: " + text.length() + " characters, the limit is " + MAX_LENGTH);
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first != start) {
                throw notJson(parser.currentTokenLocation(), first == null ? "no text" : "not an " + name);
            }
            T value = body.read(parser);
            if (parser.nextToken() != null) {
                throw notJson(parser.currentTokenLocation(), "more text after the " + name);
            }
            return value;
        } catch (JsonProcessingException e) {
            throw notJson(e.getLocation(), e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Not from a string.
        }
    }

    /** Reads all tokens after the first. */
    private interface Body<T> {
        T read(JsonParser parser) throws IOException;
    }

    /**
     * Writes a JSON object on one line, without spaces.
     *
     * @param object members of strings, characters, enums, numbers, booleans, nulls, iterables and
     *     maps with string keys
     * @throws IllegalArgumentException if a value is of another type, is not a finite number, or is
     *     nested too deep (as in a cycle)
     */
    public static String write(Map<String, ?> object) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            write(generator, object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + oneLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Not to a string.
        }
        return text.toString();
    }

    private static Map<String, Object> readObject(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, readValue(parser));
        }
        return Collections.unmodifiableMap(object);
    }

    private static List<Object> readArray(JsonParser parser) throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(readValue(parser));
        }
        return Collections.unmodifiableList(array);
    }

    /** Nulls are values; the port's signature has no other way to say so. */
    @SuppressWarnings("NullAway")
    private static Object readValue(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw notJson(parser.currentTokenLocation(), "unexpected " + parser.currentToken());
        };
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                generator.writeFieldName(String.valueOf(member.getKey()));
                write(generator, member.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof Iterable<?> items) {
            generator.writeStartArray();
            for (Object item : items) {
                write(generator, item);
            }
            generator.writeEndArray();
        } else if (value instanceof CharSequence || value instanceof Character || value instanceof Enum<?>) {
            generator.writeString(value.toString());
        } else if (value instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else if (value instanceof Number number) {
            writeNumber(generator, number);
        } else {
            throw new IllegalArgumentException("cannot be written as JSON: a value of type "
                    + value.getClass().getName());
        }
    }

    private static void writeNumber(JsonGenerator generator, Number number) throws IOException {
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("cannot be written as JSON: " + value + " is not a finite number");
            }
        }
        generator.writeNumber(number.toString());
    }

    private static IllegalArgumentException notJson(@Nullable JsonLocation at, String what) {
        String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
        return new IllegalArgumentException("not readable JSON: " + where + oneLine(what));
    }

    /**
     * The parser quotes the offending text, so control and direction characters are removed too.
     */
    private static String oneLine(String text) {
        return text.replaceAll("[\\s\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+", " ").trim();
    }
}
