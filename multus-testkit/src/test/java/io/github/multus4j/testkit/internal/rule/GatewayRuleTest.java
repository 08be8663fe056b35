package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.testkit.internal.call.GatewayItem;
import io.github.multus4j.testkit.internal.call.GatewayRequests.AttachInternetGateway;
import io.github.multus4j.testkit.internal.call.GatewayRequests.DeleteInternetGateway;
import io.github.multus4j.testkit.internal.call.GatewayRequests.DescribeInternetGateways;
import io.github.multus4j.testkit.internal.call.GatewayRequests.DetachInternetGateway;
import io.github.multus4j.testkit.internal.call.Page;
import io.github.multus4j.testkit.internal.call.RouteRequests.Target;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.DeleteRouteTable;
import io.github.multus4j.testkit.internal.call.RouteTableRequests.DescribeRouteTables;
import io.github.multus4j.testkit.internal.call.VpcRequests.DeleteVpc;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayRuleTest extends RoutedVpcTest {

    @Test
    void gateway_idMalformed_isRefused() {
        refused(GatewayRule.GATEWAY_ID_MALFORMED, new DeleteInternetGateway("igw"));
    }

    @Test
    void gateway_unknown_isRefused() {
        refused(GatewayRule.GATEWAY_UNKNOWN, new DeleteInternetGateway("igw-" + NONE));
    }

    @Test
    void gateway_alreadyAttached_isRefused() {
        refused(GatewayRule.GATEWAY_ALREADY_ATTACHED, new AttachInternetGateway(attachedGateway(), otherVpc()));
    }

    @Test
    void gateway_secondOfVpc_isRefused() {
        attachedGateway();
        refused(GatewayRule.GATEWAY_SECOND_OF_VPC, new AttachInternetGateway(gateway(), vpc.id()));
    }

    @Test
    void gateway_notAttached_isRefused() {
        refused(GatewayRule.GATEWAY_NOT_ATTACHED, new DetachInternetGateway(gateway(), vpc.id()));
        refused(GatewayRule.GATEWAY_NOT_ATTACHED, new DetachInternetGateway(attachedGateway(), otherVpc()));
    }

    @Test
    void gateway_inUse_isRefused() {
        String gateway = attachedGateway();
        call(to("0.0.0.0/0", Target.ofGateway(gateway)));
        assertThat(route("0.0.0.0/0").state()).isEqualTo("active");

        refused(GatewayRule.GATEWAY_IN_USE, new DeleteInternetGateway(gateway));
        List<Filter> ofVpc = List.of(Filter.of("attachment.vpc-id", vpc.id()));
        assertThat(call(new DescribeInternetGateways(List.of(), ofVpc, Page.NONE))
                        .items())
                .extracting(GatewayItem::id)
                .containsExactly(gateway);
        call(new DetachInternetGateway(gateway, vpc.id()));
        call(new DeleteInternetGateway(gateway));
        assertThat(route("0.0.0.0/0").state()).isEqualTo("blackhole");
    }

    @Test
    void vpcWithTablesOrAGateway_isNotDeleted() {
        String other = otherVpc();
        String own = table(other);
        refused(VpcRule.VPC_IN_USE, new DeleteVpc(other));
        call(new DeleteRouteTable(own));
        String gateway = gateway();
        call(new AttachInternetGateway(gateway, other));
        refused(VpcRule.VPC_IN_USE, new DeleteVpc(other));
        call(new DetachInternetGateway(gateway, other));

        call(new DeleteVpc(other));

        List<Filter> gone = List.of(Filter.of("vpc-id", other));
        assertThat(call(new DescribeRouteTables(List.of(), gone, Page.NONE)).items())
                .isEmpty();
    }
}
