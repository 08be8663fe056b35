package io.github.multus4j.nodegroup;

import static io.github.multus4j.Nouns.node;
import static io.github.multus4j.Nouns.subnet;
import static io.github.multus4j.Nouns.subnetIn;
import static io.github.multus4j.Nouns.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Subnet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The first two decisions: subnets, and the groups that go with them. */
class SelectionTest {

    private static final Subnet A1 = subnet("subnet-a1", "10.0.9.0/24");
    private static final Subnet A2 = subnet("subnet-a2", "10.0.4.0/24");
    private static final Subnet B1 = subnetIn("us-east-1b", "subnet-b1", "10.0.5.0/24");

    private static List<String> ids(List<Subnet> subnets) {
        return subnets.stream().map(Subnet::id).toList();
    }

    @Test
    void ids_knownInAnyOrder_areThoseOfTheZoneInTheirOwnOrder() {
        SubnetSelection selection = SubnetSelection.ids(List.of("subnet-b1", "subnet-a1", "subnet-a2"));

        assertThat(ids(selection.select(node(), List.of(A2, B1, A1)))).containsExactly("subnet-a1", "subnet-a2");
        assertThat(selection.filters()).containsExactly(Filter.of("subnet-id", "subnet-b1", "subnet-a1", "subnet-a2"));
        assertThat(selection.missing(List.of(A2, B1, A1))).isEmpty();
    }

    @Test
    void ids_notKnown_areMissingAndNotSelected() {
        SubnetSelection selection = SubnetSelection.ids(List.of("subnet-gone", "subnet-a1"));

        assertThat(ids(selection.select(node(), List.of(A1)))).containsExactly("subnet-a1");
        assertThat(selection.missing(List.of(A1))).containsExactly("subnet-gone");
    }

    @Test
    void ids_listChangedLater_selectionStays() {
        List<String> ids = new ArrayList<>(List.of("subnet-a1"));
        SubnetSelection selection = new SubnetSelection.ByIds(ids);
        ids.clear();

        assertThat(selection.select(node(), List.of(A1))).containsExactly(A1);
    }

    @Test
    void tagged_key_ordersByValueNumbersFirst() {
        List<Subnet> known = new ArrayList<>();
        List<String> values = List.of("2", "10", "010", "999999999", "1000000000", "a", "b");
        for (String value : values) {
            known.add(tagged(subnet("subnet-" + value, "10.0." + known.size() + ".0/24"), "multus", value));
        }
        Collections.shuffle(known, new java.util.Random(1));
        SubnetSelection selection = SubnetSelection.tagged("multus");

        assertThat(selection.filters()).containsExactly(Filter.of("tag-key", "multus"));
        assertThat(selection.select(node(), known))
                .extracting(s -> s.tags().get("multus"))
                .containsExactlyElementsOf(values);
        assertThat(selection).hasToString("tagged multus");
    }

    @Test
    void tagged_keyAndValue_ordersByAddressAndAsksForBoth() {
        SubnetSelection selection = SubnetSelection.tagged("multus", "yes");

        assertThat(selection.filters()).containsExactly(Filter.of("tag:multus", "yes"));
        assertThat(ids(selection.select(
                        node(),
                        List.of(
                                tagged(A1, "multus", "yes"),
                                tagged(B1, "multus", "yes"),
                                tagged(A2, "multus", "yes")))))
                .containsExactly("subnet-a2", "subnet-a1");
        assertThat(selection).hasToString("tagged multus=yes");
        assertThat(selection.missing(List.of())).isEmpty();
    }

    @Test
    void tagged_subnetOfAnotherVpc_isLeftOut() {
        Subnet other = new Subnet("subnet-x", "vpc-2", A1.zone(), A1.ipv4Cidr(), List.of(), Map.of("multus", "1"));

        assertThat(SubnetSelection.tagged("multus").select(node(), List.of(other)))
                .isEmpty();
    }

    @Test
    void tagged_subnetsWithoutABlock_comeLastAndDoNoHarm() {
        List<Subnet> known = List.of(subnet("subnet-z"), subnet("subnet-y"), A1, subnet("subnet-6", "2001:db8::/64"));

        assertThat(ids(SubnetSelection.tagged("multus", "yes").select(node(), known)))
                .containsExactly("subnet-a1", "subnet-6", "subnet-y", "subnet-z");
    }

    @Test
    void tagged_anyOrderOfTheAnswer_selectsTheSame() {
        List<Subnet> known =
                new ArrayList<>(List.of(A1, A2, B1, subnet("subnet-6", "2001:db8::/64"), subnet("subnet-0")));
        SubnetSelection selection = SubnetSelection.tagged("multus", "yes");
        List<Subnet> expected = selection.select(node(), known);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 50; i++) {
            Collections.swap(known, random.nextInt(known.size()), random.nextInt(known.size()));
            assertThat(selection.select(node(), known)).isEqualTo(expected);
        }
    }

    @Test
    void shared_anyNumberOfSubnets_getsAllGroupsEach() {
        SecurityGroups groups = SecurityGroups.shared("sg-1", "sg-2");

        assertThat(groups.pair(List.of(A1, A2))).containsExactly(List.of("sg-1", "sg-2"), List.of("sg-1", "sg-2"));
        assertThat(groups.pair(List.of())).isEmpty();
        assertThat(groups.all()).containsExactly("sg-1", "sg-2");
    }

    @Test
    void paired_anyCounts_givesItsListsAsTheyAre() {
        SecurityGroups groups = SecurityGroups.paired("sg-1", "sg-2");

        assertThat(groups.pair(List.of(A1, A2))).containsExactly(List.of("sg-1"), List.of("sg-2"));
        assertThat(groups.pair(List.of(A1))).hasSize(2);
        assertThat(SecurityGroups.paired("sg-1", "sg-1").all()).containsExactly("sg-1");
    }

    @Test
    void paired_listsForEachInterface_keepTheirOrder() {
        List<List<String>> lists = List.of(List.of("sg-1", "sg-2"), List.of("sg-3"));

        assertThat(SecurityGroups.paired(lists).pair(List.of(A1, A2))).isEqualTo(lists);
        assertThat(SecurityGroups.paired(lists)).hasToString("by position: [sg-1, sg-2], [sg-3]");
    }

    @Test
    void pairedElseFirst_countsDiffer_theFirstServesAll() {
        SecurityGroups groups = SecurityGroups.pairedElseFirst("sg-1", "sg-2");

        assertThat(groups.pair(List.of(A1, A2))).containsExactly(List.of("sg-1"), List.of("sg-2"));
        assertThat(groups.pair(List.of(A1))).containsExactly(List.of("sg-1"));
        assertThat(groups.pair(List.of(A1, A2, B1))).containsExactly(List.of("sg-1"), List.of("sg-1"), List.of("sg-1"));
        assertThat(SecurityGroups.pairedElseFirst("sg-9").pair(List.of(A1, A2)))
                .containsExactly(List.of("sg-9"), List.of("sg-9"));
        assertThat(groups).hasToString("by position: [sg-1], [sg-2], else the first");
    }
}
