package io.github.multus4j.testkit.internal.engine;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Addresses.AddressList;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.ErrorTable;
import io.github.multus4j.ec2.ErrorTable.Unanswered;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.CatalogRequests.CreateTags;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DescribeInstanceTypes;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import io.github.multus4j.testkit.internal.call.Ec2Request;
import io.github.multus4j.testkit.internal.call.GroupAssociationRequests.DescribeSecurityGroupVpcAssociations;
import io.github.multus4j.testkit.internal.call.InstanceItem;
import io.github.multus4j.testkit.internal.call.InstanceRequests.DescribeInstances;
import io.github.multus4j.testkit.internal.call.InterfaceItem;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignIpv6Addresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignPrivateIpAddresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignedIpv4;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AttachNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AttachmentChange;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.ChangedIpv6;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.CreateNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DeleteNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DescribeNetworkInterfaces;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DetachNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.ModifyNetworkInterfaceAttribute;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.UnassignIpv6Addresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.UnassignPrivateIpAddresses;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.LostResponse;
import io.github.multus4j.testkit.internal.call.Page;
import io.github.multus4j.testkit.internal.call.SecurityGroupItem;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.DescribeSecurityGroups;
import io.github.multus4j.testkit.internal.call.SubnetItem;
import io.github.multus4j.testkit.internal.call.SubnetRequests.DescribeSubnets;
import io.github.multus4j.testkit.internal.call.SubnetRequests.GetSubnetCidrReservations;
import io.github.multus4j.testkit.internal.resource.Filters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The port's calls as EC2's calls: pages read to the end, errors as the port's exception, deadlines
 * kept.
 */
public final class PortCalls {

    private static final int PAGE = 1000;
    private static final int PAGE_OF_TYPES = 100;

    private final Ec2Engine engine;

    public PortCalls(Ec2Engine engine) {
        this.engine = engine;
    }

    public List<Instance> describeInstances(List<Filter> filters, Deadline deadline) {
        return filtered(filters, deadline, (portion, page) -> new DescribeInstances(List.of(), portion, page)).stream()
                .map(InstanceItem::instance)
                .toList();
    }

    public List<Subnet> describeSubnets(List<Filter> filters, Deadline deadline) {
        return filtered(filters, deadline, (portion, page) -> new DescribeSubnets(List.of(), portion, page)).stream()
                .map(SubnetItem::subnet)
                .toList();
    }

    public List<NetworkInterface> describeNetworkInterfaces(List<Filter> filters, Deadline deadline) {
        return filtered(
                        filters,
                        deadline,
                        (portion, page) -> new DescribeNetworkInterfaces(List.of(), portion, true, page))
                .stream()
                .map(InterfaceItem::networkInterface)
                .toList();
    }

    public List<CidrReservation> getSubnetCidrReservations(String subnetId, Deadline deadline) {
        return all(PAGE, deadline, page -> new GetSubnetCidrReservations(subnetId, List.of(), page));
    }

    public List<SecurityGroup> describeSecurityGroups(List<Filter> filters, Deadline deadline) {
        return filtered(filters, deadline, (portion, page) -> new DescribeSecurityGroups(List.of(), portion, page))
                .stream()
                .map(SecurityGroupItem::group)
                .toList();
    }

    public List<SecurityGroup.VpcAssociation> describeSecurityGroupVpcAssociations(
            List<Filter> filters, Deadline deadline) {
        return filtered(filters, deadline, DescribeSecurityGroupVpcAssociations::new).stream()
                .map(a -> new SecurityGroup.VpcAssociation(a.groupId(), a.vpcId(), "associated"))
                .toList();
    }

    public Optional<InstanceType> describeInstanceType(String name, Deadline deadline) {
        List<Filter> filters = List.of(Filter.of("instance-type", name));
        return all(PAGE_OF_TYPES, deadline, page -> new DescribeInstanceTypes(List.of(), filters, page)).stream()
                .findFirst();
    }

    public NetworkInterface createNetworkInterface(NewNetworkInterface request, Deadline deadline) {
        IpAddress ipv4 = request.ipv4Address();
        CreateNetworkInterface create = new CreateNetworkInterface(
                request.subnetId(),
                ipv4 == null ? null : ipv4.toString(),
                List.of(),
                null,
                List.of(),
                null,
                request.ipv6Addresses().stream().map(IpAddress::toString).toList(),
                request.ipv6Addresses().isEmpty() ? (Integer) request.ipv6AddressCount() : null,
                List.of(),
                null,
                request.securityGroupIds(),
                request.description(),
                "interface",
                request.tags(),
                request.clientToken());
        return call(create, deadline).networkInterface();
    }

    public String attachNetworkInterface(
            String networkInterfaceId, String instanceId, int deviceIndex, int networkCardIndex, Deadline deadline) {
        return call(new AttachNetworkInterface(networkInterfaceId, instanceId, deviceIndex, networkCardIndex), deadline)
                .attachmentId();
    }

