package io.github.multus4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The page about the reference's defects claims nothing without a test. */
class ReferenceDefectsTest {

    private static final int DEFECTS = 41;
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*\\| ([^|]+) \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    private static final Path ROOT = root();

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("docs/reference-defects.md"))) {
            directory = directory.getParent();
            assertThat(directory).as("the directory that holds docs").isNotNull();
        }
        return directory;
    }

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(ROOT.resolve("docs/reference-defects.md")))
                .results()
                .toList();
    }

    @Test
    void page_everyDefect_isThereOnceAndInOrder() throws IOException {
        assertThat(rows())
                .extracting(row -> Integer.valueOf(row.group(1)))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, DEFECTS).boxed().toList());
    }

    @Test
    void page_everyDefect_isShownByATest() throws IOException {
        assertThat(rows())
                .allSatisfy(row ->
                        assertThat(row.group(2)).as("defect %s", row.group(1)).containsPattern(TEST));
    }

    @Test
    void page_everyTestNamed_exists() throws IOException {
        Map<String, List<Path>> sources = testSources();
        List<String> unknown = new ArrayList<>();
        for (MatchResult row : rows()) {
            TEST.matcher(row.group(2))
                    .results()
                    .filter(test -> sources.getOrDefault(test.group(1), List.of()).stream()
                            .noneMatch(source -> hasTest(source, test.group(2))))
                    .forEach(test -> unknown.add(row.group(1) + ": " + test.group()));
        }
        assertThat(unknown).isEmpty();
    }

    private static boolean hasTest(Path source, String method) {
        try {
            String text = Files.readString(source);
            return text.contains(" void " + method + "(") || text.contains("def " + method + "(");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The test sources of all modules, by class name, or by file name if they are not Java. */
    private static Map<String, List<Path>> testSources() throws IOException {
        Map<String, List<Path>> sources = new HashMap<>();
        Path tests = Path.of("src", "test", "java");
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                boolean skipped = name.equals("target")
                        || (name.startsWith(".") && !name.equals(".ci") && !directory.equals(ROOT));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                String path = ROOT.relativize(file).toString();
                if (name.endsWith(".java")
                        ? path.contains(tests.toString())
                        : path.matches("\\.ci/.*/test_\\w+\\.py")) {
                    sources.computeIfAbsent(name.substring(0, name.lastIndexOf('.')), key -> new ArrayList<>())
                            .add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }
}
