package io.github.multus4j.deploy.lambda;

import io.github.multus4j.aws.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads an event's text, and no more of it than an event can have. */
final class EventText {

    /** The limit of a JSON text; an event of Auto Scaling has about a thousand bytes. */
    static final int MAX_BYTES = 1024 * 1024;

    private EventText() {}

    /** @throws InvalidInputException if it is no JSON object, or not readable at all */
    static Map<String, Object> readObject(InputStream input) throws IOException {
        return parsed(read(input), Json::read);
    }

    /** @throws InvalidInputException if it is no event, or not readable at all */
    static Map<String, Object> readEvent(InputStream input) throws IOException {
        return event(read(input));
    }

    /**
     * The event of that text. An array, as EventBridge Pipes hands over, is the {@code Records} of
     * a batch.
     *
     * @throws InvalidInputException if it is neither an object nor an array with something in it
     */
    static Map<String, Object> event(String text) {
        if (!text.stripLeading().startsWith("[")) {
            return parsed(text, Json::read);
        }
        List<Object> batch = parsed(text, Json::readArray);
        if (batch.isEmpty()) {
            throw new InvalidInputException("event: '[]': expected a JSON object, or an array with an event in it");
        }
        return Map.of("Records", batch);
    }

    private static <T> T parsed(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("event: " + e.getMessage());
        }
    }

    /** @throws InvalidInputException if it is too long, empty, or not UTF-8 */
    static String read(InputStream input) throws IOException {
        byte[] bytes = input.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new InvalidInputException("event: more than " + MAX_BYTES + " bytes; not read");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.isBlank()) {
                throw new InvalidInputException("event: '': expected a JSON object");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(
                    "event: " + bytes.length + " bytes that are not UTF-8: expected a JSON object");
        }
    }
}
