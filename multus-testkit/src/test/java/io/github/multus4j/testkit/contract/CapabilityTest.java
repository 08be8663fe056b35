package io.github.multus4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CapabilityTest {

    @Test
    void capability_each_isNeededByATestOfTheContract() {
        Stream<Capability> needed = Stream.of(Ec2NetworkContract.class, Ec2AddressesContract.class)
                .flatMap(contract -> Stream.of(contract.getDeclaredClasses()))
                .flatMap(nested -> Arrays.stream(nested.getSuperclass().getDeclaredMethods()))
                .map(method -> method.getAnnotation(Needs.class))
                .filter(Objects::nonNull)
                .flatMap(needs -> Arrays.stream(needs.value()));

        assertThat(needed.distinct()).containsExactlyInAnyOrder(Capability.values());
    }
}
