package io.github.multus4j.examples.quickstart;

import io.github.multus4j.examples.quickstart.Screen.Colour;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.result.Plan;
import io.github.multus4j.result.PlannedInterface;
import io.github.multus4j.result.PlannedInterface.Step;
import java.util.stream.Collectors;

/** The planned interfaces of one node. */
final class PlanAccount {

    private PlanAccount() {}

    static void print(Screen screen, Plan plan, DemoVpc vpc) {
        if (!(plan instanceof Plan.Attachments attachment)) {
            plan.toString().lines().forEach(line -> screen.line("  " + line));
            return;
        }
        for (PlannedInterface planned : attachment.interfaces()) {
            screen.line(
                    "  index %d in %-12s  %s",
                    planned.deviceIndex(), vpc.nameOf(planned.subnet().id()), addresses(planned));
            screen.line(screen.paint(
                    Colour.QUIET,
                    "    " + planned.steps().stream().map(Step::toString).collect(Collectors.joining(", "))));
        }
    }

    private static String addresses(PlannedInterface planned) {
        return planned.request() == null
                ? "is there"
                : planned.request().requestedAddresses().stream()
                        .map(IpAddress::toString)
                        .collect(Collectors.joining("  "));
    }
}
