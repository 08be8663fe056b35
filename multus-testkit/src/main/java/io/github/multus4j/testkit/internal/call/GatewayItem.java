package io.github.multus4j.testkit.internal.call;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An internet gateway as the API shows it, with the VPC that it is attached to. */
public record GatewayItem(String id, @Nullable String vpcId, Map<String, String> tags) {

    public GatewayItem {
        tags = Map.copyOf(tags);
    }

    public List<String> vpcIds() {
        return Stream.ofNullable(vpcId).toList();
    }
}
