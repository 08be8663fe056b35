package io.github.multus4j.examples.quickstart;

import io.github.multus4j.examples.quickstart.Screen.Colour;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.AttachedInterface;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The result for one node: one line if there is nothing to show, else a table of its interfaces.
 */
final class NodeAccount {

    private static final String ROW = "    %-5s  %-21s  %-17s  %-12s  %s";

    private NodeAccount() {}

    static void print(Screen screen, DemoVpc.Node node, Outcome outcome, DemoVpc vpc) {
        screen.line(
                "  %s %s in %s: %s",
                screen.paint(Colour.STRONG, node.name()),
                node.instanceId(),
                node.zone(),
                outcome.fold(
                        attached -> screen.paint(Colour.OURS, "attached"),
                        complete -> "complete",
                        skipped -> screen.paint(Colour.QUIET, "skipped: " + skipped.reason()),
                        failed -> screen.paint(Colour.BAD, failed.toString())));
        List<AttachedInterface> interfaces = outcome.fold(
                Outcome.Attached::interfaces, Outcome.Complete::interfaces, s -> List.of(), f -> List.of());
        if (!interfaces.isEmpty()) {
            print(screen, interfaces, vpc);
        }
        List<String> warnings = outcome.fold(
                Outcome.Attached::warnings, Outcome.Complete::warnings, s -> List.of(), Outcome.Failed::warnings);
        warnings.forEach(warning -> screen.line("    warning: " + warning));
    }

    private static void print(Screen screen, List<AttachedInterface> interfaces, DemoVpc vpc) {
        screen.line(screen.paint(
                Colour.QUIET, String.format(ROW, "index", "interface", "MAC address", "subnet", "addresses")));
        for (AttachedInterface it : interfaces) {
            screen.line(
                    ROW,
                    it.deviceIndex(),
                    it.id(),
                    it.macAddress(),
                    vpc.nameOf(it.subnetId()),
                    it.addresses().stream().map(Object::toString).collect(Collectors.joining("  ")));
        }
    }
}
