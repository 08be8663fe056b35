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
     * Checks the invariants: no address is used twice, none is EC2's own; no device index holds two
     * interfaces; every interface with owner tags has {@code no_manage}, is attached to the
     * instance in its tags and is deleted with it; none is left over; no interface without owner
     * tags was changed, detached or deleted by the calls in the journal, and nothing was detached
     * by force.
     */
    public FakeEc2NetworkAssert holdsInvariants() {
        return holdsInvariantsExcept(List.of());
    }

    /**
     * As {@link #holdsInvariants}, but these interfaces may be left over, because a result names
     * them.
     */
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

    /** Checks that at most so many of these calls were made. */
    public FakeEc2NetworkAssert madeAtMost(int count, CallSelection selection) {
        return made(count, selection, "at most", selection(selection).size() <= count);
    }

    /** Checks that exactly so many of these calls were made. */
    public FakeEc2NetworkAssert madeExactly(int count, CallSelection selection) {
        return made(count, selection, "exactly", selection(selection).size() == count);
    }

    /** Checks that none of these calls was made. */
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

    /** Checks that the instance has exactly so many attached interfaces with owner tags. */
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
