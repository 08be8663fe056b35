package io.github.multus4j.internal.launch;

import static io.github.multus4j.Nouns.LAUNCHED;
import static io.github.multus4j.Nouns.VPC;
import static io.github.multus4j.Nouns.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.CallRates;
import io.github.multus4j.ec2.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaunchTurnTest {

    private static final Duration AT_ONCE = Duration.ZERO;

    /** The time after which nodes of one launch can see each other. */
    private static final Duration SETTLED = Duration.ofMillis(1500);

    private static final CallRates RATES = CallRates.ofDefaults();

    private static Instance launched(String id, Duration after, String zone) {
        return new Instance(
                id, "m5.xlarge", VPC, zone, Instance.State.RUNNING, LAUNCHED.plus(after), List.of(), Map.of());
    }

    /** So many launches at the same time, ids in order. */
    private static List<Instance> launchedAtOnce(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> launched(String.format("i-%04d", i), Duration.ZERO, ZONE))
                .toList();
    }

    /**
     * The time from the first launch to the turn of one node. Its run begins with this delay after
     * its own launch.
     */
    private static Duration turn(List<Instance> all, int place, int interfaces, Duration delay) {
        LaunchOrder order = LaunchOrder.of(all.get(place), all);
        Instant began = order.instance().launchTime().plus(delay);
        return Duration.between(LAUNCHED, new LaunchTurn(RATES, began).at(order, interfaces));
    }

    @Test
    void next_turnIsFarOff_isTheTurn() {
        LaunchOrder order = lastOf(100);
        LaunchTurn turn = new LaunchTurn(RATES, LAUNCHED);

        assertThat(turn.next(order, 4, LAUNCHED)).hasValue(turn.at(order, 4));
    }

    @Test
    void next_turnIsNearOrPast_isEmpty() {
        LaunchOrder order = lastOf(100);
        LaunchTurn turn = new LaunchTurn(RATES, LAUNCHED);
        Instant at = turn.at(order, 4);

        assertThat(turn.next(order, 4, at.minusMillis(301))).hasValue(at);
        assertThat(turn.next(order, 4, at.minusMillis(300))).isEmpty();
        assertThat(turn.next(order, 4, at)).isEmpty();
        assertThat(turn.next(order, 4, at.plusSeconds(60))).isEmpty();
    }

    @Test
    void next_earlierLaunchesComeIntoView_isLater() {
        LaunchTurn turn = new LaunchTurn(RATES, LAUNCHED);
        Instant first = turn.next(lastOf(40), 4, LAUNCHED).orElseThrow();

        assertThat(turn.next(lastOf(60), 4, first).orElseThrow()).isAfter(first);
    }

    /** A stream of earlier launches must not delay a run without end. */
    @Test
    void next_afterThreeWaits_isEmpty() {
        LaunchTurn turn = new LaunchTurn(RATES, LAUNCHED);

        assertThat(turn.next(lastOf(100), 4, LAUNCHED)).isPresent();
        assertThat(turn.next(lastOf(100), 4, LAUNCHED)).isPresent();
        assertThat(turn.next(lastOf(100), 4, LAUNCHED)).isPresent();
        assertThat(turn.next(lastOf(100), 4, LAUNCHED)).isEmpty();
    }

    @Test
    void next_alone_isEmpty() {
        LaunchOrder alone = LaunchOrder.alone(launched("i-me", Duration.ZERO, ZONE));

        assertThat(new LaunchTurn(RATES, LAUNCHED).next(alone, 15, LAUNCHED)).isEmpty();
    }

    private static LaunchOrder lastOf(int count) {
        List<Instance> all = launchedAtOnce(count);
        return LaunchOrder.of(all.get(count - 1), all);
    }

    @Test
    void at_alone_isTheLaunch() {
        LaunchOrder alone = LaunchOrder.alone(launched("i-me", Duration.ZERO, ZONE));

        assertThat(new LaunchTurn(RATES, LAUNCHED.plus(Duration.ofHours(1))).at(alone, 4))
                .isEqualTo(LAUNCHED);
    }

    @Test
    void at_firstNodes_isWhenAllNodesCanBeSeen() {
        List<Instance> all = launchedAtOnce(100);

        // 12 nodes of 4 interfaces change 96 attributes, and the bucket holds 100.
        assertThat(turn(all, 0, 4, AT_ONCE)).isEqualTo(SETTLED);
        assertThat(turn(all, 11, 4, AT_ONCE)).isEqualTo(SETTLED);
        // (120 - 100) attributes at 5 a second
        assertThat(turn(all, 14, 4, AT_ONCE)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void at_lastNode_isWhenEc2HasTokensForAll() {
        List<Instance> all = launchedAtOnce(500);

        // 500 nodes change 4,000 attributes: 100 tokens are there, 5 come in a second.
        assertThat(turn(all, 499, 4, AT_ONCE)).isBetween(Duration.ofSeconds(780), Duration.ofSeconds(781));
        assertThat(turn(all, 499, 4, Duration.ofSeconds(5)))
                .isBetween(Duration.ofSeconds(785), Duration.ofSeconds(786));
    }

    @Test
    void at_eachNode_isInOrderAndOverdrawsNoBucket() {
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
    void at_afterABreak_findsTheBucketsFullAgain() {
        List<Instance> all = new ArrayList<>(launchedAtOnce(40));
        all.add(launched("i-late", Duration.ofMinutes(5), ZONE));

        assertThat(turn(all, 40, 4, AT_ONCE)).isEqualTo(Duration.ofMinutes(5).plus(SETTLED));
    }

    @Test
    void at_nodesOfTwoZones_shareTheBucketsOfTheRegion() {
        List<Instance> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.add(launched(String.format("i-%04d", i), Duration.ZERO, i % 2 == 0 ? ZONE : "us-east-1b"));
        }

        assertThat(turn(all, 59, 4, AT_ONCE)).isEqualTo(turn(launchedAtOnce(60), 59, 4, AT_ONCE));
    }

    @Test
    void at_unlimitedRates_isWhenAllNodesCanBeSeen() {
        List<Instance> all = launchedAtOnce(500);

        assertThat(new LaunchTurn(CallRates.unlimited(), LAUNCHED).at(LaunchOrder.of(all.get(499), all), 4))
                .isEqualTo(LAUNCHED.plus(SETTLED));
    }

    /** The other nodes of a run that is repeated an hour later were handled long ago. */
    @Test
    void at_runThatBeginsAnHourLate_doesNotTakeTheOthersForAsLate() {
        List<Instance> all = launchedAtOnce(100);

        assertThat(turn(all, 99, 4, Duration.ofHours(1)))
                .isLessThan(turn(all, 99, 4, AT_ONCE).plus(Duration.ofSeconds(31)));
    }
}
