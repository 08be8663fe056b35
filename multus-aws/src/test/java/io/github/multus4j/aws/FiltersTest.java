package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Ec2Network.Filter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiltersTest {

    @Test
    void split_upTo200Values_isOneRequest() {
        List<Filter> filters = List.of(values("a", 150), values("b", 50));

        assertThat(Filters.split(filters)).containsExactly(filters);
        assertThat(Filters.split(List.of())).containsExactly(List.of());
    }

    @Test
    void split_everyPairOfValues_isInOneRequest() {
        List<List<Filter>> requests = Filters.split(List.of(values("a", 450), values("b", 300)));

        assertThat(requests)
                .allSatisfy(request -> assertThat(request.stream()
                                .mapToInt(filter -> filter.values().size())
                                .sum())
                        .isLessThanOrEqualTo(200));
        List<String> pairs = requests.stream()
                .flatMap(request -> request.get(0).values().stream()
                        .flatMap(a -> request.get(1).values().stream().map(b -> a + b)))
                .toList();
        assertThat(pairs).hasSize(450 * 300);
        assertThat(Set.copyOf(pairs)).hasSize(450 * 300);
    }

    @Test
    void split_manyFiltersOfOneValue_isLeftToEc2() {
        List<Filter> filters =
                IntStream.range(0, 201).mapToObj(i -> values("f" + i, 1)).toList();

        assertThat(Filters.split(filters)).containsExactly(filters);
    }

    private static Filter values(String name, int count) {
        return Filter.of(name, IntStream.range(0, count).mapToObj(i -> name + i).collect(Collectors.toList()));
    }
}
