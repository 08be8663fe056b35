package io.github.multus4j.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.internal.plan.DeviceOrder.Placed;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeviceOrderTest {

    @Test
    void warning_ownIndexes_isEmpty() {
        assertThat(DeviceOrder.warning("i-1", List.of())).isEmpty();
        assertThat(DeviceOrder.warning("i-1", List.of(at(1, 1), at(2, 2), at(3, 3))))
                .isEmpty();
    }

    @Test
    void warning_shiftedInterface_namesItAndTheNextStep() {
        assertThat(DeviceOrder.warning("i-1", List.of(at(1, 1), at(2, 4))))
                .hasValueSatisfying(warning -> assertThat(warning)
                        .contains(
                                "i-1",
                                "eni-2 in subnet-2: device index 4 instead of 2",
                                "MAC addresses",
                                "replace the node")
                        .doesNotContain("eni-1", "order"));
    }

    @Test
    void warning_swappedInterfaces_reportsTheLostOrder() {
        assertThat(DeviceOrder.warning("i-1", List.of(at(1, 2), at(2, 1))))
                .hasValueSatisfying(warning -> assertThat(warning).contains("not in the order of the subnets"));
    }

    @Test
    void warning_interfaceToBeMade_namesItsSubnet() {
        assertThat(DeviceOrder.warning("i-1", List.of(new Placed("subnet-1", null, 0, 2))))
                .hasValueSatisfying(warning ->
                        assertThat(warning).contains("the new interface in subnet-1: device index 2 instead of 1"));
    }

    @Test
    void warning_severalNetworkCards_countsOnEachCard() {
        List<Placed> own = List.of(on(0, 1, 1), on(1, 2, 1), on(0, 3, 2), on(1, 4, 2), on(1, 5, 0));

        assertThat(DeviceOrder.warning("i-1", own)).isEmpty();
        assertThat(DeviceOrder.warning("i-1", List.of(on(0, 1, 1), on(1, 2, 2))))
                .hasValueSatisfying(
                        warning -> assertThat(warning).contains("device index 2 instead of 1 of network card 1"));
    }

    @Test
    void warning_manyInterfaces_isShortened() {
        List<Placed> many = IntStream.rangeClosed(1, 1_000)
                .mapToObj(number -> at(number, number + 1))
                .toList();

        assertThat(DeviceOrder.warning("i-1", many))
                .hasValueSatisfying(
                        warning -> assertThat(warning).contains("980 more").hasSizeLessThan(3_000));
    }

    private static Placed at(int number, int deviceIndex) {
        return on(0, number, deviceIndex);
    }

    private static Placed on(int networkCard, int number, int deviceIndex) {
        return new Placed("subnet-" + number, "eni-" + number, networkCard, deviceIndex);
    }
}
