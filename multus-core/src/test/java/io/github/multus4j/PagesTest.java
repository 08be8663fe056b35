package io.github.multus4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Markdown pages of the repository: their links, the index of docs, and the language. */
class PagesTest {

    private static final Path ROOT = Repository.ROOT;
    private static final Path DOCS = ROOT.resolve("docs");

    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern ID = Pattern.compile("<a id=\"([^\"]+)\">");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}'’_-]+");
    private static final Pattern FREE_RELATIVE = Pattern.compile("(?i)\\b(?:who|whose|whom|whoever|what|whatever)\\b");

    /** {@code TypeName} and {@code TypeName.member}; not the parts of paths and of longer names. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w./:_-])([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)(?![\\w_])");

    private static final Pattern IDENTIFIER = Pattern.compile("\\w+");
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|enum|record)\\s+([A-Z]\\w*)");
    private static final Pattern TEXT_OR_IMPORT = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"|(?m:^import [\\w. ]+;)");

    /** Names of AWS, Kubernetes and libraries that occur in pages only. */
    private static final Set<String> FOREIGN_NAMES = Set.of(
            "BastionPublicIp",
            "ContainerCreating",
            "EksAdminRoleForLambdaArn",
            "HttpRetryException",
            "ProtectKernelTunables",
            "ProxySelector",
            "PutMetricData",
            "ReportBatchItemFailures",
            "RestartSteps",
            "RetryImpl",
            "RuntimeException",
            "ThreadLocal",
            "TopologyAffinityError");

    /** Free relatives for each 1,000 words: a sentence needs a noun as its subject. */
    private static final int MAX_FREE_RELATIVES = 2;

    @Test
    void link_ofAnyPage_leadsToAFileAndAHeading() {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : pages()) {
            for (MatchResult link : LINK.matcher(withoutCode(page)).results().toList()) {
                links++;
                String target = link.group(1);
                if (target.matches("[a-z]+:.*")) {
                    continue;
                }
                Path file = target.isEmpty()
                        ? page
                        : page.resolveSibling(target).toAbsolutePath().normalize();
                String anchor = link.group(2);
                if (!Files.exists(file) || (anchor != null && !anchors(file).contains(anchor))) {
                    broken.add(ROOT.relativize(page) + ": " + link.group());
                }
            }
        }
        assertThat(links).isGreaterThan(100);
        assertThat(broken).as("links without a target").isEmpty();
    }

    @Test
    void index_ofDocs_linksEachPage() {
        Set<Path> linked = new HashSet<>();
        Path index = DOCS.resolve("README.md");
        LINK.matcher(withoutCode(index))
                .results()
                .forEach(link -> linked.add(DOCS.resolve(link.group(1)).normalize()));
        // The decisions have an index of their own.
        List<Path> wanted = pages().stream()
                .filter(page -> page.startsWith(DOCS) && !page.equals(index))
                .filter(page -> !page.startsWith(DOCS.resolve("adr")) || page.endsWith("README.md"))
                .toList();
        assertThat(wanted).hasSizeGreaterThan(20);
        assertThat(linked).containsAll(wanted);
    }

    @Test
    void index_ofDecisions_hasTheTitleOfEachPage() {
        Path folder = DOCS.resolve("adr");
        String index = read(folder.resolve("README.md"));
        List<String> wanted = pages().stream()
                .filter(page -> page.startsWith(folder) && !page.endsWith("README.md"))
                .map(page -> {
                    String[] heading =
                            read(page).lines().findFirst().orElseThrow().split("# |\\. ", 3);
                    return "| %s | [%s](%s) |".formatted(heading[1], heading[2], page.getFileName());
                })
                .toList();
        assertThat(wanted).hasSizeGreaterThan(40);
        assertThat(index.lines()).containsAll(wanted);
        assertThat(index.lines().filter(line -> line.contains(".md) |"))).hasSameSizeAs(wanted);
    }

    @Test
    void name_inCode_isATypeOrAWordOfTheSources() {
        Set<String> known = new HashSet<>(FOREIGN_NAMES);
        for (Path source : Repository.files(".java")) {
            String text = read(source);
            TYPE.matcher(text).results().forEach(type -> known.add(type.group(1)));
            TEXT_OR_IMPORT.matcher(text).results().forEach(part -> addWords(part.group(), known));
        }
        for (String ending :
                List.of(".yaml", ".yml", ".xml", ".csv", ".py", ".sh", ".pro", "multus-gate", "multus-agent")) {
            Repository.files(ending).forEach(file -> addWords(read(file), known));
        }
        Set<String> named = new TreeSet<>();
        Set<String> unknown = new TreeSet<>();
        for (Path page : pages()) {
            String text = CODE_BLOCK.matcher(read(page)).replaceAll("");
            for (MatchResult code : CODE.matcher(text).results().toList()) {
                for (MatchResult name : NAME.matcher(code.group()).results().toList()) {
                    named.add(name.group(1));
                    if (!known.contains(name.group(1))) {
                        unknown.add(ROOT.relativize(page) + ": " + name.group(1));
                    }
                }
            }
        }
        assertThat(named).hasSizeGreaterThan(200).containsAll(FOREIGN_NAMES);
        assertThat(unknown).as("names that no source has").isEmpty();
    }

    private static void addWords(String text, Set<String> words) {
        IDENTIFIER.matcher(text).results().forEach(word -> words.add(word.group()));
    }

    @Test
    void freeRelatives_allPages_areRare() {
        List<String> found = new ArrayList<>();
        long words = 0;
        for (Path page : pages()) {
            String text = LINK.matcher(withoutCode(page)).replaceAll("]");
            words += WORD.matcher(text).results().count();
            text.lines()
                    .filter(line -> FREE_RELATIVE.matcher(line).find())
                    .forEach(line -> FREE_RELATIVE
                            .matcher(line)
                            .results()
                            .forEach(hit -> found.add(ROOT.relativize(page) + ": " + line.strip())));
        }
        assertThat(words).isGreaterThan(10_000);
        assertThat(found.size() * 1000.0 / words)
                .as(
                        "free relatives for each 1,000 of %d words; name the subject instead:%n%s",
                        words, String.join("\n", found))
                .isLessThan(MAX_FREE_RELATIVES);
    }

    private static List<Path> pages() {
        return Repository.files(".md");
    }

    /** As GitHub makes them from headings, and those that a page sets itself. */
    private static Set<String> anchors(Path page) {
        Set<String> anchors = new HashSet<>();
        String text = CODE_BLOCK.matcher(read(page)).replaceAll("");
        for (MatchResult heading : HEADING.matcher(text).results().toList()) {
            String title = LINK.matcher(heading.group(1)).replaceAll("]").toLowerCase(Locale.ROOT);
            anchors.add(title.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'));
        }
        ID.matcher(text).results().forEach(id -> anchors.add(id.group(1)));
        return anchors;
    }

    private static String withoutCode(Path page) {
        String text = CODE_BLOCK.matcher(read(page)).replaceAll("");
        return CODE.matcher(COMMENT.matcher(text).replaceAll("")).replaceAll("code");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
