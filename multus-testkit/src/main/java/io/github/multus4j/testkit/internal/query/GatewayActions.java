package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.GatewayItem;
import io.github.multus4j.testkit.internal.call.GatewayRequests.AttachInternetGateway;
import io.github.multus4j.testkit.internal.call.GatewayRequests.CreateInternetGateway;
import io.github.multus4j.testkit.internal.call.GatewayRequests.DeleteInternetGateway;
import io.github.multus4j.testkit.internal.call.GatewayRequests.DescribeInternetGateways;
import io.github.multus4j.testkit.internal.call.GatewayRequests.DetachInternetGateway;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.query.WireAction.Call;
import io.github.multus4j.testkit.internal.state.World;
import java.util.Map;

/** The actions on internet gateways. */
final class GatewayActions {

    private GatewayActions() {}

    static Map<Action, WireAction> all() {
        return Map.of(
                Action.CREATE_INTERNET_GATEWAY,
                GatewayActions::create,
                Action.DESCRIBE_INTERNET_GATEWAYS,
                GatewayActions::describe,
                Action.ATTACH_INTERNET_GATEWAY,
                p -> WireAction.yesOrNo(
                        new AttachInternetGateway(p.required("InternetGatewayId"), p.required("VpcId"))),
                Action.DETACH_INTERNET_GATEWAY,
                p -> WireAction.yesOrNo(
                        new DetachInternetGateway(p.required("InternetGatewayId"), p.required("VpcId"))),
                Action.DELETE_INTERNET_GATEWAY,
                p -> WireAction.yesOrNo(new DeleteInternetGateway(p.required("InternetGatewayId"))));
    }

    private static Call<GatewayItem> create(QueryRequest p) {
        return new Call<>(
                new CreateInternetGateway(SharedParameters.tags(p, "internet-gateway")),
                (xml, gateway) -> xml.element("internetGateway", gateway, GatewayActions::write));
    }

    private static Call<Listing<GatewayItem>> describe(QueryRequest p) {
        DescribeInternetGateways request = new DescribeInternetGateways(
                p.texts("InternetGatewayId"), SharedParameters.filters(p), SharedParameters.page(p));
        return WireAction.listing(request, "internetGatewaySet", GatewayActions::write);
    }

    private static void write(Xml xml, GatewayItem gateway) {
        xml.text("internetGatewayId", gateway.id()).text("ownerId", World.ACCOUNT);
        xml.items(
                "attachmentSet",
                gateway.vpcIds(),
                (item, vpc) -> item.text("vpcId", vpc).text("state", "available"));
        SharedParameters.tagSet(xml, gateway.tags());
    }
}
