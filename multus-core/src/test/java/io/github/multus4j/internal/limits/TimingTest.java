package io.github.multus4j.internal.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimingTest {

    /** The same from each module: the mutation score is taken in the testkit. */
    private static final Path SOURCES = Path.of("../multus-core/src/main/java");

    private static final Path TIMING = SOURCES.resolve("io/github/multus4j/internal/limits/Timing.java");
    private static final Path PAGE = Path.of("../docs/timing.md");

    private static final Pattern CONSTANT = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s+public static final (?:Duration|int) (\\w+) =", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern FIXED_DURATION =
            Pattern.compile("Duration\\.of(?:Days|Hours|Minutes|Seconds|Millis|Nanos)\\(\\d");

    /** A constant with its value and its reason, as the page shows them. */
    private record Row(String name, String value, String reason) {}

    @Test
    void page_table_hasTheConstantsWithTheirValuesAndReasons() throws Exception {
        List<Row> expected = new ArrayList<>();
        var constants = CONSTANT.matcher(Files.readString(TIMING));
        while (constants.find()) {
            Field field = Timing.class.getField(constants.group(2));
            expected.add(new Row(field.getName(), text(field.get(null)), reason(constants.group(1))));
        }
        List<Row> shown = ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> new Row(row.group(1), row.group(2), row.group(3)))
                .toList();

        assertThat(shown).containsExactlyElementsOf(expected);
        assertThat(shown).hasSize((int) Stream.of(Timing.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .count());
    }

    @Test
    void durations_inCore_areInTimingOnly() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> others = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.equals(TIMING))
                    .toList();
            assertThat(others).hasSizeGreaterThan(90);
            assertThat(others)
                    .allSatisfy(file -> assertThat(Files.readString(file))
                            .as(file.toString())
                            .doesNotContainPattern(FIXED_DURATION));
        }
    }

    @Test
    void rollBackReserve_anyTime_isAQuarterAndAtMostHalfAMinute() {
        assertThat(Timing.rollBackReserve(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(5));
        assertThat(Timing.rollBackReserve(Duration.ofMinutes(2))).isEqualTo(Duration.ofSeconds(30));
        assertThat(Timing.rollBackReserve(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(30));
    }

    private static String text(Object value) {
        if (!(value instanceof Duration duration)) {
            return String.format(Locale.ROOT, "%,d", (Integer) value);
        }
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + " ms";
        }
        long seconds = millis / 1000;
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + " d";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }

    private static String reason(String javadoc) {
        return javadoc.replaceAll("\\s*\\n\\s*\\* ?", " ").strip();
    }
}
