package io.github.multus4j.testkit.contract;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Network;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The contract of every {@link Ec2Network} as tests: the port's Javadoc, and EC2's rules as far as
 * they are visible through the port. A subclass names the target; it is the same for the fake, for
 * an adapter and for an emulator. Each test makes a VPC of its own and removes it afterwards, so a
 * target may be shared.
 *
 * <pre>{@code
 * class MyNetworkTest extends Ec2NetworkContract {
 *     protected Ec2Network network() { return …; }
 *     protected Ec2World world() { return …; }
 *     protected Set<Capability> capabilities() { return EnumSet.allOf(Capability.class); }
 * }
 * }</pre>
 */
public abstract class Ec2NetworkContract extends ContractTarget {

    @RegisterExtension
    private static final NeedsCheck NEEDS_CHECK = new NeedsCheck();

    private @Nullable ContractSite site;

    /** For subclasses. */
    protected Ec2NetworkContract() {}

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

    private ContractSite site() {
        if (site == null) {
            throw new IllegalStateException("no test is running");
        }
        return site;
    }

    /** Reading: complete, by filter, with the port's values. */
    @Nested
    class Reading extends ReadingCases {
        @Override
        ContractSite site() {
            return Ec2NetworkContract.this.site();
        }
    }

    /** CreateNetworkInterface. */
    @Nested
    class Creating extends CreatingCases {
        @Override
        ContractSite site() {
            return Ec2NetworkContract.this.site();
        }
    }

    /** The addresses of interfaces. */
    @Nested
    class Addressing extends AddressingCases {
        @Override
        ContractSite site() {
            return Ec2NetworkContract.this.site();
        }
    }

    /** AttachNetworkInterface. */
    @Nested
    class Attaching extends AttachingCases {
        @Override
        ContractSite site() {
            return Ec2NetworkContract.this.site();
        }
    }

    /**
     * ModifyNetworkInterfaceAttribute, DetachNetworkInterface, DeleteNetworkInterface, and the end
     * of an instance.
     */
    @Nested
    class Releasing extends ReleasingCases {
        @Override
        ContractSite site() {
            return Ec2NetworkContract.this.site();
        }
    }
}
