package io.github.multus4j.internal.launch;

import static io.github.multus4j.Nouns.LAUNCHED;
import static io.github.multus4j.Nouns.VPC;
import static io.github.multus4j.Nouns.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Instance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LaunchOrderTest {

    private static Instance launched(String id, Duration after) {
        return launched(id, after, ZONE, VPC, Instance.State.RUNNING);
    }

    private static Instance launched(String id, Duration after, String zone, String vpc, Instance.State state) {
        return new Instance(id, "m5.xlarge", vpc, zone, state, LAUNCHED.plus(after), List.of(), Map.of());
    }

    @Test
    void neighbours_seenInAnyOrder_areOrderedByLaunchThenId() {
        Instance first = launched("i-c", Duration.ZERO);
        Instance second = launched("i-a", Duration.ofSeconds(1));
        Instance third = launched("i-b", Duration.ofSeconds(1));
        List<Instance> all = new ArrayList<>(List.of(third, first, second));

        for (Instance each : List.of(first, second, third)) {
            Collections.shuffle(all, new Random(1));
            assertThat(LaunchOrder.of(each, all).neighbours()).containsExactly("i-c", "i-a", "i-b");
        }
        assertThat(LaunchOrder.of(third, all).place()).isEqualTo(2);
    }

    @Test
    void neighbours_ofOtherZonesVpcsStatesOrTimes_areLeftOut() {
        Instance me = launched("i-me", Duration.ofMinutes(30));
        List<Instance> others = List.of(
                launched("i-zone", Duration.ofMinutes(30), "us-east-1b", VPC, Instance.State.RUNNING),
                launched("i-vpc", Duration.ofMinutes(30), ZONE, "vpc-2", Instance.State.RUNNING),
                launched("i-going", Duration.ofMinutes(30), ZONE, VPC, Instance.State.SHUTTING_DOWN),
                launched("i-old", Duration.ofMinutes(14)),
                launched("i-recent", Duration.ofMinutes(16)),
                launched("i-pending", Duration.ofMinutes(29), ZONE, VPC, Instance.State.PENDING),
                launched("i-later", Duration.ofMinutes(31)));

        assertThat(LaunchOrder.of(me, others).neighbours()).containsExactly("i-recent", "i-pending", "i-me", "i-later");
    }

    @Test
    void alone_hasNoOtherNeighbour() {
        Instance me = launched("i-me", Duration.ZERO);

        assertThat(LaunchOrder.alone(me).neighbours()).containsExactly("i-me");
        assertThat(LaunchOrder.alone(me).placesBefore()).isZero();
    }
}
