package io.github.multus4j.testkit.internal.rule;

import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.CreateNetworkInterface;
import java.util.List;
import java.util.Map;

/** CreateNetworkInterface with only the parameters that a test is about. */
public final class CreateCall {

    private final String subnetId;
    private String address;
    private List<String> secondary = List.of();
    private Integer secondaryCount;
    private List<String> prefixes = List.of();
    private Integer prefixCount;
    private List<String> ipv6 = List.of();
    private Integer ipv6Count;
    private Integer ipv6PrefixCount;
    private List<String> groups = List.of();
    private String description = "";
    private Map<String, String> tags = Map.of();
    private String token;

    private CreateCall(String subnetId) {
        this.subnetId = subnetId;
    }

    public static CreateCall in(Subnet subnet) {
        return new CreateCall(subnet.id());
    }

    public static CreateCall in(String subnetId) {
        return new CreateCall(subnetId);
    }

    CreateCall address(String value) {
        address = value;
        return this;
    }

    CreateCall secondary(String... values) {
        secondary = List.of(values);
        return this;
    }

    CreateCall secondaryCount(int count) {
        secondaryCount = count;
        return this;
    }

    CreateCall prefixes(String... values) {
        prefixes = List.of(values);
        return this;
    }

    CreateCall prefixCount(int count) {
        prefixCount = count;
        return this;
    }

    CreateCall ipv6(String... values) {
        ipv6 = List.of(values);
        return this;
    }

    CreateCall ipv6Count(int count) {
        ipv6Count = count;
        return this;
    }

    CreateCall ipv6PrefixCount(int count) {
        ipv6PrefixCount = count;
        return this;
    }

    public CreateCall groups(List<String> ids) {
        groups = ids;
        return this;
    }

    CreateCall description(String text) {
        description = text;
        return this;
    }

    CreateCall tags(Map<String, String> values) {
        tags = values;
        return this;
    }

    CreateCall token(String value) {
        token = value;
        return this;
    }

    public CreateNetworkInterface request() {
        return new CreateNetworkInterface(
                subnetId,
                address,
                secondary,
                secondaryCount,
                prefixes,
                prefixCount,
                ipv6,
                ipv6Count,
                List.of(),
                ipv6PrefixCount,
                groups,
                description,
                "interface",
                tags,
                token);
    }
}
