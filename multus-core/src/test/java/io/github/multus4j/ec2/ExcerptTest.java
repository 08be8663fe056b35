package io.github.multus4j.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void of_fewItems_areAllShown() {
        List<Integer> twenty = IntStream.range(0, 20).boxed().toList();

        assertThat(Excerpt.of(List.of())).isEmpty();
        assertThat(Excerpt.of(List.of("a", "b"))).containsExactly("a", "b");
        assertThat(Excerpt.of(twenty)).hasSize(20).endsWith("19");
    }

    @Test
    void of_manyItems_areCounted() {
        assertThat(Excerpt.of(Collections.nCopies(5_010, "x"))).hasSize(21).endsWith("x", "… and 4,990 more");
        assertThat(Excerpt.of(Collections.nCopies(21, "x"))).endsWith("x", "… and 1 more");
        assertThat(Excerpt.joined(Collections.nCopies(22, "x"), "; ")).endsWith("; x; … and 2 more");
    }

    @Test
    void of_longText_isCutBetweenCharacters() {
        assertThat(Excerpt.of("x".repeat(2_000))).hasSize(2_000);
        assertThat(Excerpt.of("x".repeat(1_000_000))).hasSizeLessThan(2_100).endsWith("x… (1000000 characters)");
        assertThat(Excerpt.of("abc\ud83d\ude00def", 4)).isEqualTo("abc… (8 characters)");
        assertThat(Excerpt.of(List.of("x".repeat(1_000_000))).get(0)).hasSizeLessThan(2_100);
    }

    @Test
    void put_manyObjects_countsTheOthers() {
        Map<String, Object> map = new LinkedHashMap<>();
        Map<String, Object> one = Map.of("id", "eni-1");

        Excerpt.put(map, "few", List.of(one), 1);
        Excerpt.put(map, "many", Collections.nCopies(4_991, one), 1);

        assertThat(map).isEqualTo(Map.of("few", List.of(one), "many", List.of(one), "manyNotShown", 4_990));
    }
}
