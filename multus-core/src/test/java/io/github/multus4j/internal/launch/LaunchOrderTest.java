package io.github.multus4j.internal.launch;

import static io.github.multus4j.Nouns.LAUNCHED;
import static io.github.multus4j.Nouns.VPC;
import static io.github.multus4j.Nouns.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.CallRates;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaunchOrderTest {

    private static final Duration AT_ONCE = Duration.ZERO;

    /** When all that launch at once can be seen by each other. */
    private static final Duration SETTLED = Duration.ofMillis(1500);

    private static final CallRates RATES = CallRates.ofDefaults();

    private static Instance launched(String id, Duration after) {
        return launched(id, after, ZONE, VPC, InstanceState.RUNNING);
    }

    private static Instance launched(String id, Duration after, String zone, String vpc, InstanceState state) {
        return new Instance(id, "m5.xlarge", vpc, zone, state, LAUNCHED.plus(after), List.of(), Map.of());
    }

    /** So many at the same time, ids in order. */
    private static List<Instance> launchedAtOnce(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> launched(String.format("i-%04d", i), Duration.ZERO))
                .toList();
    }

    private static Duration turn(List<Instance> all, int place, int interfaces, Duration delay) {
        Instant turn = LaunchOrder.of(all.get(place), all).turn(interfaces, delay, RATES);
        return Duration.between(LAUNCHED, turn);
    }

    @Test
    void neighbours_areInTheOrderOfTheirLaunch_thenOfTheirIds_whoeverLooks() {
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
    void neighbours_areOfTheSameZoneAndVpc_onTheirWayOrRunning_andLaunchedNotLongBefore() {
        Instance me = launched("i-me", Duration.ofMinutes(30));
        List<Instance> others = List.of(
                launched("i-zone", Duration.ofMinutes(30), "us-east-1b", VPC, InstanceState.RUNNING),
                launched("i-vpc", Duration.ofMinutes(30), ZONE, "vpc-2", InstanceState.RUNNING),
                launched("i-going", Duration.ofMinutes(30), ZONE, VPC, InstanceState.SHUTTING_DOWN),
                launched("i-old", Duration.ofMinutes(14)),
                launched("i-recent", Duration.ofMinutes(16)),
                launched("i-pending", Duration.ofMinutes(29), ZONE, VPC, InstanceState.PENDING),
                launched("i-later", Duration.ofMinutes(31)));

        assertThat(LaunchOrder.of(me, others).neighbours()).containsExactly("i-recent", "i-pending", "i-me", "i-later");
    }

    @Test
    void alone_isTheOnlyOne_andHasItsTurnAtOnce() {
        Instance me = launched("i-me", Duration.ZERO);

        assertThat(LaunchOrder.alone(me).neighbours()).containsExactly("i-me");
        assertThat(LaunchOrder.alone(me).turn(4, Duration.ofHours(1), RATES)).isEqualTo(LAUNCHED);
    }

    @Test
    void turn_ofTheFirst_isWhenAllCanBeSeen_becauseTheBucketsAreFull() {
        List<Instance> all = launchedAtOnce(100);

        // 12 nodes of 4 interfaces change 96 attributes, and the bucket holds 100.
        assertThat(turn(all, 0, 4, AT_ONCE)).isEqualTo(SETTLED);
        assertThat(turn(all, 11, 4, AT_ONCE)).isEqualTo(SETTLED);
        assertThat(turn(all, 14, 4, AT_ONCE)).isEqualTo(Duration.ofSeconds(4)); // 120 - 100, 5 a second
    }

    @Test
    void turn_ofTheLast_isWhenEc2HasTokensForAll() {
        List<Instance> all = launchedAtOnce(500);

        // 500 nodes change 4,000 attributes: 100 tokens are there, 5 come in a second.
        assertThat(turn(all, 499, 4, AT_ONCE)).isBetween(Duration.ofSeconds(780), Duration.ofSeconds(781));
        assertThat(turn(all, 499, 4, Duration.ofSeconds(5)))
                .isBetween(Duration.ofSeconds(785), Duration.ofSeconds(786));
    }

    @Test
    void turns_comeInOrder_andNoBucketIsOverdrawn() {
        List<Instance> all = launchedAtOnce(300);
        Duration before = Duration.ZERO;
        for (int place = 0; place < all.size(); place++) {
            Duration turn = turn(all, place, 3, AT_ONCE);
            assertThat(turn).isGreaterThanOrEqualTo(before);
            double tokens = 100 + 5 * turn.toMillis() / 1000.0;
            assertThat(6.0 * (place + 1)).as("calls by the turn of %d", place).isLessThanOrEqualTo(tokens + 0.01);
            before = turn;
        }
    }

    @Test
    void turn_afterABreak_findsTheBucketsFullAgain() {
        List<Instance> all = new ArrayList<>(launchedAtOnce(40));
        Instance late = launched("i-late", Duration.ofMinutes(5));
        all.add(late);

        assertThat(LaunchOrder.of(late, all).turn(4, AT_ONCE, RATES))
                .isEqualTo(LAUNCHED.plus(Duration.ofMinutes(5)).plus(SETTLED));
    }

    @Test
    void turn_countsTheNodesOfAllZones_becauseTheBucketsAreTheRegions() {
        List<Instance> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.add(launched(
                    String.format("i-%04d", i),
                    Duration.ZERO,
                    i % 2 == 0 ? ZONE : "us-east-1b",
                    VPC,
                    InstanceState.RUNNING));
        }

        assertThat(turn(all, 59, 4, AT_ONCE)).isEqualTo(turn(launchedAtOnce(60), 59, 4, AT_ONCE));
    }

    @Test
    void turn_withUnlimitedRates_isAtOnceForAll() {
        List<Instance> all = launchedAtOnce(500);

        assertThat(LaunchOrder.of(all.get(499), all).turn(4, AT_ONCE, CallRates.unlimited()))
                .isEqualTo(LAUNCHED.plus(SETTLED));
    }

    /** A run that is repeated an hour later does not think that the others are an hour late, too. */
    @Test
    void turn_ofARunThatComesLate_doesNotTakeTheOthersForAsLate() {
        List<Instance> all = launchedAtOnce(100);

        assertThat(turn(all, 99, 4, Duration.ofHours(1)))
                .isLessThan(turn(all, 99, 4, AT_ONCE).plus(Duration.ofSeconds(31)));
    }
}
