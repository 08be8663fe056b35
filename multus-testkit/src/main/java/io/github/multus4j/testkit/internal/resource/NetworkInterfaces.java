package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceItem;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AttachmentChange;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.CreateNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DeleteNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DescribeNetworkInterfaceAttribute;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DescribeNetworkInterfaces;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.ModifyNetworkInterfaceAttribute;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.resource.Pager.Start;
import io.github.multus4j.testkit.internal.rule.ConformanceRule;
import io.github.multus4j.testkit.internal.rule.InterfaceRule;
import io.github.multus4j.testkit.internal.rule.RequestRule;
import io.github.multus4j.testkit.internal.state.ListedItem;
import io.github.multus4j.testkit.internal.state.StoredInterface;
import io.github.multus4j.testkit.internal.state.StoredInterface.At;
import io.github.multus4j.testkit.internal.state.StoredSubnet;
import io.github.multus4j.testkit.internal.state.VisibleState;
import io.github.multus4j.testkit.internal.state.World;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The rules for making, reading, changing and deleting network interfaces. */
public final class NetworkInterfaces {

    private static final int MAXIMUM_DESCRIPTION = 255;
    private static final Set<String> TYPES = Set.of("interface", "efa", StoredInterface.EFA_ONLY, "trunk");

    private final World world;
    private final Pager pager;

    public NetworkInterfaces(World world) {
        this.world = world;
        this.pager = new Pager(world, 1000);
    }

    public InterfaceItem create(CreateNetworkInterface request) {
        Optional<Object> before = world.clientTokens.answer(request, request.clientToken());
        if (before.isPresent()) {
            InterfaceItem first = (InterfaceItem) before.get();
            StoredInterface there =
                    world.interfaces.find(first.networkInterface().id());
            return there == null ? first : world.item(there);
        }
        StoredInterface made = make(request, false);
        world.interfaces.add(made);
        InterfaceItem answer = pending(world.item(made));
        world.clientTokens.remember(request, request.clientToken(), answer);
        return answer;
    }

    /** Makes an interface by all rules; the caller adds it. */
    public StoredInterface make(CreateNetworkInterface request, boolean managed) {
        TagRules.check(request.tags());
        checkDescription(request.description());
        checkType(request);
        StoredSubnet subnet = world.subnets.require(request.subnetId());
        List<String> groups = SecurityGroups.check(world, subnet, request.groups());
        if (world.interfaces.all().size() >= world.behaviour.networkInterfaceLimit) {
            throw InterfaceRule.INTERFACES_OVER_LIMIT.error(
                    "The maximum number of network interfaces has been reached: "
                            + world.behaviour.networkInterfaceLimit);
        }
        StoredInterface made = new StoredInterface(
                world.birth(world.interfaces),
                subnet,
                world.ids.nextMac(),
                request.interfaceType(),
                managed,
                request.tags());
        made.groupIds = groups;
        made.description = request.description();
        Addresses.fill(world, made, request);
        return made;
    }

    private static void checkType(CreateNetworkInterface request) {
        String type = request.interfaceType();
        if (!TYPES.contains(type)) {
            throw InterfaceRule.INTERFACE_TYPE_UNKNOWN.error("Value (" + type
                    + ") for parameter interfaceType is invalid. Valid values are interface, efa, efa-only and trunk.");
        }
        if (type.equals(StoredInterface.EFA_ONLY) && request.asksForAddresses()) {
            throw InterfaceRule.EFA_ONLY_ADDRESSES.error(
                    "An EFA-only network interface does not support IP addresses or prefixes.");
        }
    }

    private static InterfaceItem pending(InterfaceItem item) {
        NetworkInterface n = item.networkInterface();
        return new InterfaceItem(
                new NetworkInterface(
                        n.id(),
                        n.subnetId(),
                        n.vpcId(),
                        n.zone(),
                        n.macAddress(),
                        n.description(),
                        NetworkInterface.Status.PENDING,
                        n.sourceDestCheck(),
                        n.securityGroupIds(),
                        n.ipv4Addresses(),
                        n.ipv6Addresses(),
                        n.prefixes(),
                        null,
                        n.tags()),
                item.groups(),
                item.ipv4Prefixes(),
                item.ipv6Prefixes(),
                item.interfaceType(),
                item.managed(),
                null);
    }

