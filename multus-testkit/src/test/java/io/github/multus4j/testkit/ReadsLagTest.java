package io.github.multus4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.testkit.internal.call.CatalogRequests.CreateTags;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DeleteTags;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import io.github.multus4j.testkit.internal.call.Ec2Request;
import io.github.multus4j.testkit.internal.call.InstanceRequests.DescribeInstances;
import io.github.multus4j.testkit.internal.call.InterfaceItem;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AssignPrivateIpAddresses;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DescribeNetworkInterfaces;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.ModifyNetworkInterfaceAttribute;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.Page;
import io.github.multus4j.testkit.internal.call.SecurityGroupRequests.DeleteSecurityGroup;
import io.github.multus4j.testkit.internal.rule.CreateCall;
import io.github.multus4j.testkit.internal.state.StateHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reads that show an earlier state, {@link Ec2Behaviour#readsLag}. */
class ReadsLagTest {

    private static final String ZONE = "us-east-1a";
    private static final Duration LAG = Duration.ofSeconds(10);

    private final FakeEc2Network ec2 = FakeEc2Network.strict();
    private final FakeVpc vpc = ec2.vpc("10.0.0.0/16");
    private final Subnet subnet = vpc.subnet("10.0.4.0/24", ZONE);
    private final Instance node = vpc.launch("m5.4xlarge", ZONE, Map.of());
    private final Deadline deadline = Deadline.in(Duration.ofHours(1), ec2.clock());

    private void lag() {
        ec2.behaviour().readsLag(() -> LAG);
        ec2.interfaces(); // The memory begins here.
    }

    private void pass(long seconds) {
        ec2.time().advance(Duration.ofSeconds(seconds));
    }

    private <R> R call(Ec2Request<R> request) {
        return ec2.engine().call(request);
    }

    private NetworkInterface create() {
        return call(CreateCall.in(subnet).request()).networkInterface();
    }

    private List<NetworkInterface> listed() {
        return ec2.describeNetworkInterfaces(List.of(Filter.of("subnet-id", subnet.id())), deadline);
    }

    private NetworkInterface one() {
        assertThat(listed()).hasSize(1);
        return listed().get(0);
    }

    private Listing<InterfaceItem> page(String token) {
        return call(new DescribeNetworkInterfaces(List.of(), List.of(), true, new Page(5, token)));
    }

    private Instance seen() {
        return ec2.describeInstance(node.id(), deadline).orElseThrow();
    }

    private Kind kindById(NetworkInterface i) {
        DescribeNetworkInterfaces byId = new DescribeNetworkInterfaces(List.of(i.id()), List.of(), true, Page.NONE);
        return catchThrowableOfType(Ec2Error.class, () -> call(byId)).kind(byId.action());
    }

    @Test
    void readsLag_notSet_showsThePresent() {
        NetworkInterface made = create();

        assertThat(one().id()).isEqualTo(made.id());
        ec2.deleteNetworkInterface(made.id(), deadline);
        assertThat(listed()).isEmpty();
    }

    @Test
    void readsLag_olderResources_areVisibleAtOnce() {
        NetworkInterface made = create();
        lag();

        assertThat(one().id()).isEqualTo(made.id());
        assertThat(seen()).isEqualTo(node);
    }

    @Test
    void readsLag_newInterface_isAbsentForThatLong() {
        lag();
        NetworkInterface made = create();

        pass(9);
        assertThat(listed()).isEmpty();
        assertThat(kindById(made)).isEqualTo(Kind.NOT_FOUND);
        pass(1);
        assertThat(one().id()).isEqualTo(made.id());
    }

    @Test
    void readsLag_deletedInterface_isThereForThatLong() {
        NetworkInterface made = create();
        lag();
        ec2.deleteNetworkInterface(made.id(), deadline);

        pass(9);
        assertThat(one().id()).isEqualTo(made.id());
        assertThat(call(new DescribeNetworkInterfaces(List.of(made.id()), List.of(), true, Page.NONE))
                        .items())
                .hasSize(1);
        pass(1);
        assertThat(listed()).isEmpty();
        assertThat(kindById(made)).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void readsLag_changes_seeThePresent() {
        lag();
        NetworkInterface made = create();

        String attachmentId = ec2.attachNetworkInterface(made.id(), node.id(), 1, 0, deadline);
        assertThat(catchThrowableOfType(
                                Ec2Exception.class,
                                () -> ec2.attachNetworkInterface(create().id(), node.id(), 1, 0, deadline))
                        .kind())
                .isEqualTo(Kind.INDEX_TAKEN);
        ec2.detachNetworkInterface(attachmentId, deadline);
        ec2.deleteNetworkInterface(made.id(), deadline);
        assertThat(ec2.interfaces()).noneMatch(i -> i.id().equals(made.id()));
    }

    @Test
    void readsLag_attributes_areThoseOfThatTime() {
        NetworkInterface made = create();
        lag();
        ec2.modifySourceDestCheck(made.id(), false, deadline);
        call(new ModifyNetworkInterfaceAttribute(made.id(), "new", null, null, null));
        call(new CreateTags(List.of(made.id()), Map.of("slot", "1")));
        call(new AssignPrivateIpAddresses(made.id(), List.of("10.0.4.77"), null, List.of(), null, false));

        pass(9);
        assertThat(one().sourceDestCheck()).isTrue();
        assertThat(one().description()).isEmpty();
        assertThat(one().tags()).isEmpty();
        assertThat(one().ipv4Addresses()).hasSize(1);
        assertThat(ec2.describeNetworkInterfaces(List.of(Filter.of("tag:slot", "1")), deadline))
                .isEmpty();
        pass(1);
        assertThat(one().sourceDestCheck()).isFalse();
        assertThat(one().description()).isEqualTo("new");
        assertThat(one().tags()).containsEntry("slot", "1");
        assertThat(one().ipv4Addresses()).hasSize(2);
        call(new DeleteTags(List.of(made.id()), Map.of("slot", Optional.empty())));
        assertThat(one().tags()).containsEntry("slot", "1");
        pass(10);
        assertThat(one().tags()).isEmpty();
    }

    @Test
    void readsLag_attachment_isThatOfThatTimeOnBothSides() {
        NetworkInterface made = create();
        lag();
        String attachmentId = ec2.attachNetworkInterface(made.id(), node.id(), 1, 0, deadline);
        pass(5);
        ec2.modifyDeleteOnTermination(made.id(), attachmentId, true, deadline);

        assertThat(one().status()).isEqualTo(NetworkInterface.Status.AVAILABLE);
        assertThat(seen().attachments()).hasSize(1);
        pass(5);
        assertThat(one().attachment())
                .extracting(Attachment::deleteOnTermination)
                .isEqualTo(false);
        assertThat(seen().attachments()).hasSize(2);
        pass(5);
        assertThat(one().attachment())
                .extracting(Attachment::deleteOnTermination)
                .isEqualTo(true);
        ec2.detachNetworkInterface(attachmentId, deadline);
        assertThat(one().status()).isEqualTo(NetworkInterface.Status.IN_USE);
        assertThat(seen().attachments()).hasSize(2);
        pass(10);
        assertThat(one().status()).isEqualTo(NetworkInterface.Status.AVAILABLE);
        assertThat(seen().attachments()).hasSize(1);
    }

    /**
     * No call is made between the end of attaching and the read: the state changes at the due time,
     * not at the next call.
     */
    @Test
    void readsLag_slowChange_endsAtItsDueTime() {
        NetworkInterface made = create();
        ec2.behaviour().attachingTakes(Duration.ofSeconds(20));
        lag();
        ec2.attachNetworkInterface(made.id(), node.id(), 1, 0, deadline);

        pass(29);
        assertThat(one().attachment()).extracting(Attachment::status).isEqualTo(Attachment.Status.ATTACHING);
        pass(1);
        assertThat(one().attachment()).extracting(Attachment::status).isEqualTo(Attachment.Status.ATTACHED);
        pass(100);
        assertThat(one().attachment()).extracting(Attachment::status).isEqualTo(Attachment.Status.ATTACHED);
    }

    @Test
    void readsLag_instance_isInTheStateOfThatTime() {
        lag();
        Instance other = vpc.launchPending("m5.large", ZONE, Map.of(), Duration.ofSeconds(5));
        DescribeInstances byId = new DescribeInstances(List.of(other.id()), List.of(), Page.NONE);

        assertThat(ec2.describeInstance(other.id(), deadline)).isEmpty();
        assertThat(catchThrowableOfType(Ec2Error.class, () -> call(byId)).kind(byId.action()))
                .isEqualTo(Kind.NOT_FOUND);
        pass(10);
        assertThat(ec2.describeInstance(other.id(), deadline).orElseThrow().state())
                .isEqualTo(Instance.State.PENDING);
        pass(5);
        assertThat(ec2.describeInstance(other.id(), deadline).orElseThrow().state())
                .isEqualTo(Instance.State.RUNNING);
        ec2.terminate(other.id());
        assertThat(call(byId).items().get(0).instance().state()).isEqualTo(Instance.State.RUNNING);
        assertThat(call(byId).items().get(0).interfaces()).hasSize(1);
        pass(10);
        assertThat(call(byId).items().get(0).instance().state()).isEqualTo(Instance.State.TERMINATED);
        assertThat(call(byId).items().get(0).interfaces()).isEmpty();
    }

    @Test
    void readsLag_strangersInterfaces_lagToo() {
        lag();
        ec2.occupyManaged(subnet, "10.0.4.9");
        ec2.occupy(subnet, "10.0.4.10");

        assertThat(listed()).isEmpty();
        pass(10);
        assertThat(listed()).hasSize(2);
    }

    @Test
    void readsLag_groupDeletedMeanwhile_isStillShown() {
        SecurityGroup group = vpc.securityGroup("short-lived");
        NetworkInterface made = call(CreateCall.in(subnet)
                        .groups(List.of(group.id()))
                        .request())
                .networkInterface();
        lag();
        ec2.deleteNetworkInterface(made.id(), deadline);
        call(new DeleteSecurityGroup(group.id()));

        assertThat(ec2.describeNetworkInterfaces(List.of(Filter.of("group-name", "short-lived")), deadline))
                .extracting(NetworkInterface::id)
                .containsExactly(made.id());
    }

    @Test
    void readsLag_newThingsVisibleAfter_addsUp() {
        ec2.behaviour().newThingsVisibleAfter(Duration.ofSeconds(5));
        lag();
        create();

        pass(14);
        assertThat(listed()).isEmpty();
        pass(1);
        assertThat(listed()).hasSize(1);
    }

    @Test
    void readsLag_pagesOfOneListing_showOneTime() {
        IntStream.range(0, 6).forEach(i -> create());
        List<NetworkInterface> before = ec2.interfaces(); // With the node's.
        lag();
        Listing<InterfaceItem> first = page(null);
        pass(10);
        listed().forEach(i -> ec2.deleteNetworkInterface(i.id(), deadline));
        pass(60);

        Listing<InterfaceItem> second = page(first.nextToken());

        List<String> ids = new ArrayList<>();
        first.items().forEach(item -> ids.add(item.networkInterface().id()));
        second.items().forEach(item -> ids.add(item.networkInterface().id()));
        assertThat(ids)
                .containsExactlyElementsOf(
                        before.stream().map(NetworkInterface::id).toList());
        assertThat(second.nextToken()).isNull();
        assertThat(page(null).items()).hasSize(1);
    }

    @Test
    void readsLag_supplier_isAskedOncePerListing() {
        IntStream.range(0, 6).forEach(i -> create());
        List<String> asked = new ArrayList<>();
        ec2.behaviour().readsLag(() -> {
            asked.add("once");
            return Duration.ZERO;
        });

        page(page(null).nextToken());
        assertThat(asked).hasSize(1);
        seen();
        assertThat(asked).hasSize(2);
        create();
        ec2.describeSubnets(List.of(), deadline);
        assertThat(asked).hasSize(2);
    }

    @Test
    void readsLag_zeroOrChanging_showsEachTimeThatIsAskedFor() {
        List<Duration> lags =
                new ArrayList<>(List.of(Duration.ZERO, LAG, Duration.ofSeconds(4), Duration.ofSeconds(-1)));
        ec2.behaviour().readsLag(() -> lags.remove(0));
        create();
        pass(5);
        create();

        assertThat(listed()).hasSize(2);
        assertThat(listed()).isEmpty();
        assertThat(listed()).hasSize(1);
        assertThat(listed()).hasSize(2);
    }

    @Test
    void readsLag_longerThanTheMemory_showsTheEarliestRemembered() {
        lag();
        NetworkInterface first = create();
        pass(1);
        create();
        pass(StateHistory.REACH.toSeconds() + 1);
        create();
        ec2.behaviour().readsLag(() -> Duration.ofDays(1));

        assertThat(listed()).hasSize(2).extracting(NetworkInterface::id).contains(first.id());
    }

    @Test
    void readsLag_afterAReset_remembersNothing() {
        lag();
        pass(20);
        ec2.engine().reset();

        assertThat(call(new DescribeInstances(List.of(), List.of(), Page.NONE)).items())
                .isEmpty();
    }

    @Test
    void readsLag_overTheWire_isTheSame() {
        Stage stage = Stage.in(ec2);
        String of = stage.subnet();
        lag();
        String made = stage.eni(of);
        String[] ofSubnet = {"Filter.1.Name", "subnet-id", "Filter.1.Value.1", of};

        assertThat(stage.must("DescribeNetworkInterfaces", ofSubnet).texts("networkInterfaceId"))
                .isEmpty();
        assertThat(stage.call("DescribeNetworkInterfaces", "NetworkInterfaceId.1", made)
                        .outcome())
                .isEqualTo("InvalidNetworkInterfaceID.NotFound");
        pass(10);
        assertThat(stage.must("DescribeNetworkInterfaces", ofSubnet).texts("networkInterfaceId"))
                .containsExactly(made);
    }
}
