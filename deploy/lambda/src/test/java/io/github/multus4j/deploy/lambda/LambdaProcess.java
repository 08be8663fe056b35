package io.github.multus4j.deploy.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.aws.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A Lambda function as a process, and the runtime API on the loopback.
 *
 * @see <a
 *     href="https://github.com/aws/aws-lambda-java-libs/tree/main/aws-lambda-java-runtime-interface-client">Runtime
 *     interface client</a>
 */
final class LambdaProcess implements AutoCloseable {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    /** The jars of the client, and nothing of ours. */
    private static final String RUNTIME = Arrays.stream(
                    System.getProperty("java.class.path").split(System.getProperty("path.separator")))
            .filter(jar -> jar.matches(".*/(aws-lambda-java-[a-z-]+|utils-lite|annotations)-[0-9.]+\\.jar"))
            .collect(Collectors.joining(System.getProperty("path.separator")));

    private static final Map<String, String> KEYS =
            Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test");

    private final RuntimeApi api = new RuntimeApi();
    private final Path log;
    private final Process process;

    /**
     * As in a managed Java runtime: the runtime interface client alone on the class path, which
     * loads the handler from its working directory by a class loader of its own, with the flags
     * that those runtimes have.
     *
     * @param taskRoot the folder with the zip's content
     */
    static LambdaProcess managed(Class<?> handler, FakeStage stage, Path taskRoot, Map<String, String> settings) {
        List<String> command = List.of(
                JAVA.toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                RUNTIME,
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                handler.getName() + "::handleRequest");
        return new LambdaProcess(variables -> command, taskRoot, stage, settings);
    }

    /**
     * Starts it, on the stage's EC2, with the stage's variables.
     *
     * @param command the command for these variables, which it also finds in its environment
     * @param settings variables that Lambda sets in addition to the usual ones, or in their place
     */
    LambdaProcess(
            Function<Map<String, String>, List<String>> command,
            Path directory,
            FakeStage stage,
            Map<String, String> settings) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "AWS_LAMBDA_RUNTIME_API", api.address(),
                "AWS_LAMBDA_FUNCTION_NAME", "multus",
                "AWS_LAMBDA_FUNCTION_VERSION", "1",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                "AWS_REGION", "us-east-1",
                "AWS_ENDPOINT_URL", stage.endpoint().toString()));
        variables.putAll(stage.variables);
        variables.putAll(isSnapStart(settings) ? restoredKeys() : KEYS);
        variables.putAll(settings);
        try {
            log = Files.createTempFile("function", ".log");
            ProcessBuilder function = new ProcessBuilder(command.apply(variables))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            String path = function.environment().get("PATH");
            function.environment().clear();
            function.environment().put("PATH", path);
            function.environment().putAll(variables);
            process = function.start();
        } catch (IOException e) {
            api.close();
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSnapStart(Map<String, String> settings) {
        return "snap-start".equals(settings.get("AWS_LAMBDA_INITIALIZATION_TYPE"));
    }

    /** Keys in the environment would be those of the snapshot. */
    private Map<String, String> restoredKeys() {
        return Map.of(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                "http://" + api.address() + "/credentials",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                "test");
    }

    /** Whether it took itself for a snapshot that was restored, before its first event. */
    boolean wasRestored() {
        return api.wasRestored();
    }

    /** Unpacks the zip, as Lambda does before it starts the function. */
    static void unpack(Path zip, Path taskRoot) throws IOException {
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(file)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path target = taskRoot.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(entries, target);
                }
            }
        }
    }

    /** The answer to an event, with a time-out of a minute. */
    Map<String, Object> answer(String event) throws InterruptedException {
        api.send(event);
        return response();
    }

    /** The answer to an event, with this time-out. */
    Map<String, Object> answer(String event, Duration time) throws InterruptedException {
        api.send(event, time);
        return response();
    }

    /**
     * The error with which it ends an invocation: {@code errorType}, {@code errorMessage} and
     * {@code stackTrace}.
     */
    Map<String, Object> error(String event, Duration time) throws InterruptedException {
        api.send(event, time);
        return reply("error");
    }

    /** The reply to an event with this time-out: an answer or an error. */
    String reply(String event, Duration time) throws InterruptedException {
        api.send(event, time);
        RuntimeApi.Reply reply = api.reply();
        return reply.kind() + ' ' + reply.body();
    }

    /** The error with which it ends its start. */
    Map<String, Object> initError() throws InterruptedException {
        return reply("init/error");
    }

    private Map<String, Object> response() throws InterruptedException {
        return reply("response");
    }

    private Map<String, Object> reply(String kind) throws InterruptedException {
        RuntimeApi.Reply reply = api.reply();
        assertThat(reply.kind()).as(reply.body()).isEqualTo(kind);
        return Json.read(reply.body());
    }

    /** The lines in its log that are JSON objects. */
    List<Map<String, Object>> logged() throws IOException {
        return text().lines()
                .filter(line -> line.startsWith("{"))
                .map(Json::read)
                .toList();
    }

    /** All that it printed. */
    String text() throws IOException {
        return Files.readString(log);
    }

    /** Asks it to end, and waits until it has. */
    void end() throws InterruptedException {
        process.destroy();
        exitStatus();
    }

    /** Its exit status, when it has ended. */
    int exitStatus() throws InterruptedException {
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it has ended").isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        api.close();
        try {
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            Files.delete(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
