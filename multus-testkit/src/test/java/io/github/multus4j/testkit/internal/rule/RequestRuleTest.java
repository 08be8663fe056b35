package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.Stage;
import io.github.multus4j.testkit.internal.call.CatalogRequests.CreateTags;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DeleteTags;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DescribeAvailabilityZones;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DescribeInstanceTypes;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DescribeTags;
import io.github.multus4j.testkit.internal.call.InstanceRequests.DescribeInstances;
import io.github.multus4j.testkit.internal.call.InterfaceItem;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.CreateNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DeleteNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.DescribeNetworkInterfaces;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.Page;
import io.github.multus4j.testkit.internal.engine.EngineAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRuleTest extends RuleTest {

    private static DescribeNetworkInterfaces list(Page page, Filter... filters) {
        return new DescribeNetworkInterfaces(List.of(), List.of(filters), true, page);
    }

    private List<String> ids(DescribeNetworkInterfaces request) {
        return call(request).items().stream()
                .map(item -> item.networkInterface().id())
                .toList();
    }

    private static Map<String, String> tags(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));
    }

    @Test
    void filter_unknown_isRefused() {
        Filter filter = Filter.of("attachment.index", "1");

        assertThat(refused(RequestRule.FILTER_UNKNOWN, list(Page.NONE, filter)).text())
                .isEqualTo("The filter 'attachment.index' is invalid");
        refused(RequestRule.FILTER_UNKNOWN, new DescribeInstances(List.of(), List.of(filter), Page.NONE));
        refused(RequestRule.FILTER_UNKNOWN, new DescribeAvailabilityZones(List.of(), List.of(filter)));
    }

    @Test
    void filter_valuesOverLimit_isRefused() {
        List<String> values =
                IntStream.rangeClosed(0, 200).mapToObj(i -> "eni-" + i).toList();

        refused(RequestRule.FILTER_VALUES_OVER_LIMIT, list(Page.NONE, Filter.of("network-interface-id", values)));
    }

    @Test
    void filter_wildcards_match() {
        NetworkInterface one = call(CreateCall.in(subnet())
                        .description("a*c")
                        .tags(Map.of("Slot", "12"))
                        .request())
                .networkInterface();
        call(CreateCall.in(vpc.subnet("10.0.5.0/24", ZONE)).description("abc").request());

        assertThat(ids(list(Page.NONE, Filter.of("description", "a?c")))).hasSize(2);
        assertThat(ids(list(Page.NONE, Filter.of("description", "a*")))).hasSize(2);
        assertThat(ids(list(Page.NONE, Filter.of("description", "a\\*c")))).containsExactly(one.id());
        assertThat(ids(list(Page.NONE, Filter.of("tag:Slot", "1*")))).containsExactly(one.id());
        assertThat(ids(list(Page.NONE, Filter.of("tag-key", "Slot")))).containsExactly(one.id());
        assertThat(ids(list(Page.NONE, Filter.of("tag-key", "slot")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attachment.device-index",
                "attachment.status",
                "ipv6-addresses.ipv6-address",
                "operator.managed",
                "requester-managed",
                "addresses.private-ip-address",
                "association.public-ip"
            })
    void filters_ofTheDocumentation_areKnown(String name) {
        assertThat(ids(list(Page.NONE, Filter.of(name, "none")))).isEmpty();
    }

    @Test
    void page_sizeOutOfRange_isRefused() {
        refused(RequestRule.PAGE_SIZE_OUT_OF_RANGE, list(new Page(4, null)));
        refused(RequestRule.PAGE_SIZE_OUT_OF_RANGE, list(new Page(1001, null)));
        refused(
                RequestRule.PAGE_SIZE_OUT_OF_RANGE,
                new DescribeInstanceTypes(List.of(), List.of(), new Page(101, null)));
    }

    @Test
    void page_withIds_isRefused() {
        refused(
                RequestRule.PAGE_WITH_IDS,
                new DescribeNetworkInterfaces(List.of(create(subnet()).id()), List.of(), true, new Page(5, null)));
    }

    @Test
    void page_tokenUnknown_isRefused() {
        Subnet subnet = subnet();
        IntStream.range(0, 6).forEach(i -> create(subnet));
        String token = call(list(new Page(5, null))).nextToken();

        refused(RequestRule.PAGE_TOKEN_UNKNOWN, list(new Page(5, "rubbish")));
        refused(RequestRule.PAGE_TOKEN_UNKNOWN, list(new Page(5, token), Filter.of("subnet-id", subnet.id())));
    }

    @Test
    void pages_togetherHoldEverythingOnce_alsoWithEmptyPagesAndDeletions() {
        ec2.behaviour().emptyPages(true);
        Subnet subnet = subnet();
        List<String> made =
                IntStream.range(0, 12).mapToObj(i -> create(subnet).id()).toList();
        List<String> seen = new ArrayList<>();
        int pages = 0;
        String token = null;
        do {
            Listing<InterfaceItem> page = call(list(new Page(5, token)));
            page.items().forEach(item -> seen.add(item.networkInterface().id()));
            token = page.nextToken();
            pages++;
            if (seen.size() == 5) {
                ec2.interfaces().stream()
                        .map(NetworkInterface::id)
                        .filter(seen::contains)
                        .forEach(id -> EngineAccess.of(ec2).setUp(new DeleteNetworkInterface(id)));
            }
        } while (token != null);

        assertThat(seen).containsExactlyElementsOf(made);
        assertThat(pages).isEqualTo(6);
    }

    @Test
    void listing_tooLarge_isRefused() {
        ec2.behaviour().unpaginatedListingLimit(1);
        Subnet subnet = subnet();
        create(subnet);
        create(subnet);

        refused(RequestRule.LISTING_TOO_LARGE, list(Page.NONE));
        assertThat(ids(list(new Page(1000, null)))).hasSize(2);
        assertThat(ids(list(Page.NONE, Filter.of("subnet-id", subnet.id())))).hasSize(2);
    }

    @Test
    void tags_overLimit_isRefused() {
        refused(
                RequestRule.TAGS_OVER_LIMIT,
                CreateCall.in(subnet()).tags(tags(51)).request());
        NetworkInterface made = call(CreateCall.in(vpc.subnet("10.0.5.0/24", ZONE))
                        .tags(tags(50))
                        .request())
                .networkInterface();
        refused(RequestRule.TAGS_OVER_LIMIT, new CreateTags(List.of(made.id()), Map.of("one", "more")));
    }

    @Test
    void tag_keyTooLong_isRefused() {
        Subnet subnet = subnet();
        refused(
                RequestRule.TAG_KEY_TOO_LONG,
                CreateCall.in(subnet).tags(Map.of("k".repeat(129), "v")).request());
        refused(
                RequestRule.TAG_KEY_TOO_LONG,
                CreateCall.in(subnet).tags(Map.of("", "v")).request());
    }

    @Test
    void tag_valueTooLong_isRefused() {
        refused(
                RequestRule.TAG_VALUE_TOO_LONG,
                CreateCall.in(subnet()).tags(Map.of("k", "v".repeat(257))).request());
    }

    @Test
    void tag_keyReserved_isRefused() {
        refused(
                RequestRule.TAG_KEY_RESERVED,
                CreateCall.in(subnet()).tags(Map.of("aws:cloudformation", "v")).request());
    }

    @Test
    void tag_resourceUnknown_isRefused() {
        refused(RequestRule.TAG_RESOURCE_UNKNOWN, new CreateTags(List.of("thing-" + NONE), Map.of("k", "v")));
        refused(InterfaceRule.INTERFACE_UNKNOWN, new CreateTags(List.of("eni-" + NONE), Map.of("k", "v")));
    }

    @Test
    void tags_ofAResource_comeAndGo() {
        String id = create(subnet()).id();
        call(new CreateTags(List.of(id), Map.of("a", "1", "b", "2")));
        call(new DeleteTags(List.of(id), Map.of("a", Optional.of("other"), "b", Optional.of("2"))));

        assertThat(call(new DescribeTags(List.of(Filter.of("resource-id", id)), Page.NONE))
                        .items())
                .extracting(tag -> tag.key() + "=" + tag.value())
                .containsExactly("a=1");
    }

    @Test
    void token_invalid_isRefused() {
        Subnet subnet = subnet();
        refused(
                RequestRule.TOKEN_INVALID,
                CreateCall.in(subnet).token("t".repeat(65)).request());
        refused(RequestRule.TOKEN_INVALID, CreateCall.in(subnet).token("tökén").request());
    }

    @Test
    void token_mismatch_isRefused() {
        Subnet subnet = subnet();
        call(CreateCall.in(subnet).token("token").request());

        refused(
                RequestRule.TOKEN_MISMATCH,
                CreateCall.in(subnet).token("token").description("other").request());
    }

    @Test
    void token_repeated_givesTheSameInterfaceAlsoWhenItIsGone() {
        CreateNetworkInterface request =
                CreateCall.in(subnet()).address("10.0.4.4").token("token").request();
        String id = call(request).networkInterface().id();

        assertThat(call(request).networkInterface().id()).isEqualTo(id);
        assertThat(ec2.interfaces()).hasSize(1);
        call(new DeleteNetworkInterface(id));
        assertThat(call(request).networkInterface().id()).isEqualTo(id);
        assertThat(ec2.interfaces()).isEmpty();
    }

    @Test
    void calls_overRate_isRefused() {
        ec2.behaviour().throttling(true);
        DescribeNetworkInterfaces bare = list(Page.NONE);
        IntStream.range(0, 50).forEach(i -> call(bare));

        assertThat(refused(RequestRule.CALLS_OVER_RATE, bare).httpStatus()).isEqualTo(503);
        IntStream.range(0, 100).forEach(i -> call(list(new Page(1000, null))));
        refused(RequestRule.CALLS_OVER_RATE, list(new Page(1000, null)));

        ec2.time().advance(Duration.ofSeconds(1));
        IntStream.range(0, 10).forEach(i -> call(bare));
        refused(RequestRule.CALLS_OVER_RATE, bare);
    }

    @Test
    void calls_overRate_becauseSomebodyElseUsedTheTokens() {
        ec2.behaviour().throttling(true);
        CreateNetworkInterface create = CreateCall.in(subnet()).request();
        ec2.drain(Action.CREATE_NETWORK_INTERFACE);
        ec2.drain(Action.DESCRIBE_NETWORK_INTERFACES);

        refused(RequestRule.CALLS_OVER_RATE, create);
        refused(RequestRule.CALLS_OVER_RATE, list(Page.NONE));
        refused(RequestRule.CALLS_OVER_RATE, list(new Page(1000, null)));
        call(new DescribeInstances(List.of(), List.of(), Page.NONE));
        ec2.time().advance(Duration.ofMillis(200));
        call(create);
        refused(RequestRule.CALLS_OVER_RATE, create);
    }

    @Test
    void drain_withoutThrottling_isOfNoEffect() {
        ec2.drain(Action.CREATE_NETWORK_INTERFACE);

        assertThat(create(subnet()).id()).startsWith("eni-");
    }

    @Test
    void drain_actionOfAutoScaling_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ec2.drain(Action.COMPLETE_LIFECYCLE_ACTION))
                .withMessageContaining("CompleteLifecycleAction");
    }

    @Test
    void filter_withoutName_isRefused() {
        for (String action : List.of("DescribeInstances", "DescribeSubnets", "DescribeTags")) {
            assertThat(refusedOnWire(RequestRule.FILTER_WITHOUT_NAME, action, "Filter.1.Value.1", "a"))
                    .isEqualTo("The filter 'null' is invalid");
        }
    }

    @Test
    void page_sizeOutOfRange_isRefusedByEachListing() {
        Stream.of(
                        "DescribeInstances",
                        "DescribeNetworkInterfaces",
                        "DescribeSubnets",
                        "DescribeVpcs",
                        "DescribeSecurityGroups",
                        "DescribeTags",
                        "DescribeInstanceTypes",
                        "DescribeSecurityGroupVpcAssociations")
                .forEach(action -> assertThat(
                                refusedOnWire(RequestRule.PAGE_SIZE_OUT_OF_RANGE, action, "MaxResults", "1"))
                        .isEqualTo(
                                "Value ( 1 ) for parameter maxResults is invalid. Expecting a value greater than 5."));
    }

    @Test
    void tag_resourcesOverLimit_isRefused() {
        refusedOnWire(
                RequestRule.TAG_RESOURCES_OVER_LIMIT,
                "CreateTags",
                Stage.join(
                        Stage.numbered("ResourceId", Collections.nCopies(1001, vpc.id())),
                        "Tag.1.Key",
                        "k",
                        "Tag.1.Value",
                        "v"));
    }

    @Test
    void tags_areListedByKeyAndValue() {
        call(CreateCall.in(subnet())
                .tags(Map.of("Owner", "TeamA", "Other", "x"))
                .request());

        assertThat(onWire("DescribeTags", "Filter.1.Name", "tag:Owner", "Filter.1.Value.1", "Team*")
                        .texts("key"))
                .containsExactly("Owner");
        assertThat(onWire("DescribeTags", "Filter.1.Name", "tag:Owner", "Filter.1.Value.1", "TeamB")
                        .texts("key"))
                .isEmpty();
    }
}
