package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.GatewayItem;
import io.github.multus4j.testkit.internal.call.GatewayRequests.AttachInternetGateway;
import io.github.multus4j.testkit.internal.call.GatewayRequests.CreateInternetGateway;
import io.github.multus4j.testkit.internal.call.GatewayRequests.DeleteInternetGateway;
import io.github.multus4j.testkit.internal.call.GatewayRequests.DescribeInternetGateways;
import io.github.multus4j.testkit.internal.call.GatewayRequests.DetachInternetGateway;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.rule.GatewayRule;
import io.github.multus4j.testkit.internal.state.StoredGateway;
import io.github.multus4j.testkit.internal.state.StoredVpc;
import io.github.multus4j.testkit.internal.state.World;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules for internet gateways. The fake's interfaces have no public addresses, so none keeps a
 * gateway attached.
 */
public final class InternetGateways {

    private static final Filters<GatewayItem> FILTERS = Filters.<GatewayItem>tagged(
                    Action.DESCRIBE_INTERNET_GATEWAYS, GatewayItem::tags)
            .one("internet-gateway-id", GatewayItem::id)
            .one("owner-id", gateway -> World.ACCOUNT)
            .many("attachment.vpc-id", GatewayItem::vpcIds)
            .many(
                    "attachment.state",
                    gateway -> gateway.vpcIds().stream().map(vpc -> "available").toList());

    private final World world;
    private final Pager pager;

    public InternetGateways(World world) {
        this.world = world;
        this.pager = new Pager(world, 1000);
    }

    public GatewayItem create(CreateInternetGateway request) {
        TagRules.check(request.tags());
        StoredGateway gateway = new StoredGateway(world.birth(world.gateways), request.tags());
        world.gateways.add(gateway);
        return gateway.item();
    }

    public Listing<GatewayItem> describe(DescribeInternetGateways request) {
        List<String> ids = request.internetGatewayIds();
        pager.check(request.page(), !ids.isEmpty(), "InternetGatewayIds");
        Stream<StoredGateway> asked = ids.isEmpty() ? world.gateways.visible() : world.gateways.require(ids).stream();
        List<StoredGateway> matching =
                FILTERS.apply(request.filters(), asked, StoredGateway::item).toList();
        return pager.cut(
                request.action(), request.filters(), matching, g -> g.order, request.page(), StoredGateway::item);
    }

    public Boolean attach(AttachInternetGateway request) {
        StoredGateway gateway = world.gateways.require(request.internetGatewayId());
        StoredVpc vpc = world.vpcs.require(request.vpcId());
        if (gateway.vpcId != null) {
            throw GatewayRule.GATEWAY_ALREADY_ATTACHED.error(
                    "resource " + gateway.id + " is already attached to network " + gateway.vpcId);
        }
        if (world.gateways.all().stream().anyMatch(other -> other.isAttachedTo(vpc.id))) {
            throw GatewayRule.GATEWAY_SECOND_OF_VPC.error(
                    "Network " + vpc.id + " already has an internet gateway attached");
        }
        gateway.vpcId = vpc.id;
        return true;
    }

    public Boolean detach(DetachInternetGateway request) {
        StoredGateway gateway = world.gateways.require(request.internetGatewayId());
        StoredVpc vpc = world.vpcs.require(request.vpcId());
        if (!gateway.isAttachedTo(vpc.id)) {
            throw GatewayRule.GATEWAY_NOT_ATTACHED.error(
                    "resource " + gateway.id + " is not attached to network " + vpc.id);
        }
        gateway.vpcId = null;
        return true;
    }

    public Boolean delete(DeleteInternetGateway request) {
        StoredGateway gateway = world.gateways.require(request.internetGatewayId());
        if (gateway.vpcId != null) {
            throw GatewayRule.GATEWAY_IN_USE.error(
                    "The internetGateway '" + gateway.id + "' has dependencies and cannot be deleted.");
        }
        world.gateways.remove(gateway.id);
        return true;
    }
}
