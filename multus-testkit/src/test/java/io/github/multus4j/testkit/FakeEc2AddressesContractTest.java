package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.testkit.contract.Capability;
import io.github.multus4j.testkit.contract.Ec2AddressesContract;
import io.github.multus4j.testkit.contract.Ec2World;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** The contract on the fake, which is capable of everything. */
class FakeEc2AddressesContractTest extends Ec2AddressesContract {

    private final FakeEc2Network fake = FakeEc2Network.strict();

    @Override
    protected Ec2Addresses addresses() {
        return fake;
    }

    @Override
    protected Ec2Network network() {
        return fake;
    }

    @Override
    protected Ec2World world() {
        return new FakeEc2World(fake);
    }

    @Override
    protected Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    protected Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(20), fake.clock());
    }
}
