package io.github.multus4j.ec2;

import java.util.List;
import java.util.Optional;

/**
 * The network limits of an instance type.
 *
 * @param name such as {@code m5.4xlarge}
 * @param maximumNetworkInterfaces for the whole instance, the primary one included
 * @param networkCards its network cards; never empty
 * @param ipv4AddressesPerInterface limit of one interface
 * @param ipv6AddressesPerInterface limit of one interface
 * @param ipv6Supported whether its interfaces can have IPv6 addresses
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInfo.html">NetworkInfo</a>
 */
public record InstanceType(
        String name,
        int maximumNetworkInterfaces,
        List<NetworkCard> networkCards,
        int ipv4AddressesPerInterface,
        int ipv6AddressesPerInterface,
        boolean ipv6Supported) {

    /**
     * A network card.
     *
     * @param index the network card index
     * @param maximumNetworkInterfaces for this card; flexible ENA queues can raise it
     */
    public record NetworkCard(int index, int maximumNetworkInterfaces) {}

    public InstanceType {
        networkCards = List.copyOf(networkCards);
    }

    /** The network card of that index, if the type has one. */
    public Optional<NetworkCard> networkCard(int index) {
        return networkCards.stream().filter(card -> card.index() == index).findFirst();
    }
}
