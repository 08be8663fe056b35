package io.github.multus4j.testkit;

import io.github.multus4j.result.Outcome;
import java.util.Set;
import java.util.TreeSet;

/** The entry point of assertions about this library, for a static import beside AssertJ's own. */
public final class MultusAssertions {

    private MultusAssertions() {}

    /** Assertions about the outcome of a run. */
    public static OutcomeAssert assertThat(Outcome actual) {
        return new OutcomeAssert(actual);
    }

    /** Assertions about the state of a fake EC2 and the calls that it got. */
    public static FakeEc2NetworkAssert assertThat(FakeEc2Network actual) {
        return new FakeEc2NetworkAssert(actual);
    }

    /** Calls that change something if they succeed. */
    public static CallSelection mutatingCalls() {
        return new CallSelection("mutating calls", JournalEntry::isMutating);
    }

    /** Calls that only read; each page of a listing is one. */
    public static CallSelection reads() {
        return new CallSelection("reads", entry -> !entry.isMutating());
    }

    /** Calls of these actions. */
    public static CallSelection callsOf(Action first, Action... others) {
        Set<Action> actions = new TreeSet<>(Set.of(others));
        actions.add(first);
        return new CallSelection("calls of " + actions, entry -> actions.contains(entry.action()));
    }

    /** Calls that were refused, or lost their answer. */
    public static CallSelection failedCalls() {
        return new CallSelection("failed calls", JournalEntry::isFailed);
    }
}
