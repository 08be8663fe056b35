package io.github.multus4j.testkit.contract;

import io.github.multus4j.ec2.Ec2Network;
import org.junit.jupiter.api.Nested;

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
public abstract class Ec2NetworkContract extends SiteContract {

    /** For subclasses. */
    protected Ec2NetworkContract() {}

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
