package io.github.multus4j.deploy.agent;

import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.nodegroup.Problem;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The program {@code multus-agent}, which makes the node that it runs on Multus-ready. */
public final class Main {

    private Main() {}

    /** Runs it and ends the process. */
    public static void main(String... arguments) {
        Journal journal = Journal.of(System.out, System.err, System.getenv());
        System.exit(run(System.getenv(), Clock.systemUTC(), Sleeper.SYSTEM, journal, System.out, arguments));
    }

    /** The program without the process: answers the exit status. */
    static int run(
            Map<String, String> environment,
            Clock clock,
            Sleeper sleeper,
            Journal journal,
            PrintStream usage,
            String... arguments) {
        List<String> words = List.of(arguments);
        if (words.contains("--help") || words.contains("-h")) {
            usage.print(AttachCommand.USAGE);
            return 0;
        }
        String command = words.isEmpty() ? "" : words.get(0);
        if (!command.equals("attach")) {
            return journal.refuse(List.of("'" + Problem.printable(command) + "': expected the command attach"));
        }
        return new AttachCommand(environment, clock, sleeper, journal).run(words.subList(1, words.size()));
    }
}
