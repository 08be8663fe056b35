package io.github.multus4j.testkit;

import io.github.multus4j.net.IpAddress;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.result.Outcome.AttachedInterface;
import io.github.multus4j.result.Outcome.Cause;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Assertions about the outcome of a run. */
public final class OutcomeAssert extends AbstractAssert<OutcomeAssert, Outcome> {

    OutcomeAssert(Outcome actual) {
        super(actual, OutcomeAssert.class);
    }

    /** The run made or finished interfaces, and the node has all of them. */
    public OutcomeAssert isAttached() {
        return is(Outcome.Attached.class, "attached");
    }

    /** The node had all of its interfaces already. */
    public OutcomeAssert isComplete() {
        return is(Outcome.Complete.class, "complete");
    }

    /** There was nothing to do, for a reason that contains the text. */
    public OutcomeAssert isSkippedBecause(String reason) {
        is(Outcome.Skipped.class, "skipped");
        Assertions.assertThat(((Outcome.Skipped) actual).reason()).contains(reason);
        return this;
    }

    /** The run failed first with this code, and with a cause that contains the text. */
    public OutcomeAssert isFailedBecause(Cause.Code code, String cause) {
        is(Outcome.Failed.class, "failed");
        Cause first = ((Outcome.Failed) actual).cause();
        Assertions.assertThat(first.code()).as("the first cause of %s", actual).isEqualTo(code);
        Assertions.assertThat(first.message()).contains(cause);
        return this;
    }

    /** The failed run removed all its interfaces. */
    public OutcomeAssert leftNothingBehind() {
        is(Outcome.Failed.class, "failed");
        Assertions.assertThat(((Outcome.Failed) actual).leftovers())
                .as("left behind")
                .isEmpty();
        return this;
    }

    /** The interfaces' primary addresses, in device order. */
    public OutcomeAssert hasAddresses(String... addresses) {
        Assertions.assertThat(interfaces())
                .extracting(i -> i.address().toString())
                .as("primary addresses")
                .containsExactly(addresses);
        return this;
    }

    /** All addresses of the n-th interface, counted from 1. */
    public OutcomeAssert hasAddressesOfInterface(int number, String... addresses) {
        Assertions.assertThat(interfaces().get(number - 1).addresses())
                .containsExactlyElementsOf(
                        Arrays.stream(addresses).map(IpAddress::parse).toList());
        return this;
    }

    /** The interfaces' device indexes, in device order. */
    public OutcomeAssert hasDeviceIndexes(Integer... indexes) {
        Assertions.assertThat(interfaces())
                .extracting(AttachedInterface::deviceIndex)
                .as("device indexes")
                .containsExactly(indexes);
        return this;
    }

    private OutcomeAssert is(Class<? extends Outcome> type, String word) {
        isNotNull();
        if (!type.isInstance(actual)) {
            failWithMessage("expected the outcome to be %s, but it is: %s", word, actual);
        }
        return this;
    }

    private List<AttachedInterface> interfaces() {
        isNotNull();
        return actual.fold(
                Outcome.Attached::interfaces,
                Outcome.Complete::interfaces,
                skipped -> List.<AttachedInterface>of(),
                failed -> List.<AttachedInterface>of());
    }
}