    public void modifySourceDestCheck(String networkInterfaceId, boolean enabled, Deadline deadline) {
        call(new ModifyNetworkInterfaceAttribute(networkInterfaceId, null, null, enabled, null), deadline);
    }

    public void modifyDeleteOnTermination(
            String networkInterfaceId, String attachmentId, boolean deleteOnTermination, Deadline deadline) {
        AttachmentChange change = new AttachmentChange(attachmentId, deleteOnTermination);
        call(new ModifyNetworkInterfaceAttribute(networkInterfaceId, null, null, null, change), deadline);
    }

    public void createTags(String resourceId, Map<String, String> tags, Deadline deadline) {
        call(new CreateTags(List.of(resourceId), tags), deadline);
    }

    public void detachNetworkInterface(String attachmentId, Deadline deadline) {
        callUnlessGone(new DetachNetworkInterface(attachmentId, false), deadline);
    }

    public void deleteNetworkInterface(String networkInterfaceId, Deadline deadline) {
        callUnlessGone(new DeleteNetworkInterface(networkInterfaceId), deadline);
    }

    public AddressList assignPrivateIpAddresses(
            String networkInterfaceId, AddressList ipv4, boolean allowReassignment, Deadline deadline) {
        AssignedIpv4 answer = call(
                new AssignPrivateIpAddresses(
                        networkInterfaceId,
                        texts(ipv4.addresses()),
                        null,
                        texts(ipv4.prefixes()),
                        null,
                        allowReassignment),
                deadline);
        return new AddressList(answer.addresses(), answer.prefixes());
    }

    public void unassignPrivateIpAddresses(String networkInterfaceId, AddressList ipv4, Deadline deadline) {
        call(
                new UnassignPrivateIpAddresses(networkInterfaceId, texts(ipv4.addresses()), texts(ipv4.prefixes())),
                deadline);
    }

    public AddressList assignIpv6Addresses(String networkInterfaceId, AddressList ipv6, Deadline deadline) {
        ChangedIpv6 answer = call(
                new AssignIpv6Addresses(
                        networkInterfaceId, texts(ipv6.addresses()), null, texts(ipv6.prefixes()), null),
                deadline);
        return new AddressList(answer.addresses(), answer.prefixes());
    }

    public AddressList unassignIpv6Addresses(String networkInterfaceId, AddressList ipv6, Deadline deadline) {
        ChangedIpv6 answer = call(
                new UnassignIpv6Addresses(networkInterfaceId, texts(ipv6.addresses()), texts(ipv6.prefixes())),
                deadline);
        return new AddressList(answer.addresses(), answer.prefixes());
    }

    private static List<String> texts(List<?> values) {
        return values.stream().map(Object::toString).toList();
    }

    private void callUnlessGone(Ec2Request<Boolean> request, Deadline deadline) {
        try {
            call(request, deadline);
        } catch (Ec2Exception e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    /**
     * Splits more values than one request takes into portions. An item that matches several
     * portions comes once.
     */
    private <T> List<T> filtered(
            List<Filter> filters, Deadline deadline, BiFunction<List<Filter>, Page, Ec2Request<Listing<T>>> request) {
        return Filters.portions(filters)
                .flatMap(portion -> all(PAGE, deadline, page -> request.apply(portion, page)).stream())
                .distinct()
                .toList();
    }

    /** Reads a listing to its last page. */
    private <T> List<T> all(int size, Deadline deadline, Function<Page, Ec2Request<Listing<T>>> request) {
        List<T> items = new ArrayList<>();
        String token = null;
        do {
            Listing<T> listing = call(request.apply(new Page(size, token)), deadline);
            items.addAll(listing.items());
            token = listing.nextToken();
        } while (token != null);
        return items;
    }

    /** A call of the port. */
    public <R> R call(Ec2Request<R> request, Deadline deadline) {
        Action action = request.action();
        if (Thread.currentThread().isInterrupted()) {
            throw failed(action, Unanswered.INTERRUPTED, "interrupted before the call was made", null);
        }
        if (deadline.passed(engine.world().clock())) {
            throw failed(action, Unanswered.DEADLINE_PASSED, "no time left; the call was not made", null);
        }
        R answer;
        try {
            answer = engine.call(request);
        } catch (LostResponse e) {
            throw failed(action, LostResponse.CODE, String.valueOf(e.getMessage()), e);
        } catch (Ec2Error e) {
            throw e.toException(action);
        }
        if (deadline.at().isBefore(engine.world().now())) {
            throw failed(action, Unanswered.CALL_TIMED_OUT, "the answer came after the deadline", null);
        }
        return answer;
    }

    /** A call without an answer has the same meaning here as in the adapter for the AWS SDK. */
    private static Ec2Exception failed(Action action, String code, String message, @Nullable RuntimeException cause) {
        Kind kind = ErrorTable.standard().kind(action.toString(), action.isMutating(), code, message, 0);
        return new Ec2Exception(kind, action.toString(), code, message, null, cause);
    }
}
