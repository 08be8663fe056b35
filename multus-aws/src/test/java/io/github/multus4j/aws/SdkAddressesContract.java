package io.github.multus4j.aws;

import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.testkit.contract.Ec2AddressesContract;
import io.github.multus4j.testkit.contract.Ec2World;
import java.net.URI;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The contract on {@link AwsEc2Addresses}, over a client of any server of EC2's API at a URL. */
abstract class SdkAddressesContract extends Ec2AddressesContract {

    /** Where EC2's API is. */
    abstract URI endpoint();

    @Override
    protected final Ec2Addresses addresses() {
        return AwsEc2Addresses.over(client());
    }

    @Override
    protected final Ec2Network network() {
        return AwsEc2Network.over(client());
    }

    @Override
    protected final Ec2World world() {
        return new SdkEc2World(client());
    }

    private Ec2Client client() {
        return SdkContract.client(endpoint());
    }
}
