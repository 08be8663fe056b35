package io.github.multus4j.testkit.internal.rule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The scenarios' results on the emulators: {@code docs/conformance-emulators.csv}, one line for
 * each rule and one column for each emulator, as {@link ConformanceSurveyIT} measured them.
 */
final class Survey {

    static final String MOTO = "moto 5.2.5";
    static final String LOCALSTACK = "LocalStack 4.14.0";

    /**
     * Whether the files in {@code docs} are to be written anew: {@code -Dconformance.update=true}.
     */
    static final boolean UPDATE = Boolean.getBoolean("conformance.update");

    private static final List<String> EMULATORS = List.of(MOTO, LOCALSTACK);

    private final Map<String, Map<String, String>> byRule = new TreeMap<>();

    /** The folder {@code docs} of the repository; Maven runs tests in the module. */
    static Path docs() {
        return Path.of("..", "docs");
    }

    static Path file() {
        return docs().resolve("conformance-emulators.csv");
    }

    /** The last measurements; empty if there are none. */
    static Survey read() {
        Survey survey = new Survey();
        try {
            List<String> lines = Files.exists(file()) ? Files.readAllLines(file()) : List.of();
            for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
                String[] cells = line.split(",", -1);
                for (int i = 0; i < EMULATORS.size(); i++) {
                    survey.put(cells[0], EMULATORS.get(i), cells[i + 1]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return survey;
    }

    /** The result of a rule's scenario on an emulator; empty if it was never measured. */
    String outcome(String ruleId, String emulator) {
        return byRule.getOrDefault(ruleId, Map.of()).getOrDefault(emulator, "");
    }

    void put(String ruleId, String emulator, String outcome) {
        byRule.computeIfAbsent(ruleId, id -> new LinkedHashMap<>()).put(emulator, outcome);
    }

    /** The file, with the rules of today in their order. */
    String text() {
        StringBuilder text = new StringBuilder("rule," + String.join(",", EMULATORS) + "\n");
        for (ConformanceRule rule : ConformanceRules.all()) {
            text.append(rule.id());
            EMULATORS.forEach(emulator -> text.append(',').append(outcome(rule.id(), emulator)));
            text.append('\n');
        }
        return text.toString();
    }
}
