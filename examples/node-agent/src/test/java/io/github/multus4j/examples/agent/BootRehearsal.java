package io.github.multus4j.examples.agent;

import io.github.multus4j.testkit.Action;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * Boots a node, with the agent in a process of its own and EC2 behind TLS: to train its AOT cache, and to measure how long it takes.
 *
 * <pre>BootRehearsal train|measure KEYS PASSWORD COMMAND...</pre>
 *
 * Training goes the ordinary ways of a boot in one process: a first try that EC2 refuses and that is rolled back, and a second one. Measuring prints
 * the milliseconds from the start of the process to its first request to EC2, and to its end, of a boot that makes two interfaces.
 */
final class BootRehearsal {

    private final Path keys;
    private final char[] password;
    private final List<String> command;

    private BootRehearsal(Path keys, char[] password, List<String> command) {
        this.keys = keys;
        this.password = password;
        this.command = command;
    }

    public static void main(String... arguments) throws Exception {
        BootRehearsal rehearsal = new BootRehearsal(
                Path.of(arguments[1]),
                arguments[2].toCharArray(),
                List.of(arguments).subList(3, arguments.length));
        boolean training = arguments[0].equals("train");
        Boot boot = rehearsal.boot(training);
        if (!training) {
            System.out.println(boot.toFirstCall() + " " + boot.toEnd());
        }
        System.exit(0);
    }

    /** In milliseconds from the start of the process. */
    private record Boot(long toFirstCall, long toEnd) {}

    private Boot boot(boolean training) throws IOException, GeneralSecurityException, InterruptedException {
        try (AgentStage stage = new AgentStage();
                TlsFront front = TlsFront.of(stage.endpoint(), keys, password)) {
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
            if (!training) {
                program.redirectOutput(ProcessBuilder.Redirect.DISCARD);
            }
            long start = System.nanoTime();
            int status = program.start().waitFor();
            long end = System.nanoTime();
            if (status != 0) {
                throw new IllegalStateException(line + " ended with status " + status);
            }
            return new Boot((front.firstRequest() - start) / 1_000_000, (end - start) / 1_000_000);
        }
    }
}
