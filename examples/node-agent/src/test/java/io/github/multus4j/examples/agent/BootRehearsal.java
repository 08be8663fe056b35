package io.github.multus4j.examples.agent;

import io.github.multus4j.testkit.Action;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Boots a node again and again, with the agent in a process of its own and EC2 behind TLS: to train its AOT cache, and to measure how long it takes.
 *
 * <pre>BootRehearsal train|measure KEYS PASSWORD RUNS COMMAND...</pre>
 *
 * Training goes the ordinary ways of a boot in one process: a first try that EC2 refuses and that is rolled back, and a second one. Measuring prints
 * the medians from the start of the process to its first request to EC2, and to its end, over boots that make two interfaces.
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
                List.of(arguments).subList(4, arguments.length));
        int runs = Integer.parseInt(arguments[3]);
        boolean training = arguments[0].equals("train");
        long[] toFirstCall = new long[runs];
        long[] toEnd = new long[runs];
        for (int i = 0; i < runs; i++) {
            Boot boot = rehearsal.boot(training);
            toFirstCall[i] = boot.toFirstCall();
            toEnd[i] = boot.toEnd();
        }
        if (!training) {
            System.out.printf(
                    "%d boots: first call to EC2 after %d ms, ended after %d ms (medians; first call %d to %d)%n",
                    runs, median(toFirstCall), median(toEnd), LongStream.of(toFirstCall).min().getAsLong(),
                    LongStream.of(toFirstCall).max().getAsLong());
        }
        System.exit(0);
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** In milliseconds from the start of the process. */
    private record Boot(long toFirstCall, long toEnd) {}

    private Boot boot(boolean training) throws IOException, GeneralSecurityException, InterruptedException {
        try (AgentStage stage = new AgentStage();
                TlsFront front = TlsFront.of(stage.endpoint(), keys, password)) {
            if (training) {
                stage.ec2
                        .faults()
                        .on(Action.ATTACH_NETWORK_INTERFACE)
                        .call(1)
                        .failWith("AttachmentLimitExceeded");
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
