package io.github.multus4j.testkit.contract;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Network;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A contract whose tests each have a VPC of their own, which is removed afterwards. */
abstract class SiteContract extends ContractTarget {

    @RegisterExtension
    private static final NeedsCheck NEEDS_CHECK = new NeedsCheck();

    private @Nullable ContractSite site;

    SiteContract() {}

    /** The target. The same within one test. */
    protected abstract Ec2Network network();

    /** The world around it. The same within one test. */
    protected abstract Ec2World world();

    /** The deadline for a call that is made now; 20 seconds by the system's clock. */
    protected Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(20), Clock.systemUTC());
    }

    @BeforeEach
    final void makeSite() {
        site = new ContractSite(network(), world(), this::deadline);
    }

    /** On a target without the capabilities of the test, removal may fail. */
    @AfterEach
    final void removeSite(TestInfo test) {
        if (site != null) {
            List<RuntimeException> left = site.remove();
            boolean excused = test.getTestMethod()
                    .map(method -> !NeedsCheck.lacking(method, this).isEmpty())
                    .orElse(false);
            if (!left.isEmpty() && !excused) {
                AssertionError failure = new AssertionError("what the test made could not be removed: " + left.get(0));
                left.forEach(failure::addSuppressed);
                throw failure;
            }
        }
    }

    final ContractSite site() {
        if (site == null) {
            throw new IllegalStateException("no test is running");
        }
        return site;
    }
}
