package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.testkit.internal.call.GatewayItem;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An internet gateway. */
public final class StoredGateway extends Stored {

    /** The VPC that it is attached to. */
    @Nullable
    public String vpcId;

    public StoredGateway(Birth birth, Map<String, String> tags) {
        super(birth, tags);
    }

    @Override
    public String resourceType() {
        return "internet-gateway";
    }

    public boolean isAttachedTo(String vpc) {
        return vpc.equals(vpcId);
    }

    public GatewayItem item() {
        return new GatewayItem(id, vpcId, tags());
    }
}
