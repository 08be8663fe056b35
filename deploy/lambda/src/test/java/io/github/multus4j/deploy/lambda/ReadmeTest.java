package io.github.multus4j.deploy.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The code of the README and of the pages is compiled and run. The README's tests exist, its
 * coordinates are those of the BOM, and it stays a front door.
 */
class ReadmeTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path TESTS = Path.of("src/test/java/io/github/multus4j/deploy/lambda");
    private static final List<Path> SNIPPETS =
            List.of(TESTS.resolve("FirstNode.java"), TESTS.resolve("SnippetsTest.java"));

    private final String readme = read(ROOT.resolve("README.md"));

    @Test
    void everyJavaBlock_isARegionOfACompiledTest() throws IOException {
        List<MatchResult> blocks = Pattern.compile("(<!-- snippet: (\\w+) -->\n)?```java\n(.*?)```", Pattern.DOTALL)
                .matcher(readme + pages())
                .results()
                .toList();
        for (MatchResult block : blocks) {
            assertThat(block.group(2))
                    .as("its snippet's name: " + block.group(3))
                    .isNotNull();
            assertThat(block.group(3)).as(block.group(2)).isEqualTo(region(block.group(2)));
        }
        assertThat(blocks).extracting(block -> block.group(2)).containsExactlyInAnyOrderElementsOf(regions());
    }

    /** A reader sees the subject, the requirements and the coordinates before any code. */
    @Test
    void frontDoor_partsInOrder_isShort() {
        List<String> parts = List.of(
                "sequenceDiagram",
                "flowchart LR",
                "## Requirements",
                "## Get it",
                "```xml",
                "Gradle: `implementation(platform(",
                "```java\nimport ",
                "## Try it",
                "## Test it");
        assertThat(readme).contains(parts);
        assertThat(parts).extracting(readme::indexOf).isSorted();
        assertThat(readme.lines().toList().indexOf("```java")).isLessThan(70);
        assertThat(readme.lines().count()).isLessThanOrEqualTo(145);
    }

    @Test
    void everyTestThatIsNamed_isThere() throws IOException {
        Set<String> named = new TreeSet<>();
        Pattern.compile("`(\\w+Test)`").matcher(readme).results().forEach(name -> named.add(name.group(1)));
        assertThat(named).isNotEmpty();
        try (Stream<Path> files = Files.walk(ROOT)) {
            Set<String> there = files.filter(file -> file.toString().contains("src/test/java"))
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith("Test.java"))
                    .map(file -> file.substring(0, file.length() - ".java".length()))
                    .collect(Collectors.toSet());
            assertThat(there).containsAll(named);
        }
    }

    @Test
    void tryIt_andTestIt_haveOneCommandEach() {
        for (String section : List.of("Try it", "Test it")) {
            MatchResult found = Pattern.compile("^## " + section + "\n(.*?)^## ", Pattern.DOTALL | Pattern.MULTILINE)
                    .matcher(readme)
                    .results()
                    .findFirst()
                    .orElseThrow();
            assertThat(Pattern.compile("```sh\n[^\n]+\n```\n")
                            .matcher(found.group(1))
                            .results())
                    .as(section)
                    .hasSize(1);
        }
    }

    @Test
    void coordinates_ofMavenAndGradle_areThoseOfTheBom() {
        String bom = read(ROOT.resolve("multus-bom/pom.xml"));
        Pattern version = Pattern.compile("<artifactId>multus-bom</artifactId>\\s*<version>([^<]+)</version>");
        String ours = version.matcher(bom)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        Set<String> named = new TreeSet<>();
        Pattern.compile("<artifactId>(multus-[\\w-]+)</artifactId>|io\\.github\\.multus4j:(multus-[\\w-]+)")
                .matcher(readme)
                .results()
                .forEach(found -> named.add(found.group(1) != null ? found.group(1) : found.group(2)));
        assertThat(named).contains("multus-bom", "multus-aws");
        assertThat(named).allSatisfy(artifact -> assertThat(bom).contains("<artifactId>" + artifact + "</artifactId>"));
        assertThat(version.matcher(readme).results().map(found -> found.group(1)))
                .containsExactly(ours);
        assertThat(readme).contains("platform(\"io.github.multus4j:multus-bom:" + ours + "\")");
    }

    private static String pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .map(ReadmeTest::read)
                    .collect(Collectors.joining());
        }
    }

    private static List<String> regions() {
        return SNIPPETS.stream()
                .flatMap(file -> read(file).lines())
                .map(String::strip)
                .filter(line -> line.startsWith("// region "))
                .map(line -> line.substring("// region ".length()))
                .toList();
    }

    /** The lines between the region's marks, as far to the left as they go. */
    private static String region(String name) {
        List<String> region = SNIPPETS.stream()
                .flatMap(file -> read(file).lines())
                .dropWhile(line -> !line.strip().equals("// region " + name))
                .skip(1)
                .takeWhile(line -> !line.strip().equals("// endregion"))
                .toList();
        assertThat(region).as("region " + name).isNotEmpty();
        return String.join("\n", region).stripIndent() + "\n";
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
