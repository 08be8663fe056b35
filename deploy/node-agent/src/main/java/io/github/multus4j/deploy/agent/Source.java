package io.github.multus4j.deploy.agent;

import io.github.multus4j.nodegroup.Problem;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One source of settings.
 *
 * @param name its name in the journal
 * @param settings the Lambda function's variables in this source
 */
record Source(String name, Map<String, String> settings) {

    private static final long MAX_FILE_BYTES = 64 * 1024;

    Source {
        settings = new LinkedHashMap<>(settings);
        settings.values().removeIf(String::isBlank);
    }

    /**
     * A file of lines {@code KEY=VALUE}, as systemd's {@code EnvironmentFile}: blank lines and
     * lines that begin with {@code #} or {@code ;} do not count, a value may stand in quotation
     * marks.
     */
    static Source file(Path path, List<String> problems) {
        Map<String, String> settings = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines(path, problems)) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
                continue;
            }
            String where = path + ", line " + number;
            int equals = text.indexOf('=');
            if (equals < 1) {
                problems.add(new Problem(where, text, "expected KEY=VALUE").toString());
                continue;
            }
            String key = text.substring(0, equals).strip();
            if (settings.put(key, unquoted(text.substring(equals + 1).strip())) != null) {
                problems.add(new Problem(where, key, "given twice").toString());
            }
        }
        return new Source(path.toString(), settings);
    }

    private static List<String> lines(Path path, List<String> problems) {
        try {
            if (Files.size(path) <= MAX_FILE_BYTES) {
                return Files.readAllLines(path);
            }
            problems.add("--config: '" + path + "': more than " + MAX_FILE_BYTES + " bytes; not read");
        } catch (NoSuchFileException e) {
            problems.add("--config: '" + path + "': there is no such file");
        } catch (MalformedInputException e) {
            problems.add("--config: '" + path + "': not UTF-8");
        } catch (IOException e) {
            problems.add(
                    "--config: '" + path + "': cannot be read: " + Problem.printable(String.valueOf(e.getMessage())));
        }
        return List.of();
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
