package io.github.multus4j.deploy.lambda;

import io.github.multus4j.lifecycle.InvalidEventException;
import io.github.multus4j.lifecycle.LifecycleEvent;
import io.github.multus4j.nodegroup.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The input of the command line. Each mistake becomes one line of a list. */
final class Input {

    private Input() {}

    static @Nullable Configuration configuration(Map<String, String> environment, List<String> problems) {
        List<Problem> found = new ArrayList<>();
        Configuration configuration = Configuration.read(environment, found);
        add(found, problems);
        return configuration;
    }

    /** The source of an event's text. */
    interface Source {
        String text() throws IOException;
    }

    static @Nullable Map<String, Object> event(Source source, List<String> problems) {
        try {
            return EventText.event(source.text());
        } catch (FileNotFoundException e) { // The message is the path and the system's reason.
            problems.add("EVENT-FILE: " + Problem.printable(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            problems.add("event: cannot be read: " + e.getMessage());
        } catch (InvalidInputException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        return null;
    }

    /** The readable messages. Each unreadable one adds a problem. */
    static List<LifecycleEvent> messages(MultusFunction function, Map<String, Object> event, List<String> problems) {
        try {
            return function.events(event);
        } catch (InvalidEventException e) {
            add(e.problems(), problems);
            return e.readableEvents();
        }
    }

    private static void add(List<Problem> found, List<String> problems) {
        found.stream().map(Problem::toString).forEach(problems::add);
    }
}
