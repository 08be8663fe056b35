package io.github.multus4j.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A process that handles launch events: one event a line goes in, one line comes out when it is
 * handled.
 */
final class EventHandler implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final Path log;
    private long since;

    private EventHandler(Process process, Path log, long since) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.log = log;
        this.since = since;
    }

    /**
     * Starts it. The time of the first event counts from here.
     *
     * @param log gets all output beside the answers
     */
    static EventHandler start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        long start = System.nanoTime();
        return new EventHandler(builder.start(), log, start);
    }

    /**
     * From when the event was sent, or for the first from the start of the process, until it was
     * handled.
     */
    Duration handle(String event) throws IOException {
        long start = since != 0 ? since : System.nanoTime();
        since = 0;
        process.outputWriter(StandardCharsets.UTF_8).append(event).append('\n').flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException(process.info().command().orElse("the process") + " has ended; see " + log);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Ends it, as the end of its input does. */
    @Override
    public void close() {
        try {
            process.outputWriter().close();
            process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroy();
        }
    }
}
