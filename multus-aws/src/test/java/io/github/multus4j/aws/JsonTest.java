package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.ec2.Ec2Exception.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void read_everyKindOfValue_isMapped() {
        Map<String, Object> read = Json.read("""
                {"s": "a\\u00e9\\n", "i": 1, "l": 5000000000, "b": 123456789012345678901234567890, "d": 1.10, "t": true, "f": false,
                 "n": null, "a": [1, [], {}], "o": {"x": {"y": "z"}}}
                """);

        assertThat(read)
                .containsEntry("s", "aé\n")
                .containsEntry("i", 1)
                .containsEntry("l", 5000000000L)
                .containsEntry("b", new BigInteger("123456789012345678901234567890"))
                .containsEntry("d", new BigDecimal("1.10"))
                .containsEntry("t", true)
                .containsEntry("f", false)
                .containsEntry("n", null)
                .containsEntry("a", List.of(1, List.of(), Map.of()))
                .containsEntry("o", Map.of("x", Map.of("y", "z")));
        assertThat(read.keySet()).containsExactly("s", "i", "l", "b", "d", "t", "f", "n", "a", "o");
    }

    @Test
    void read_anyObject_isNotModifiable() {
        Map<String, Object> read = Json.read("{\"a\": []}");

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> read.put("b", 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ~~                   | line 1, column 0: no text
            []                   | line 1, column 1: not an object
            "text"               | line 1, column 1: not an object
            nonsense             | line 1, column
            {"a": 1              | line 1, column
            {"a" 1}              | line 1, column 6
            {"a": 1,}            | line 1, column 9
            {'a': 1}             | line 1, column 2
            {"a": NaN}           | line 1, column
            {"a": 01}            | line 1, column
            {"a": 1, "a": 2}     | Duplicate field 'a'
            {"a": 1} {"b": 2}    | line 1, column 10: more text after the object
            {"a": 1} x           | line 1, column
            """)
    void read_noObject_isRefusedInOneLineWithThePlace(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.read(text))
                .withMessageStartingWith("not readable JSON: ")
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "jackson", "com.fasterxml"));
    }

    @Test
    void read_controlCharacters_areQuotedVisiblyOnOneLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.read("{\"a\\u001b[31m\\u202e\\u0085b\": 1, \"a\\u001b[31m\\u202e\\u0085b\": 2}"))
                .withMessageContaining("Duplicate field 'a [31m b'");
    }

    @Test
    void read_errorOnALaterLine_namesThatLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.read("{\n  \"a\": 1,\n  oops\n}"))
                .withMessageContaining("line 3, column");
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65, 100_000})
    void read_tooDeep_isRefused(int depth) {
        String text = "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);

        if (depth <= 64) {
            assertThat(Json.read(text)).containsKey("a");
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Json.read(text))
                    .withMessageContaining("64");
        }
    }

    @Test
    void read_tooLong_isRefused() {
        String text = "{\"a\": \"" + "x".repeat(1024 * 1024) + "\"}";

        assertThatIllegalArgumentException().isThrownBy(() -> Json.read(text)).withMessageContaining("1048576");
        assertThat(Json.read("{\"a\": \"" + "x".repeat(1024 * 1024 - 9) + "\"}"))
                .hasSize(1);
    }

    @Test
    void read_tooLongANumber_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.read("{\"a\": " + "9".repeat(101) + "}"))
                .withMessageContaining("100");
    }

    /** A damaged text is read, or refused in one line. A result can be written and read again. */
    @Test
    void read_anyText_isReadOrRefused() {
        String text = "{\"a\":[1,-2.5e3,true,null,{\"b\":\"x\\u00e9\\n\"}],\"c\":{}}";
        for (long seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            StringBuilder broken = new StringBuilder(text);
            for (int i = 0; i <= random.nextInt(3); i++) {
                int at = random.nextInt(broken.length());
                switch (random.nextInt(3)) {
                    case 0 -> broken.deleteCharAt(at);
                    case 1 -> broken.insert(at, broken.charAt(random.nextInt(broken.length())));
                    default -> broken.setCharAt(at, (char) random.nextInt(0x100));
                }
            }
            try {
                Map<String, Object> read = Json.read(broken.toString());
                assertThat(Json.read(Json.write(read))).as("seed %d", seed).isEqualTo(read);
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage())
                        .as("seed %d", seed)
                        .startsWith("not readable JSON: ")
                        .doesNotContain("\n");
            }
        }
    }

    @Test
    void write_anyObject_isOneLineThatReadsTheSame() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("text", "a \"b\" \n\u0001é");
        object.put("numbers", List.of(1, 2L, new BigDecimal("1.10"), 0.5));
        object.put("none", null);
        object.put("yes", true);
        object.put("kind", Kind.THROTTLED);
        object.put("nested", Map.of("a", Arrays.asList("x", null)));

        String text = Json.write(object);

        assertThat(text)
                .isEqualTo(
                        "{\"text\":\"a \\\"b\\\" \\n\\u0001é\",\"numbers\":[1,2,1.10,0.5],\"none\":null,\"yes\":true,"
                                + "\"kind\":\"THROTTLED\",\"nested\":{\"a\":[\"x\",null]}}");
        assertThat(Json.write(Json.read(text))).isEqualTo(text);
    }

    @Test
    void write_valueOutsideJson_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.write(Map.of("a", Double.NaN)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.write(Map.of("a", new Object())))
                .withMessageContaining("java.lang.Object");
    }

    @Test
    void write_cycle_isRefused() {
        Map<String, Object> self = new HashMap<>();
        self.put("self", self);

        assertThatIllegalArgumentException().isThrownBy(() -> Json.write(self)).withMessageContaining("64");
    }

    @Test
    void readArray_batch_isAList() {
        assertThat(Json.readArray(" [{\"a\": [1, \"x\"]}, \"text\", null]"))
                .isEqualTo(Arrays.asList(Map.of("a", List.of(1, "x")), "text", null));
        assertThat(Json.readArray("[]")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|line 1, column 1: not an array",
                "[1]]|line 1, column 4",
                "[1] [2]|line 1, column 5: more text after the array",
                "[1,|line 1, column 4",
                "''|no text"
            })
    void readArray_otherText_isRefusedWithThePlace(String text, String problem) {
        assertThatThrownBy(() -> Json.readArray(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }
}
