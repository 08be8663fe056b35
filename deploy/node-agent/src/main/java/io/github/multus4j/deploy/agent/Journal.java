package io.github.multus4j.deploy.agent;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The output of the program: results on standard output, problems on standard error. A line that
 * goes straight to systemd's journal begins with its priority, as <a
 * href="https://www.freedesktop.org/software/systemd/man/latest/sd-daemon.html">sd-daemon</a>
 * defines it.
 *
 * @param out the stream for results
 * @param err the stream for problems
 * @param priorities whether problems begin with their priority
 */
record Journal(PrintStream out, PrintStream err, boolean priorities) {

    private static final String ERROR = "<3>";
    private static final String WARNING = "<4>";

    /**
     * Compares {@code JOURNAL_STREAM} with standard error, which may have been redirected since.
     */
    static Journal of(PrintStream out, PrintStream err, Map<String, String> environment) {
        return new Journal(out, err, isJournal(environment.getOrDefault("JOURNAL_STREAM", "")));
    }

    private static boolean isJournal(String stream) {
        if (stream.isEmpty()) {
            return false;
        }
        try {
            Map<String, Object> file = Files.readAttributes(Path.of("/proc/self/fd/2"), "unix:dev,ino");
            return stream.equals(file.get("dev") + ":" + file.get("ino"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    void answer(String line) {
        out.println(line);
    }

    void warn(String line) {
        err.println((priorities ? WARNING : "") + "multus-agent: " + line);
    }

    void error(String line) {
        err.println((priorities ? ERROR : "") + "multus-agent: " + line);
    }

    /** Bad input that is not even a command. */
    int refuse(List<String> problems) {
        problems.forEach(this::error);
        error("multus-agent --help says more");
        return Status.BAD_INPUT.code();
    }
}
