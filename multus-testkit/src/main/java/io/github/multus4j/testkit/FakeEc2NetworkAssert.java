package io.github.multus4j.testkit;

import io.github.multus4j.ec2.NetworkInterface;
import java.util.Collection;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions about a fake EC2, begun by {@link MultusAssertions#assertThat(FakeEc2Network)}. */
public final class FakeEc2NetworkAssert extends AbstractAssert<FakeEc2NetworkAssert, FakeEc2Network> {

    FakeEc2NetworkAssert(FakeEc2Network actual) {
        super(actual, FakeEc2NetworkAssert.class);
    }

    /**
     * That what must always hold does hold, whatever happened: no address is used twice, none is EC2's own; no device index holds two interfaces;
     * every interface with owner tags says {@code no_manage}, is attached where its tags say and goes with its instance; none is left over; nothing
     * without owner tags was changed, detached or deleted by the calls in the journal, and nothing was detached by force.
     */
    public FakeEc2NetworkAssert holdsInvariants() {
        return holdsInvariantsExcept(List.of());
    }

    /** As {@link #holdsInvariants}, but these interfaces may be left over, because a result names them. */
    public FakeEc2NetworkAssert holdsInvariantsExcept(Collection<String> leftoverInterfaceIds) {
        isNotNull();
        List<String> broken = Invariants.broken(actual, leftoverInterfaceIds);
        if (!broken.isEmpty()) {
            failWithMessage(
                    "%nExpected the invariants to hold, but:%n  - %s%nCalls:%n%s",
                    String.join("\n  - ", broken), actual.journal());
        }
        return this;
    }

    /** That at most so many of these calls were made. */
    public FakeEc2NetworkAssert madeAtMost(int count, CallSelection selection) {
        return made(count, selection, "at most", selection(selection).size() <= count);
    }

    /** That exactly so many of these calls were made. */
    public FakeEc2NetworkAssert madeExactly(int count, CallSelection selection) {
        return made(count, selection, "exactly", selection(selection).size() == count);
    }

    /** That none of these calls was made. */
    public FakeEc2NetworkAssert madeNo(CallSelection selection) {
        return madeExactly(0, selection);
    }

    private List<JournalEntry> selection(CallSelection selection) {
        isNotNull();
        return selection.in(actual.journal());
    }

    private FakeEc2NetworkAssert made(int count, CallSelection selection, String relation, boolean holds) {
        if (!holds) {
            List<JournalEntry> made = selection(selection);
            failWithMessage(
                    "%nExpected %s %s %s, but there were %s:%n%s",
                    relation,
                    count,
                    selection,
                    made.size(),
                    String.join("\n", made.stream().map(JournalEntry::toString).toList()));
        }
        return this;
    }

    /** That the instance has exactly so many interfaces with owner tags attached. */
    public FakeEc2NetworkAssert hasMultusInterfaces(String instanceId, int count) {
        isNotNull();
        List<NetworkInterface> owned = actual.interfaces().stream()
                .filter(i -> i.tags().containsKey(Invariants.OWNER) && i.isAttachedTo(instanceId))
                .toList();
        if (owned.size() != count) {
            failWithMessage(
                    "%nExpected %s Multus interfaces at %s, but there were %s: %s",
                    count, instanceId, owned.size(), owned);
        }
        return this;
    }
}
