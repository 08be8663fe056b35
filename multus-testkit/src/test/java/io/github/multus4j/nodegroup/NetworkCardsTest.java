package io.github.multus4j.nodegroup;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.result.Outcome;
import io.github.multus4j.testkit.FakeEc2Network;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Instance types with several network cards. */
class NetworkCardsTest {

    private final OneZone world = new OneZone();
    private final FakeEc2Network ec2 = world.ec2;

    private List<String> subnets(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> world.vpc
                        .subnet("10.0." + (20 + i) + ".0/24", OneZone.ZONE)
                        .id())
                .toList();
    }

    private Instance node(String type) {
        return world.vpc.launch(type, OneZone.ZONE, Map.of("multus-ng", "true"));
    }

    private NodeGroupSpec.Builder spec(List<String> subnets) {
        return world.spec().subnets(subnets.toArray(String[]::new));
    }

    private Outcome attach(Instance node, NodeGroupSpec.Builder spec) {
        return world.multus().attach(node.id(), spec.build(), world.in(Duration.ofMinutes(5)));
    }

    /** Card and device index of each interface of the node, in the order of the subnets. */
    private List<String> places(Instance node, List<String> subnets) {
        return subnets.stream()
                .map(subnet -> ec2.interfaces().stream()
                        .filter(i -> i.subnetId().equals(subnet) && i.isAttachedTo(node.id()))
                        .map(NetworkInterface::attachment)
                        .filter(Objects::nonNull)
                        .map(NetworkCardsTest::place)
                        .findFirst()
                        .orElse("none"))
                .toList();
    }

    private static String place(Attachment attachment) {
        return attachment.networkCardIndex() + "/" + attachment.deviceIndex();
    }

    @Test
    void attach_firstCardIsFull_goesOnWithTheNext() {
        Instance node = node("c6in.32xlarge");
        List<String> subnets = subnets(9);

        assertThat(attach(node, spec(subnets))).isAttached();
        assertThat(places(node, subnets))
                .containsExactly("0/1", "0/2", "0/3", "0/4", "0/5", "0/6", "0/7", "1/1", "1/2");
        assertThat(ec2).holdsInvariants();
    }

    @Test
    void attach_cardsOfTwoInterfaces_areFilledOneAfterTheOther() {
        Instance node = node("p5.48xlarge");
        List<String> subnets = subnets(4);

        assertThat(attach(node, spec(subnets))).isAttached();
        assertThat(places(node, subnets)).containsExactly("0/1", "1/1", "1/0", "2/1");
    }

    @Test
    void attach_cardForOneSubnet_othersTakeTheLowestWithRoom() {
        Instance node = node("c6in.32xlarge");
        List<String> subnets = subnets(3);

        assertThat(attach(node, spec(subnets).networkCards(NetworkCards.ofSubnets(Map.of(subnets.get(1), 1)))))
                .isAttached();
        assertThat(places(node, subnets)).containsExactly("0/1", "1/1", "0/2");
    }

    @Test
    void attach_cardsInDeviceOrder_areTaken() {
        Instance node = node("c6in.32xlarge");
        List<String> subnets = subnets(3);

        assertThat(attach(node, spec(subnets).networkCards(NetworkCards.inOrder(List.of(1, 0, 1)))))
                .isAttached();
        assertThat(places(node, subnets)).containsExactly("1/1", "0/1", "1/2");
    }

    @Test
    void attach_oneCardForAll_isTheOldSetting() {
        Instance node = node("c6in.32xlarge");
        List<String> subnets = subnets(2);

        assertThat(attach(node, spec(subnets).networkCard(1))).isAttached();
        assertThat(places(node, subnets)).containsExactly("1/1", "1/2");
    }

    @Test
    void attach_othersFilledTheFirstCard_usesTheNext() {
        Instance node = node("p5.48xlarge");
        NetworkInterface cni = ec2.occupy(world.media, "10.0.6.9");
        ec2.attachNetworkInterface(cni.id(), node.id(), 1, 0, world.in(Duration.ofMinutes(1)));
        List<String> subnets = subnets(1);

        assertThat(attach(node, spec(subnets))).isAttached();
        assertThat(places(node, subnets)).containsExactly("1/1");
    }

    @Test
    void attach_runAgain_isComplete() {
        Instance node = node("c6in.32xlarge");
        List<String> subnets = subnets(9);
        attach(node, spec(subnets));

        assertThat(attach(node, spec(subnets))).isComplete();
    }

    @Test
    void attach_typeHasNoSuchCard_isAFinding() {
        Outcome outcome = attach(world.node, spec(subnets(2)).networkCards(NetworkCards.inOrder(List.of(0, 1))));

        assertThat(outcome.toString()).contains("m5.4xlarge has no network card 1");
        assertThat(ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void attach_moreSubnetsThanTheTypeHasRoomFor_isAFinding() {
        Outcome outcome = attach(node("c6in.32xlarge"), spec(subnets(16)));

        assertThat(outcome.toString()).contains("would have 17 network interfaces");
    }

    @Test
    void build_cardsOfSubnetsThatAreNone_namesThemAll() {
        NodeGroupSpec.Builder spec = world.spec()
                .networkCards(NetworkCards.ofSubnets(Map.of("subnet-0123456789abcdef0", 1, world.media.id(), 99)));

        InvalidSpecException refused = catchThrowableOfType(InvalidSpecException.class, spec::build);

        assertThat(refused)
                .hasMessageContaining("networkCards: 'subnet-0123456789abcdef0': a network card is named for it")
                .hasMessageContaining("networkCards: '99': a network card index is 0 to");
    }
}
