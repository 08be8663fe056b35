package io.github.multus4j.testkit.contract;

import io.github.multus4j.ec2.Ec2Addresses;
import org.junit.jupiter.api.Nested;

/**
 * The contract of every {@link Ec2Addresses} as tests: the port's Javadoc, and EC2's rules as far
 * as they are visible through the ports. It is used like {@link Ec2NetworkContract}; the target is
 * both ports, over the same EC2.
 *
 * <pre>{@code
 * class MyAddressesTest extends Ec2AddressesContract {
 *     protected Ec2Addresses addresses() { return …; }
 *     protected Ec2Network network() { return …; }
 *     protected Ec2World world() { return …; }
 *     protected Set<Capability> capabilities() { return EnumSet.allOf(Capability.class); }
 * }
 * }</pre>
 */
public abstract class Ec2AddressesContract extends SiteContract {

    /** For subclasses. */
    protected Ec2AddressesContract() {}

    /** The target for changes of addresses. The same within one test. */
    protected abstract Ec2Addresses addresses();

    /** AssignPrivateIpAddresses and UnassignPrivateIpAddresses. */
    @Nested
    class Ipv4 extends Ipv4AssignmentCases {
        @Override
        ContractSite site() {
            return Ec2AddressesContract.this.site();
        }

        @Override
        Ec2Addresses addresses() {
            return Ec2AddressesContract.this.addresses();
        }
    }

    /** AssignIpv6Addresses and UnassignIpv6Addresses. */
    @Nested
    class Ipv6 extends Ipv6AssignmentCases {
        @Override
        ContractSite site() {
            return Ec2AddressesContract.this.site();
        }

        @Override
        Ec2Addresses addresses() {
            return Ec2AddressesContract.this.addresses();
        }
    }
}
