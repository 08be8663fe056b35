package io.github.multus4j.examples.lambda;

import io.github.multus4j.aws.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads an event's text, and no more of it than an event can have. */
final class EventText {

    /** As many as a JSON text may have characters; an event of Auto Scaling has about a thousand. */
    static final int MOST_BYTES = 1024 * 1024;

    private EventText() {}

    /** @throws InvalidInputException if it is no JSON object, or not readable at all */
    static Map<String, Object> readObject(InputStream input) throws IOException {
        try {
            return Json.read(read(input));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("event: " + e.getMessage());
        }
    }

    /** @throws InvalidInputException if it is too long, empty, or not UTF-8 */
    static String read(InputStream input) throws IOException {
        byte[] bytes = input.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new InvalidInputException("event: more than " + MOST_BYTES + " bytes; not read");
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
