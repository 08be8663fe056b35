package io.github.multus4j.internal.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Hostile;
import io.github.multus4j.Seeds;
import io.github.multus4j.internal.limits.Names;
import io.github.multus4j.lifecycle.InvalidEventException;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleEvent;
import io.github.multus4j.nodegroup.Problem;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every input gives events or {@link InvalidEventException}; an unambiguous input gives its events.
 */
@Timeout(300)
class EventFuzzTest {

    private static final int MUTATED = 300_000;
    private static final int REPHRASED = 100_000;

    private static final Pattern ID = Pattern.compile("[!-~]{1,255}");

    @Test
    void events_mutated_areEventsOrInvalid() {
        int[] read = new int[1];
        int cases = Seeds.forEachOf(MUTATED, random -> {
            Map<String, Object> event = new EventGenerator(random).event();
            if (isRead(new EventMutator(random).mutated(event))) {
                read[0]++;
            }
        });
        if (!Seeds.areFew()) {
            assertThat(read[0]).as("still readable").isBetween(cases / 5, cases / 5 * 4);
        }
    }

    @Test
    void events_rephrased_areTheSameEvents() {
        Seeds.forEachOf(REPHRASED, random -> {
            Map<String, Object> event = new EventGenerator(random).event();
            List<LifecycleEvent> expected = Events.read(event);
            List<LifecycleEvent> actual = Events.read(new EventMutator(random).rephrased(event));
            if (!actual.equals(expected)) {
                throw new AssertionError(event + "\nwas read as " + expected + "\nand then as " + actual);
            }
        });
    }

    private static boolean isRead(Map<String, Object> event) {
        List<LifecycleEvent> events;
        try {
            events = Events.read(event);
        } catch (InvalidEventException e) {
            Hostile.check("message", e.getMessage(), 20_000);
            if (e.problems().isEmpty()) {
                throw new AssertionError("refused without a problem");
            }
            for (Problem problem : e.problems()) {
                Hostile.check(problem);
            }
            return false;
        }
        events.forEach(EventFuzzTest::check);
        return true;
    }

    private static void check(LifecycleEvent event) {
        Hostile.check("event", event.toString(), 2_500);
        LifecycleAction action = event.action();
        if ((action == null) != (event.kind() == LifecycleEvent.Kind.OTHER)) {
            throw new AssertionError("kind and action do not agree: " + event);
        }
        if (action != null
                && !(Names.INSTANCE_ID.matcher(action.instanceId()).matches()
                        && ID.matcher(action.lifecycleHookName()).matches()
                        && action.token().length() == 36
                        && !action.autoScalingGroupName().isEmpty())) {
            throw new AssertionError("nothing that EC2 Auto Scaling could be asked for: " + action);
        }
    }
}
