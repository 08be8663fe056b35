package io.github.multus4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.JavaText.Comment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The language of all Java sources: comments in plain English, wrapped, and test names in one
 * style.
 */
class CommentsTest {

    private static final Path ROOT = Repository.ROOT;

    private static final Pattern FREE_RELATIVE = Pattern.compile("(?i)\\b(?:who|whose|whom|whoever|what|whatever)\\b");
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z'-]*");

    /** Free relatives for each 1,000 words: a sentence needs a noun as its subject. */
    private static final int MAX_FREE_RELATIVES = 2;

    private static final int MAX_COLUMNS = 100;

    /** A URL cannot be broken. */
    private static final Pattern URL = Pattern.compile("https?://\\S+");

    private static final Pattern TEST = Pattern.compile(
            "@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b(?:(?!\\n    }\\n)[\\s\\S])*?\\bvoid (\\w+)\\(");

    /** Condition and expectation follow the subject, each after an underscore. */
    private static final Pattern STYLE = Pattern.compile("[a-z]\\w*_\\w+");

    private static final Pattern RELATIVE_IN_NAME = Pattern.compile(
            "(?:^|_|(?<=[a-z0-9]))(?:who|whose|whoever|what|whatever|Who|Whose|Whoever|What|Whatever)(?![a-z])");

    @Test
    void freeRelatives_commentsOfEachModule_areRare() {
        Map<String, List<String>> found = new TreeMap<>();
        Map<String, Integer> words = new TreeMap<>();
        sources()
                .forEach(source -> comments(source).forEach(comment -> {
                    String module = module(source);
                    words.merge(module, count(WORD, comment.text()), Integer::sum);
                    for (int i = 0; i < count(FREE_RELATIVE, comment.text()); i++) {
                        found.computeIfAbsent(module, key -> new ArrayList<>()).add(place(source, comment));
                    }
                }));
        found.entrySet()
                .removeIf(entry ->
                        entry.getValue().size() * 1000.0 / words.getOrDefault(entry.getKey(), 1) < MAX_FREE_RELATIVES);

        assertThat(words).hasSizeGreaterThan(8).containsKeys("multus-core", "multus-aws", "deploy/lambda");
        assertThat(found)
                .as("too many free relatives; name the subject instead")
                .isEmpty();
    }

    @Test
    void commentLines_ofAllModules_keepTheWidth() {
        List<String> wide = new ArrayList<>();
        sources()
                .forEach(source -> comments(source)
                        .filter(Comment::wholeLine)
                        .filter(comment -> comment.text().length() > MAX_COLUMNS)
                        .filter(comment -> !URL.matcher(comment.text()).find())
                        .forEach(comment -> wide.add(place(source, comment))));

        assertThat(wide).as("comment lines beyond %d columns", MAX_COLUMNS).isEmpty();
    }

    @Test
    void testNames_ofAllModules_haveOneStyle() {
        List<String> names = new ArrayList<>();
        List<String> offStyle = new ArrayList<>();
        sources()
                .forEach(source -> TEST.matcher(read(source))
                        .results()
                        .map(test -> test.group(1))
                        .forEach(name -> {
                            names.add(name);
                            if (!STYLE.matcher(name).matches()
                                    || RELATIVE_IN_NAME.matcher(name).find()) {
                                offStyle.add(source.getFileName() + ": " + name);
                            }
                        }));

        assertThat(names).hasSizeGreaterThan(1000);
        assertThat(offStyle).as("not subject_condition_expectation").isEmpty();
    }

    @Test
    void comments_besideStringsAndCharacters_areFound() {
        String source = """
                String url = "http://x"; // behind
                char quote = '"'; /* inside */ int i = '\\'';
                    // alone
                String text = \"""
                    // no comment "
                    \""";
                    /**
                     * Two lines.
                     */
                """;

        assertThat(JavaText.of(source).comments())
                .containsExactly(
                        new Comment(1, "// behind", false),
                        new Comment(2, "/* inside */", false),
                        new Comment(3, "    // alone", true),
                        new Comment(7, "    /**", true),
                        new Comment(8, "     * Two lines.", true),
                        new Comment(9, "     */", true));
    }

    private static Stream<Comment> comments(Path source) {
        return JavaText.of(read(source)).comments().stream();
    }

    private static int count(Pattern pattern, String text) {
        return Math.toIntExact(pattern.matcher(text).results().count());
    }

    private static String place(Path source, Comment comment) {
        return "%s:%d: %s"
                .formatted(
                        ROOT.relativize(source), comment.line(), comment.text().strip());
    }

    /** The nearest folder with a POM. */
    private static String module(Path source) {
        Path folder = source.getParent();
        while (!Files.exists(folder.resolve("pom.xml"))) {
            folder = folder.getParent();
        }
        return ROOT.relativize(folder).toString();
    }

    private static Stream<Path> sources() {
        return Repository.files(".java").stream();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
