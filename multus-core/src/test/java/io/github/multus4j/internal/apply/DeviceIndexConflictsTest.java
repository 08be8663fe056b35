package io.github.multus4j.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.Nouns;
import io.github.multus4j.Seeds;
import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.internal.plan.DeviceOrder;
import io.github.multus4j.result.PlannedInterface;
import io.github.multus4j.result.PlannedInterface.Slot;
import io.github.multus4j.result.PlannedInterface.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The final order of a node's interfaces after conflicts. */
class DeviceIndexConflictsTest {

    @Test
    void refused_nothingAttachedYet_movesLaterSlotsUp() {
        Node node = new Node(3);
        node.othersTake(1);

        node.begin(1);
        node.answer(1, node.shown());
        node.attachAll();

        assertThat(node.indexes()).containsExactly(2, 3, 4);
    }

    @Test
    void refused_laterSlotFirst_leavesRoomForTheEarlierSlot() {
        Node node = new Node(2);
        node.othersTake(1);
        node.othersTake(2);

        node.begin(1);
        node.begin(2);
        node.answer(2, node.shown());
        node.answer(1, node.shown());
        node.attachAll();

        assertThat(node.indexes()).containsExactly(3, 4);
    }

    @Test
    void refused_laterSlotIsAttached_takesAFreeIndexBetweenThem() {
        Node node = new Node(List.of(1, 3));
        node.othersTake(1);
        node.attach(2);

        node.begin(1);
        node.answer(1, node.shown());
        node.attachAll();

        assertThat(node.indexes()).containsExactly(2, 3);
    }

    @Test
    void refused_laterSlotIsAttachedAndNoIndexIsBetween_goesAboveAndIsWarnedOf() {
        Node node = new Node(2);
        node.attach(2);
        node.othersTake(1);

        node.attachAll();

        assertThat(node.indexes()).containsExactly(3, 2);
        assertThat(node.warning()).contains("not in the order of the subnets");
    }

    @Test
    void attached_byAnotherRunAtAnotherIndex_movesWaitingSlotsAboveIt() {
        Node node = new Node(2);

        node.indexes.attached(node.slot(1), 4);

        assertThat(node.indexes.next(node.slot(2), "eni-2")).isEqualTo(5);
    }

    @Test
    void anySchedule_oneCallAtATime_keepsTheOrder() {
        Seeds.forEachOf(1_000, DeviceIndexConflictsTest::oneCallAtATime);
    }

    @Test
    void anySchedule_sideBySide_keepsTheOrderOrWarns() {
        Seeds.forEachOf(5_000, DeviceIndexConflictsTest::sideBySide);
    }

    private static void oneCallAtATime(RandomGenerator random) {
        Node node = new Node(1 + random.nextInt(6));
        List<Integer> left = new ArrayList<>(node.numbers());
        while (!left.isEmpty()) {
            int number = left.remove(0);
            while (!node.isAttached(number)) {
                node.begin(number);
                node.othersMayTake(random);
                node.answer(number, random.nextBoolean() ? node.shown() : List.of());
            }
        }

        assertThat(node.indexes()).isSorted().doesNotHaveDuplicates();
    }

    private static void sideBySide(RandomGenerator random) {
        Node node = new Node(1 + random.nextInt(6));
        while (!node.numbers().stream().allMatch(node::isAttached)) {
            int number = 1 + random.nextInt(node.numbers().size());
            node.othersMayTake(random);
            if (node.isAttached(number)) {
                continue;
            }
            if (node.isUnderWay(number)) {
                node.answer(number, random.nextInt(4) > 0 ? node.shown() : List.of());
            } else {
                node.begin(number);
            }
        }

        List<Integer> indexes = node.indexes();
        assertThat(indexes).doesNotHaveDuplicates();
        if (IntStream.range(1, indexes.size()).anyMatch(i -> indexes.get(i) < indexes.get(i - 1))) {
            assertThat(node.warning()).contains("not in the order of the subnets");
        }
    }

    /** An instance in EC2, and one run that attaches to it. */
    private static final class Node {

        private static final int MOST_OTHERS = 8;

        final DeviceIndexConflicts indexes;
        private final List<PlannedInterface> planned;
        private final Map<Integer, String> taken = new TreeMap<>(Map.of(0, "eni-primary"));
        private final Map<Integer, Integer> underWay = new TreeMap<>();
        private final Map<Integer, Integer> attached = new TreeMap<>();

        Node(int slots) {
            this(IntStream.rangeClosed(1, slots).boxed().toList());
        }

        Node(List<Integer> plannedIndexes) {
            planned = IntStream.rangeClosed(1, plannedIndexes.size())
                    .mapToObj(number -> toMake(number, plannedIndexes.get(number - 1)))
                    .toList();
            indexes = new DeviceIndexConflicts(planned);
        }

        private static PlannedInterface toMake(int number, int index) {
            Subnet subnet = Nouns.subnet("subnet-" + number, "10.0." + number + ".0/24");
            NewNetworkInterface request =
                    new NewNetworkInterface(subnet.id(), null, List.of(), 0, List.of(), "", Map.of(), "token");
            return new PlannedInterface(
                    new Slot(Nouns.NODE, number, subnet.id()),
                    subnet,
                    null,
                    request,
                    index,
                    0,
                    EnumSet.of(Step.CREATE, Step.ATTACH));
        }

        List<Integer> numbers() {
            return IntStream.rangeClosed(1, planned.size()).boxed().toList();
        }

        Slot slot(int number) {
            return planned.get(number - 1).slot();
        }

        void othersTake(int index) {
            taken.put(index, "eni-other-" + index);
        }

        void othersMayTake(RandomGenerator random) {
            int index = 1 + random.nextInt(planned.size() + 2);
            if (taken.size() < MOST_OTHERS && random.nextInt(3) == 0 && !taken.containsKey(index)) {
                othersTake(index);
            }
        }

        void begin(int number) {
            underWay.put(number, indexes.next(slot(number), "eni-" + number));
        }

        /** EC2's answer to the call in flight; after a refusal the run reads these attachments. */
        void answer(int number, List<Attachment> seen) {
            int index = Objects.requireNonNull(underWay.remove(number));
            if (taken.containsKey(index)) {
                indexes.refused(slot(number), seen);
            } else {
                taken.put(index, "eni-" + number);
                attached.put(number, index);
                indexes.attached(slot(number), index);
            }
        }

        void attach(int number) {
            while (!isAttached(number)) {
                begin(number);
                answer(number, shown());
            }
        }

        void attachAll() {
            numbers().forEach(this::attach);
        }

        boolean isUnderWay(int number) {
            return underWay.containsKey(number);
        }

        boolean isAttached(int number) {
            return attached.containsKey(number);
        }

        List<Attachment> shown() {
            return taken.entrySet().stream()
                    .map(each -> Nouns.attachment(each.getValue(), each.getKey()))
                    .toList();
        }

        List<Integer> indexes() {
            return List.copyOf(attached.values());
        }

        String warning() {
            return DeviceOrder.warning(
                            Nouns.NODE,
                            attached.entrySet().stream()
                                    .map(each -> new DeviceOrder.Placed(
                                            "subnet-" + each.getKey(), "eni-" + each.getKey(), 0, each.getValue()))
                                    .toList())
                    .orElse("");
        }
    }
}
