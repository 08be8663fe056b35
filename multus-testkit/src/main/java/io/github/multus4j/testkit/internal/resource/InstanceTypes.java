package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DescribeInstanceTypes;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.rule.InstanceRule;
import io.github.multus4j.testkit.internal.state.World;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/** The rules for describing instance types. */
public final class InstanceTypes {

    private static final int MAXIMUM_BY_NAME = 100;

    private static final Filters<InstanceType> FILTERS = Filters.<InstanceType>untagged(Action.DESCRIBE_INSTANCE_TYPES)
            .one("instance-type", InstanceType::name)
            .one("network-info.maximum-network-interfaces", InstanceType::maximumNetworkInterfaces)
            .one(
                    "network-info.maximum-network-cards",
                    type -> type.networkCards().size())
            .one("network-info.ipv4-addresses-per-interface", InstanceType::ipv4AddressesPerInterface)
            .one("network-info.ipv6-addresses-per-interface", InstanceType::ipv6AddressesPerInterface)
            .one("network-info.ipv6-supported", InstanceType::ipv6Supported);

    private final World world;
    private final Pager pager;

    public InstanceTypes(World world) {
        this.world = world;
        this.pager = new Pager(world, 100);
    }

    public Listing<InstanceType> describe(DescribeInstanceTypes request) {
        List<String> names = List.copyOf(new LinkedHashSet<>(request.instanceTypes()));
        pager.check(request.page(), !names.isEmpty(), "InstanceTypes");
        if (names.size() > MAXIMUM_BY_NAME) {
            throw InstanceRule.TYPES_OVER_LIMIT.error(
                    "The maximum number of instance types specified on a single call is " + MAXIMUM_BY_NAME);
        }
        List<String> unknown =
                names.stream().filter(name -> world.types.find(name).isEmpty()).toList();
        if (!unknown.isEmpty()) {
            throw InstanceRule.TYPE_UNKNOWN.error("The following supplied instance types do not exist: " + unknown);
        }
        List<InstanceType> all = List.copyOf(world.types.all());
        Stream<InstanceType> asked = all.stream().filter(type -> names.isEmpty() || names.contains(type.name()));
        List<InstanceType> matching = FILTERS.apply(request.filters(), asked).toList();
        return pager.cut(
                request.action(),
                request.filters(),
                matching,
                type -> all.indexOf(type) + 1L,
                request.page(),
                type -> type);
    }
}
