package io.github.multus4j.ec2;

import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * The port to the calls of EC2 that change the addresses and delegated prefixes of an existing
 * network interface. Reads are those of {@link Ec2Network}: {@link NetworkInterface} shows all
 * addresses and prefixes, and the primary ones. The rules for implementations of
 * {@link Ec2Network} hold here too; all four calls are changes.
 *
 * <p>Rules of EC2 for all four calls:
 *
 * <ul>
 *   <li>A call names any number of addresses and prefixes of one interface. EC2 counts calls, not
 *   addresses, and the VPC CNI spends from the same rate: 100 calls at once and 5 a second, of
 *   UnassignIpv6Addresses 50 and 5 (<a
 *   href="https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html">EC2 API
 *   throttling</a>). So make one call for each interface. Over the rate, a call is
 *   {@link Ec2Exception.Kind#THROTTLED}.
 *   <li>A refused call changes nothing. AWS does not document this; the refusals seen list all
 *   refused addresses. After {@link Ec2Exception.Kind#OUTCOME_UNKNOWN}, read the interface.
 *   <li>A prefix is a /28, in IPv6 a /80, within the interface's subnet, and overlaps no address in
 *   use. Interfaces of Nitro instances can have prefixes (<a
 *   href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-prefix-eni.html">Prefix
 *   delegation</a>). A prefix is not moved from interface to interface in one step.
 *   <li>An attached interface has as many IPv4 addresses as its instance type allows
 *   ({@link InstanceType#ipv4AddressesPerInterface()}): the primary address counts, and so does
 *   each IPv4 prefix. IPv6 addresses and prefixes have a limit of their own. An interface that is
 *   not attached has at most 50 of each family. Beyond: {@link Ec2Exception.Kind#LIMIT_REACHED},
 *   code {@code PrivateIpAddressLimitExceeded}. (That code for IPv6 is an assumption.)
 *   <li>An address in a CIDR reservation may be named; EC2 does not choose one there (<a
 *   href="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-cidr-reservation.html">
 *   Subnet CIDR reservations</a>).
 *   <li>An interface that does not exist is {@link Ec2Exception.Kind#NOT_FOUND}, one that an AWS
 *   service manages is {@link Ec2Exception.Kind#DENIED}. A list without addresses and prefixes is
 *   refused: {@link Ec2Exception.Kind#INVALID}.
 * </ul>
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html">Elastic network
 *     interfaces</a>
 */
public interface Ec2Addresses {

    /**
     * Adds secondary IPv4 addresses and IPv4 prefixes to an interface (AssignPrivateIpAddresses).
     *
     * <ul>
     *   <li>With {@code allowReassignment}, a secondary address that another interface of the
     *   subnet has moves here in one step, and an associated Elastic IP address moves with it. The
     *   remapping is asynchronous: the instance metadata ({@code local-ipv4s}) shows the address
     *   once it is complete.
     *   <li>Without it, such addresses are {@link Ec2Exception.Kind#ADDRESS_IN_USE}, and
     *   {@link Ec2Exception#addresses()} has all of them. The code is {@code InvalidParameterValue}
     *   as seen, or {@code Resource.AlreadyAssigned} as documented.
     *   <li>A primary address never moves, nor does an address in a delegated prefix.
     *   <li>An address outside of the subnet, a reserved or a malformed one is
     *   {@link Ec2Exception.Kind#ADDRESS_UNUSABLE}, and EC2 does not say which
     *   ({@code secondary-addresses}, <a
     *   href="https://github.com/aws/aws-sdk-go/issues/2864">aws-sdk-go#2864</a>).
     *   <li>An address that this interface has already is no error, as far as is known; AWS does
     *   not document it. A prefix that it has already may be refused as in use.
     *   <li>A prefix that overlaps an address in use is {@link Ec2Exception.Kind#ADDRESS_IN_USE},
     *   without addresses. (The code is an assumption.)
     * </ul>
     *
     * @param networkInterfaceId {@code eni-…}
     * @param ipv4 the addresses and prefixes to add
     * @param allowReassignment whether addresses may be taken from other interfaces
     * @return the addresses and prefixes that EC2 says it assigned, all new ones among them; AWS
     *     does not document whether it names those that the interface had before
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignPrivateIpAddresses.html">
     *     AssignPrivateIpAddresses</a>
     */
    AddressList assignPrivateIpAddresses(
            String networkInterfaceId, AddressList ipv4, boolean allowReassignment, Deadline deadline);

    /**
     * Removes secondary IPv4 addresses and IPv4 prefixes from an interface
     * (UnassignPrivateIpAddresses). An Elastic IP address that is associated with one of them loses
     * its association.
     *
     * <p>If the interface lacks one of them, the call is {@link
     * Ec2Exception.Kind#ADDRESS_NOT_ASSIGNED}, and EC2 does not say which. The primary address
     * cannot be unassigned.
     *
     * @param networkInterfaceId {@code eni-…}
     * @param ipv4 the addresses and prefixes to remove
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UnassignPrivateIpAddresses.html">
     *     UnassignPrivateIpAddresses</a>
     */
    void unassignPrivateIpAddresses(String networkInterfaceId, AddressList ipv4, Deadline deadline);

    /**
     * Adds IPv6 addresses and prefixes to an interface (AssignIpv6Addresses).
     *
     * <p>IPv6 addresses cannot be reassigned: an address of another interface is
     * {@link Ec2Exception.Kind#ADDRESS_IN_USE} until it is unassigned there. (The code is an
     * assumption; {@link Ec2Exception#addresses()} may lack some or all.) Between the two calls the
     * address has no owner, and another caller may take it. An address that this interface has
     * already is no error.
     *
     * @param networkInterfaceId {@code eni-…}
     * @param ipv6 the addresses and prefixes to add
     * @return the new addresses and prefixes; those that the interface had before are not among
     *     them
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssignIpv6Addresses.html">
     *     AssignIpv6Addresses</a>
     */
    AddressList assignIpv6Addresses(String networkInterfaceId, AddressList ipv6, Deadline deadline);

    /**
     * Removes IPv6 addresses and prefixes from an interface (UnassignIpv6Addresses). If the
     * interface lacks one of them, the call is {@link Ec2Exception.Kind#ADDRESS_NOT_ASSIGNED}.
     *
     * @param networkInterfaceId {@code eni-…}
     * @param ipv6 the addresses and prefixes to remove
     * @return the removed addresses and prefixes
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UnassignIpv6Addresses.html">
     *     UnassignIpv6Addresses</a>
     */
    AddressList unassignIpv6Addresses(String networkInterfaceId, AddressList ipv6, Deadline deadline);

    /**
     * Addresses and prefixes of one call, or of its answer. A call takes those of its family only;
     * EC2 refuses others.
     *
     * @param addresses single addresses
     * @param prefixes delegated prefixes: IPv4 {@code /28}, IPv6 {@code /80}
     */
    record AddressList(List<IpAddress> addresses, List<Cidr> prefixes) {

        public AddressList {
            addresses = List.copyOf(addresses);
            prefixes = List.copyOf(prefixes);
        }

        /** Single addresses, no prefixes. */
        public static AddressList of(IpAddress... addresses) {
            return new AddressList(List.of(addresses), List.of());
        }

        /** Prefixes, no single addresses. */
        public static AddressList of(Cidr... prefixes) {
            return new AddressList(List.of(), List.of(prefixes));
        }

        /** Whether there is neither an address nor a prefix. */
        public boolean isEmpty() {
            return addresses.isEmpty() && prefixes.isEmpty();
        }

        /** The number of addresses and prefixes, as the limits of an interface count them. */
        public int size() {
            return addresses.size() + prefixes.size();
        }

        /** The addresses and the prefixes, separated by commas. */
        @Override
        public String toString() {
            return Stream.concat(addresses.stream(), prefixes.stream()).toList().toString();
        }
    }
}
