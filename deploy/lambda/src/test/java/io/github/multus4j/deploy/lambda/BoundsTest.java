package io.github.multus4j.deploy.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.aws.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With any input, a line of the log stays below the 256 KB of CloudWatch Logs. */
class BoundsTest {

    private static final int LOG_LINE = 256 * 1024;

    private final FakeStage stage = new FakeStage();

    @AfterEach
    void everyLineFits() {
        stage.close();
        assertThat(stage.log).allSatisfy(BoundsTest::fits);
    }

    private static void fits(String line) {
        assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(LOG_LINE);
    }

    private static String ids(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.joining(","));
    }

    @Test
    void badIds_hundredThousand_areAShortMessage() {
        stage.variables.put("SubnetIds", ids("eni-", 100_000));

        assertThatThrownBy(() -> new MultusHandler(stage.variables, null))
                .satisfies(e -> fits(e.getMessage()))
                .hasMessageContaining("… and 99,980 more");
        Shell shell = stage.shell("{}");
        assertThat(shell.status()).isEqualTo(Main.BAD_INPUT);
        fits(shell.err());
        assertThat(shell.err()).contains("… and 99,9");
    }

    @Test
    void warnings_hundredThousand_areShort() {
        stage.variables.put("Az1SubnetIds", ids("subnet-", 50_000));
        stage.variables.put("Az2SubnetIds", ids("subnet-", 50_000));
        stage.variables.put("ENITags", ids("x", 50_000));

        assertThat(Configuration.of(stage.variables).warnings()).hasSize(50_001);
        Shell shell = stage.shell("{}");
        fits(shell.err());
    }

    @Test
    void badRecords_tenThousand_areAShortError() {
        String batch = IntStream.range(0, 10_000)
                .mapToObj(i -> Json.write(Map.of("messageId", "m-" + i, "body", "x")))
                .collect(Collectors.joining(",", "{\"Records\":[", "]}"));

        assertThatThrownBy(() -> stage.invoke(batch))
                .isInstanceOf(NodeNotReadyException.class)
                .satisfies(e -> fits(e.getMessage()))
                .hasMessageContaining("… and 9,980 more");
        fits(stage.shell(batch).err());
        String array = "[" + String.join(",", Collections.nCopies(10_000, "{\"a\":1}")) + "]";
        assertThatThrownBy(() -> stage.invoke(array)).satisfies(e -> fits(e.getMessage()));
    }

    @Test
    void id_ofAMegabyte_isAShortError() {
        String event = stage.launchEvent(stage.waiting(stage.node()))
                .replaceFirst("\"EC2InstanceId\":\"[^\"]*\"", "\"EC2InstanceId\":\"i-" + "x".repeat(1_000_000) + "\"");

        assertThatThrownBy(() -> stage.invoke(event))
                .satisfies(
                        e -> assertThat(e.getMessage()).hasSizeLessThan(1_000).contains("detail.EC2InstanceId"));
    }

    @Test
    void logLine_factsOfMegabytes_areCutAndStayJson() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("outcome", "failed");
        facts.put("code", 7);
        facts.put("nothing", null);
        facts.put(
                "nodes",
                Collections.nCopies(
                        100, Map.of("plan", Map.of("warnings", Collections.nCopies(50, "\u20ac".repeat(500))))));

        String line = Json.write(LogLimit.fitting(facts));

        fits(line);
        assertThat(Json.read(line))
                .containsEntry("outcome", "failed")
                .containsEntry("code", 7)
                .containsKey("nothing");
        assertThat(line).contains("… and ");
    }

    @Test
    void logLine_factsThatFit_areLeftAlone() {
        Map<String, Object> facts = Map.of("outcome", "failed", "warnings", Collections.nCopies(100, "x"));

        assertThat(LogLimit.fitting(facts)).isSameAs(facts);
        assertThat(LogLimit.fitting(Map.of("warnings", List.of()))).isEqualTo(Map.of("warnings", List.of()));
    }
}
