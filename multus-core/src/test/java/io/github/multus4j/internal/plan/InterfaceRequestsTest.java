package io.github.multus4j.internal.plan;

import static io.github.multus4j.Nouns.NODE;
import static io.github.multus4j.Nouns.ip;
import static io.github.multus4j.Nouns.node;
import static io.github.multus4j.Nouns.subnet;
import static io.github.multus4j.internal.plan.Planning.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.internal.launch.AddressByRank;
import io.github.multus4j.internal.launch.LaunchOrder;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.nodegroup.Addressing;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.result.PlannedInterface.Slot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InterfaceRequestsTest {

    private static final Subnet SUBNET = subnet("subnet-a1", "10.0.4.0/24", "2001:db8::/64");
    private static final List<String> ONE = List.of("sg-1");
    private static final Slot SLOT = new Slot(NODE, 1, SUBNET.id());

    private static NewNetworkInterface request(
            NodeGroupSpec.Builder spec, Slot slot, List<String> groups, int attempt) {
        return request(spec, slot, groups, Set.of(), attempt);
    }

    private static NewNetworkInterface request(
            NodeGroupSpec.Builder spec, Slot slot, List<String> groups, Set<IpAddress> used, int attempt) {
        AddressByRank addresses =
                AddressByRank.of(LaunchOrder.alone(node()), List.of()).refused(used);
        return InterfaceRequests.next(spec.build(), slot, SUBNET, groups, addresses, List.of(), attempt)
                .orElseThrow();
    }

    @Test
    void token_sameSlotAndAttempt_isTheSameInEveryRun() {
        Map<String, String> forwards = new LinkedHashMap<>();
        forwards.put("a", "1");
        forwards.put("b", "2");
        Map<String, String> backwards = new LinkedHashMap<>();
        backwards.put("b", "2");
        backwards.put("a", "1");
        NewNetworkInterface first = request(spec(SUBNET).interfaceTags(forwards), SLOT, List.of("sg-1"), 0);

        assertThat(request(spec(SUBNET).interfaceTags(backwards), SLOT, List.of("sg-1"), 0))
                .isEqualTo(first);
        assertThat(first.clientToken()).matches("[0-9a-f]{64}");
    }

    @Test
    void token_anotherSlotOrAttempt_isAnother() {
        List<NewNetworkInterface> requests = List.of(
                request(spec(SUBNET), SLOT, ONE, 0),
                request(spec(SUBNET), SLOT, ONE, 1),
                request(spec(SUBNET), new Slot("i-other", 1, SUBNET.id()), ONE, 0),
                request(spec(SUBNET), new Slot(NODE, 1, "subnet-a2"), ONE, 0));

        assertThat(requests).extracting(NewNetworkInterface::clientToken).doesNotHaveDuplicates();
    }

    /**
     * One interface for a slot: if runs see different states or have different settings, EC2 lets
     * one of them make it and refuses the others.
     */
    @Test
    void token_otherParametersForTheSameSlot_isTheSame() {
        List<NewNetworkInterface> requests = List.of(
                request(spec(SUBNET), SLOT, ONE, 0),
                request(spec(SUBNET), new Slot(NODE, 2, SUBNET.id()), ONE, 0),
                request(spec(SUBNET), SLOT, List.of("sg-2"), 0),
                request(spec(SUBNET), SLOT, ONE, Set.of(ip("10.0.4.4")), 0),
                request(spec(SUBNET), SLOT, ONE, Set.of(ip("2001:db8::4")), 0),
                request(spec(SUBNET).addressing(Addressing.chosenByEc2()), SLOT, ONE, 0),
                request(spec(SUBNET).description("x"), SLOT, ONE, 0),
                request(spec(SUBNET).interfaceTags(Map.of("a", "1")), SLOT, ONE, 0));

        assertThat(requests)
                .extracting(NewNetworkInterface::clientToken)
                .containsOnly(requests.get(0).clientToken());
        assertThat(requests).doesNotHaveDuplicates();
    }

    @Test
    void request_anyUserTags_hidesTheInterfaceFromTheCni() {
        NewNetworkInterface request =
                request(spec(SUBNET).interfaceTags(Map.of("Name", "x")), SLOT, List.of("sg-1"), 0);

        assertThat(request.tags())
                .containsEntry("node.k8s.amazonaws.com/no_manage", "true")
                .containsEntry("multus4j/instance-id", NODE)
                .containsEntry("Name", "x")
                .hasSize(4);
        assertThat(request.description()).hasSizeLessThanOrEqualTo(255);
    }
}
