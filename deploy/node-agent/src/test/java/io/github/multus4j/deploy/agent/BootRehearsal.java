package io.github.multus4j.deploy.agent;

import io.github.multus4j.fixtures.TlsFront;
import io.github.multus4j.fixtures.TlsKeys;
import io.github.multus4j.testkit.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Boots a node, with the agent in a process of its own and EC2 behind TLS: to train its AOT cache,
 * and to measure how long it takes.
 *
 * <pre>BootRehearsal train|measure COMMAND...</pre>
 *
 * Training makes the ordinary attempts of a boot in one process: a first one that EC2 refuses and
 * that is rolled back, and a second one. Measuring prints the milliseconds from the start of the
 * process to its first request to EC2, and to its end, of a boot that makes two interfaces.
 */
final class BootRehearsal {

    private static final String OPTIONS = "MULTUS_AGENT_JAVA_OPTIONS";

    private final List<String> command;

    private BootRehearsal(List<String> command) {
        this.command = command;
    }

    public static void main(String... arguments) throws Exception {
        BootRehearsal rehearsal = new BootRehearsal(List.of(arguments).subList(1, arguments.length));
        boolean training = arguments[0].equals("train");
        Boot boot = rehearsal.boot(training);
        if (!training) {
            System.out.println(boot.toFirstCall() + " " + boot.toEnd());
        }
        System.exit(0);
    }

    /** In milliseconds from the start of the process. */
    private record Boot(long toFirstCall, long toEnd) {}

    private Boot boot(boolean training) throws IOException, InterruptedException {
        TlsKeys keys = TlsKeys.in(Files.createTempDirectory("rehearsal"));
        try (AgentStage stage = new AgentStage();
                TlsFront front = TlsFront.start(stage.endpoint(), keys)) {
            if (training) {
                stage.ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).call(1).failWith("AttachmentLimitExceeded");
            }
            List<String> line = new ArrayList<>(command);
            line.add("attach");
            line.addAll(List.of(stage.spec()));
            line.addAll(List.of("--endpoint", front.url().toString()));
            line.addAll(List.of("--metadata", stage.metadata.url().toString()));
            ProcessBuilder program = new ProcessBuilder(line).inheritIO();
            program.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
            program.environment().merge(OPTIONS, keys.javaOptions(), (given, trust) -> given + " " + trust);
            if (!training) {
                program.redirectOutput(ProcessBuilder.Redirect.DISCARD);
            }
            Instant start = Instant.now();
            int status = program.start().waitFor();
            Instant end = Instant.now();
            if (status != 0) {
                throw new IllegalStateException(line + " ended with status " + status);
            }
            return new Boot(
                    Duration.between(start, front.firstRequest()).toMillis(),
                    Duration.between(start, end).toMillis());
        }
    }
}
