package io.github.multus4j.examples.agent;

import io.github.multus4j.ec2.Sleeper;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program {@code multus-agent}. */
@Command(name = "multus-agent", description = "Makes the node that it runs on Multus-ready.", sortOptions = false)
public final class Main {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "print this and end")
    private boolean help;

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
        Main main = new Main();
        AttachCommand attach = new AttachCommand(environment, clock, sleeper, journal);
        CommandLine line = new CommandLine(main);
        CommandLine attachLine = new CommandLine(attach);
        line.addSubcommand(attachLine);
        // All that is wrong at once, not only the first.
        line.getCommandSpec().parser().collectErrors(true);
        attachLine.getCommandSpec().parser().collectErrors(true);
        CommandLine.ParseResult parsed = line.parseArgs(arguments);
        if (main.help || attach.isHelpAsked()) {
            (main.help ? line : attachLine).usage(usage);
            return 0;
        }
        List<String> problems = new ArrayList<>(messages(parsed));
        if (parsed.hasSubcommand()) {
            problems.addAll(messages(parsed.subcommand()));
            return attach.run(problems);
        }
        return journal.refuse(problems.isEmpty() ? List.of("expected a command: attach") : problems);
    }

    private static List<String> messages(CommandLine.ParseResult parsed) {
        return parsed.errors().stream().map(Throwable::getMessage).toList();
    }
}