    public Listing<InterfaceItem> describe(DescribeNetworkInterfaces request) {
        boolean byId = !request.networkInterfaceIds().isEmpty();
        pager.check(request.page(), byId, "NetworkInterfaceIds");
        Object query = List.of(request.filters(), request.includeManagedResources());
        Start start = pager.start(request.action(), query, request.page(), world::timeShown);
        Stream<ListedItem<InterfaceItem>> asked = world.stateAt(start.timeShown())
                .asked(world.interfaces, VisibleState::interfaces, request.networkInterfaceIds());
        boolean all = request.includeManagedResources() || world.behaviour.managedResourcesShown;
        List<ListedItem<InterfaceItem>> matching = InterfaceFilters.ALL
                .apply(request.filters(), asked.filter(i -> all || !i.item().managed()), ListedItem::item)
                .toList();
        boolean bare = !byId && request.filters().isEmpty() && request.page().maxResults() == null;
        if (bare && matching.size() > world.behaviour.unpaginatedListingLimit) {
            throw RequestRule.LISTING_TOO_LARGE.error(
                    "The request returns too many network interfaces; use pagination or a filter.");
        }
        return pager.cut(start, matching, ListedItem::order, ListedItem::item);
    }

    public InterfaceItem describeAttribute(DescribeNetworkInterfaceAttribute request) {
        return world.item(world.interfaces.require(request.networkInterfaceId()));
    }

    public Boolean modify(ModifyNetworkInterfaceAttribute request) {
        StoredInterface i = world.interfaces.require(request.networkInterfaceId());
        long attributes = Stream.of(
                        request.description(), request.groups(), request.sourceDestCheck(), request.attachment())
                .filter(Objects::nonNull)
                .count();
        if (attributes != 1) {
            throw InterfaceRule.MODIFY_MANY_ATTRIBUTES.error(
                    attributes == 0 ? "No attributes specified." : "Only one attribute may be modified at a time.");
        }
        i.checkNotManaged();
        if (request.description() != null) {
            checkDescription(request.description());
            i.description = request.description();
        }
        if (request.groups() != null) {
            if (request.groups().isEmpty()) {
                throw InterfaceRule.MODIFY_NO_GROUPS.error("A network interface needs at least one security group.");
            }
            i.groupIds = SecurityGroups.check(world, i.subnet, request.groups());
        }
        if (request.sourceDestCheck() != null) {
            i.sourceDestCheck = request.sourceDestCheck();
        }
        if (request.attachment() != null) {
            modifyAttachment(i, request.attachment());
        }
        return true;
    }

    private void modifyAttachment(StoredInterface i, AttachmentChange change) {
        String attachmentId = change.attachmentId();
        Boolean delete = change.deleteOnTermination();
        if (attachmentId == null || delete == null) {
            throw InterfaceRule.MODIFY_ATTACHMENT_ID_MISSING.error("The request must contain the parameter attachment."
                    + (attachmentId == null ? "attachmentId" : "deleteOnTermination"));
        }
        Attachments.checkForm(attachmentId);
        At at = i.at;
        if (at == null || !at.id().equals(attachmentId)) {
            ConformanceRule rule = world.attachment(attachmentId).isPresent()
                    ? InterfaceRule.MODIFY_ATTACHMENT_OF_OTHER
                    : InterfaceRule.ATTACHMENT_UNKNOWN;
            throw rule.error("The attachment ID '" + attachmentId + "' does not exist");
        }
        i.at = at.withDeleteOnTermination(delete);
    }

    public Boolean delete(DeleteNetworkInterface request) {
        StoredInterface i = world.interfaces.require(request.networkInterfaceId());
        i.checkNotManaged();
        if (i.at != null) {
            throw InterfaceRule.DELETE_IN_USE.error("Network interface '" + i.id + "' is currently in use.");
        }
        world.delete(i);
        return true;
    }

    private static void checkDescription(String description) {
        if (description.length() > MAXIMUM_DESCRIPTION) {
            throw InterfaceRule.INTERFACE_DESCRIPTION_TOO_LONG.error(
                    "The description exceeds the maximum length of " + MAXIMUM_DESCRIPTION + " characters.");
        }
    }
}
