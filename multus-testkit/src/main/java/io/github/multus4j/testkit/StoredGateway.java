package io.github.multus4j.testkit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An internet gateway. */
final class StoredGateway extends Stored {

    /** The VPC that it is attached to. */
    @Nullable
    String vpcId;

    StoredGateway(Birth birth, Map<String, String> tags) {
        super(birth, tags);
    }

    @Override
    String resourceType() {
        return "internet-gateway";
    }

    boolean isAttachedTo(String vpc) {
        return vpc.equals(vpcId);
    }

    GatewayItem item() {
        return new GatewayItem(id, vpcId, tags());
    }
}
