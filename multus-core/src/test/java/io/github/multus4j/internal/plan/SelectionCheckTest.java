package io.github.multus4j.internal.plan;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A wrong selection of a user's decision is refused, instead of making a node with half its
 * interfaces.
 */
class SelectionCheckTest {

    private static final Subnet SUBNET =
            new Subnet("subnet-a1", "vpc-1", "us-east-1a", Cidr.parse("10.0.4.0/24"), List.of(), Map.of());
    private static final List<String> GROUPS = List.of("sg-1");

    @Test
    void selection_subnetTwice_isRefused() {
        assertThatThrownBy(() -> new Selection(List.of(SUBNET, SUBNET), List.of(GROUPS, GROUPS), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("subnet-a1");
    }

    @Test
    void selection_groupsForMoreSubnets_isRefused() {
        assertThatThrownBy(() -> new Selection(List.of(SUBNET), List.of(GROUPS, GROUPS), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 subnets with security groups for 2");
    }

    @Test
    void selection_empty_isRefused() {
        assertThatThrownBy(() -> new Selection(List.of(), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
