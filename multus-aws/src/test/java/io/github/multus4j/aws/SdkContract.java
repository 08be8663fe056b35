package io.github.multus4j.aws;

import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.testkit.contract.Ec2NetworkContract;
import io.github.multus4j.testkit.contract.Ec2World;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The contract on {@link AwsEc2Network}, over a client of any server of EC2's API at a URL. */
abstract class SdkContract extends Ec2NetworkContract {

    /**
     * One client for all tests of a target: making one costs more than a test. They end with the
     * process.
     */
    private static final Map<URI, Ec2Client> CLIENTS = new ConcurrentHashMap<>();

    /** Where EC2's API is. */
    abstract URI endpoint();

    @Override
    protected Ec2Network network() {
        return AwsEc2Network.over(client());
    }

    @Override
    protected final Ec2World world() {
        return new SdkEc2World(client());
    }

    final Ec2Client client() {
        return client(endpoint());
    }

    static Ec2Client client(URI endpoint) {
        return CLIENTS.computeIfAbsent(endpoint, SdkEc2World::client);
    }
}
