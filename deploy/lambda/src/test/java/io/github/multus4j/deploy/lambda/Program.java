package io.github.multus4j.deploy.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The program as an operator starts it: the jar that is deployed, in a process of its own. Starting
 * is most of a run's work, so the first process leaves an archive of its classes (AppCDS) to the
 * later ones. Thread-safe.
 */
final class Program {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final Path jar;
    private final Path folder;
    private final Path archive;
    private final AtomicInteger started = new AtomicInteger();

    /**
     * @param folder for the archive, and for the input and output of the processes
     */
    Program(Path jar, Path folder) {
        this.jar = jar;
        this.folder = folder;
        this.archive = folder.resolve("classes.jsa");
    }

    /** Runs to its end, and leaves the archive. */
    void learn(FakeStage stage, String event) throws IOException, InterruptedException {
        Run run = start(stage, event, "-XX:ArchiveClassesAtExit=" + archive);
        assertThat(run.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.process().exitValue()).as(run.printed()).isZero();
        assertThat(archive).exists();
    }

    /** Starts it with the stage's variables, on an event. */
    Run start(FakeStage stage, String event) throws IOException {
        return start(stage, event, "-XX:SharedArchiveFile=" + archive);
    }

    private Run start(FakeStage stage, String event, String archiving) throws IOException {
        int number = started.incrementAndGet();
        Path input = Files.writeString(folder.resolve("event-" + number), event);
        Path output = folder.resolve("output-" + number);
        ProcessBuilder program = new ProcessBuilder(List.of(
                        JAVA.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        archiving,
                        "-jar",
                        jar.toString(),
                        "--json",
                        "--endpoint",
                        stage.endpoint().toString(),
                        "--timeout",
                        "60s"))
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = program.environment();
        new ArrayList<>(environment.keySet())
                .stream().filter(name -> name.startsWith("AWS_")).forEach(environment::remove);
        environment.putAll(stage.variables);
        return new Run(program.start(), output);
    }

    /**
     * One process.
     *
     * @param output where its output goes
     */
    record Run(Process process, Path output) {

        String printed() throws IOException {
            return Files.readString(output);
        }
    }
}
