package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.CidrAssociation;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.VpcItem;
import io.github.multus4j.testkit.internal.call.VpcRequests.AssociateVpcCidrBlock;
import io.github.multus4j.testkit.internal.call.VpcRequests.CreateVpc;
import io.github.multus4j.testkit.internal.call.VpcRequests.DeleteVpc;
import io.github.multus4j.testkit.internal.call.VpcRequests.DescribeVpcAttribute;
import io.github.multus4j.testkit.internal.call.VpcRequests.DescribeVpcs;
import io.github.multus4j.testkit.internal.call.VpcRequests.ModifyVpcAttribute;
import io.github.multus4j.testkit.internal.query.WireAction.Call;
import io.github.multus4j.testkit.internal.rule.VpcRule;
import io.github.multus4j.testkit.internal.state.World;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The actions on VPCs. */
final class VpcActions {

    private VpcActions() {}

    static Map<Action, WireAction> all() {
        return Map.of(
                Action.CREATE_VPC, VpcActions::create,
                Action.DESCRIBE_VPCS, VpcActions::describe,
                Action.DELETE_VPC, p -> WireAction.yesOrNo(new DeleteVpc(p.required("VpcId"))),
                Action.DESCRIBE_VPC_ATTRIBUTE, VpcActions::describeAttribute,
                Action.MODIFY_VPC_ATTRIBUTE, VpcActions::modify,
                Action.ASSOCIATE_VPC_CIDR_BLOCK, VpcActions::associate);
    }

    private static Call<VpcItem> create(QueryRequest p) {
        String tenancy = p.text("InstanceTenancy", "default");
        if (!tenancy.equals("default") && !tenancy.equals("dedicated")) {
            throw VpcRule.VPC_TENANCY_UNKNOWN.error("Value (" + tenancy
                    + ") for parameter instanceTenancy is invalid. Expecting default or dedicated.");
        }
        CreateVpc request = new CreateVpc(
                p.text("CidrBlock"),
                p.flag("AmazonProvidedIpv6CidrBlock", false),
                ipv6CidrBlock(p),
                SharedParameters.tags(p, "vpc"));
        return new Call<>(request, (xml, vpc) -> xml.element("vpc", vpc, VpcActions::write));
    }

    private static Call<Listing<VpcItem>> describe(QueryRequest p) {
        DescribeVpcs request =
                new DescribeVpcs(p.texts("VpcId"), SharedParameters.filters(p), SharedParameters.page(p));
        return WireAction.listing(request, "vpcSet", VpcActions::write);
    }

    private static Call<Boolean> describeAttribute(QueryRequest p) {
        String vpcId = p.required("VpcId");
        String attribute = p.required("Attribute");
        return new Call<>(
                new DescribeVpcAttribute(vpcId, attribute),
                (xml, on) -> xml.text("vpcId", vpcId).element(attribute, value -> value.text("value", on)));
    }

    private static Call<Boolean> modify(QueryRequest p) {
        return WireAction.yesOrNo(new ModifyVpcAttribute(
                p.required("VpcId"),
                p.flag("EnableDnsSupport.Value"),
                p.flag("EnableDnsHostnames.Value"),
                p.flag("EnableNetworkAddressUsageMetrics.Value")));
    }

    private static Call<CidrAssociation> associate(QueryRequest p) {
        String vpcId = p.required("VpcId");
        AssociateVpcCidrBlock request = new AssociateVpcCidrBlock(
                vpcId, p.text("CidrBlock"), p.flag("AmazonProvidedIpv6CidrBlock", false), ipv6CidrBlock(p));
        return new Call<>(request, (xml, association) -> {
            xml.text("vpcId", vpcId);
            if (association.cidr().isIpv4()) {
                xml.element("cidrBlockAssociation", association, VpcActions::writeIpv4);
            } else {
                xml.element("ipv6CidrBlockAssociation", association, VpcActions::writeIpv6);
            }
        });
    }

    private static @Nullable String ipv6CidrBlock(QueryRequest p) {
        String block = p.text("Ipv6CidrBlock");
        if (block != null && p.text("Ipv6Pool") == null) {
            throw VpcRule.VPC_IPV6_POOL_MISSING.error("The request must contain the parameter ipv6Pool");
        }
        return block;
    }

    private static void write(Xml xml, VpcItem vpc) {
        xml.text("vpcId", vpc.id()).text("ownerId", World.ACCOUNT).text("state", "available");
        xml.text("cidrBlock", first(vpc.ipv4()));
        xml.items("cidrBlockAssociationSet", vpc.ipv4(), VpcActions::writeIpv4);
        xml.items("ipv6CidrBlockAssociationSet", vpc.ipv6(), VpcActions::writeIpv6);
        xml.text("dhcpOptionsId", "default").text("instanceTenancy", "default").text("isDefault", false);
        SharedParameters.tagSet(xml, vpc.tags());
    }

    private static String first(List<CidrAssociation> associations) {
        return associations.isEmpty() ? "" : associations.get(0).cidr().toString();
    }

    private static void writeIpv4(Xml xml, CidrAssociation association) {
        xml.text("associationId", association.id()).text("cidrBlock", association.cidr());
        xml.element("cidrBlockState", state -> state.text("state", association.state()));
    }

    private static void writeIpv6(Xml xml, CidrAssociation association) {
        xml.text("associationId", association.id()).text("ipv6CidrBlock", association.cidr());
        xml.element("ipv6CidrBlockState", state -> state.text("state", association.state()));
        xml.text("ipv6Pool", "Amazon");
    }
}
