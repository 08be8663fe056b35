package io.github.multus4j.nodegroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import io.github.multus4j.net.AddressSet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeGroupSpecTest {

    private static NodeGroupSpec.Builder valid() {
        return NodeGroupSpec.builder()
                .trigger("multus-ng")
                .subnets("subnet-a1", "subnet-a2")
                .securityGroups(SecurityGroups.paired("sg-1", "sg-2"));
    }

    private static List<Problem> problemsOf(NodeGroupSpec.Builder builder) {
        InvalidSpecException refused = catchThrowableOfType(InvalidSpecException.class, builder::build);
        return refused == null ? List.of() : refused.problems();
    }

    private static List<Problem> problemsWith(Consumer<NodeGroupSpec.Builder> change) {
        NodeGroupSpec.Builder builder = valid();
        change.accept(builder);
        return problemsOf(builder);
    }

    @Test
    void build_requiredFieldsOnly_hasTheDocumentedDefaults() {
        NodeGroupSpec spec = valid().build();

        assertThat(spec.trigger()).isEqualTo(new TriggerTag("multus-ng", null));
        assertThat(spec.addressing().allocation()).contains(AddressAllocation.lowestFree());
        assertThat(spec.interfaceTags()).isEmpty();
        assertThat(spec.description()).isNull();
        assertThat(spec.networkCard()).isZero();
        assertThat(spec.sourceDestCheck()).isFalse();
        assertThat(spec.deleteOnTermination()).isTrue();
        assertThat(spec.typeLimits()).isEqualTo(TypeLimits.REFUSE);
        assertThat(spec.onFailure()).isEqualTo(OnFailure.ROLL_BACK);
        assertThat(spec.hooks()).isEmpty();
        assertThat(spec)
                .hasToString("nodes tagged multus-ng: subnets subnet-a1, subnet-a2; security groups for by position:"
                        + " [sg-1], [sg-2]; addresses lowest free");
    }

    @Test
    void build_decisionsOfTheUsersWithProblems_reportsThemUnderTheirFields() {
        SubnetSelection subnets = new SubnetSelection() {
            @Override
            public List<Filter> filters() {
                return List.of();
            }

            @Override
            public List<Subnet> select(Instance instance, List<Subnet> known) {
                return known;
            }

            @Override
            public List<Problem> problems(String field) {
                return List.of(new Problem(field, "rack 7", "there are racks 1 to 6"));
            }
        };
        SecurityGroups groups = new SecurityGroups() {
            @Override
            public List<String> all() {
                return List.of("sg-1");
            }

            @Override
            public List<List<String>> pair(List<Subnet> subnets) {
                return List.of();
            }

            @Override
            public List<Problem> problems(String field) {
                return List.of(new Problem(field, "blue", "expected green"));
            }
        };
        AddressAllocation allocation = new AddressAllocation() {
            @Override
            public Optional<IpAddress> next(Cidr block, AddressSet used, List<CidrReservation> reservations) {
                return Optional.empty();
            }

            @Override
            public List<Problem> problems(String field) {
                return List.of(new Problem(field, "odd", "expected even"));
            }
        };

        assertThat(problemsWith(
                        b -> b.subnets(subnets).securityGroups(groups).addressing(Addressing.allocatedBy(allocation))))
                .extracting(Problem::field, Problem::value)
                .containsExactly(
                        tuple("subnets", "rack 7"), tuple("securityGroups", "blue"), tuple("addressing", "odd"));
    }

    @Test
    void withoutTrigger_explicit_isNoMissingTrigger() {
        NodeGroupSpec spec = valid().withoutTrigger().build();

        assertThat(spec.trigger()).isNull();
        assertThat(spec).asString().startsWith("nodes named by id: subnets");
        assertThatThrownBy(spec::requireTrigger)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trigger");
        assertThat(valid().withoutTrigger().trigger("multus-ng").build().requireTrigger())
                .hasToString("multus-ng");
    }

    @Test
    void build_everythingSet_isKept() {
        NodeGroupSpec spec = valid().trigger("multus-ng", "yes")
                .addressing(Addressing.chosenByEc2())
                .interfaceTags(Map.of("cnf", "amf"))
                .description("signalling")
                .networkCard(1)
                .sourceDestCheck(true)
                .deleteOnTermination(false)
                .typeLimits(TypeLimits.WARN)
                .onFailure(OnFailure.KEEP)
                .hooks("multus-launch")
                .build();

        assertThat(spec.trigger()).isEqualTo(new TriggerTag("multus-ng", "yes"));
        assertThat(spec.addressing().allocation()).isEmpty();
        assertThat(spec.interfaceTags()).containsExactly(Map.entry("cnf", "amf"));
        assertThat(spec.description()).isEqualTo("signalling");
        assertThat(spec.networkCard()).isEqualTo(1);
        assertThat(spec.sourceDestCheck()).isTrue();
        assertThat(spec.deleteOnTermination()).isFalse();
        assertThat(spec.typeLimits()).isEqualTo(TypeLimits.WARN);
        assertThat(spec.onFailure()).isEqualTo(OnFailure.KEEP);
        assertThat(spec.hooks()).containsExactly("multus-launch");
    }

    @Test
    void build_nothingSet_reportsAllThatIsRequired() {
        assertThat(problemsOf(NodeGroupSpec.builder()))
                .extracting(Problem::field)
                .containsExactly("trigger", "subnets", "securityGroups");
    }

    @Test
    void build_everythingWrong_reportsEveryFieldAtOnce() {
        NodeGroupSpec.Builder builder = NodeGroupSpec.builder()
                .trigger("", "v\n")
                .subnets("subnet-a1", "net-1", "subnet-a1")
                .securityGroups(SecurityGroups.shared("sg-1", "group"))
                .addressing(Addressing.fromReservation(" "))
                .interfaceTags(Map.of("aws:x", "1", "eks:y", "2"))
                .description("aws-K8S-i-1")
                .networkCard(-1)
                .hooks("a b");

        InvalidSpecException refused = catchThrowableOfType(InvalidSpecException.class, builder::build);

        assertThat(refused.problems())
                .extracting(Problem::field, Problem::value)
                .containsExactly(
                        tuple("trigger", ""),
                        tuple("trigger", "v\\u000a"),
                        tuple("subnets", "net-1"),
                        tuple("subnets", "subnet-a1"),
                        tuple("securityGroups", "group"),
                        tuple("addressing", " "),
                        tuple("interfaceTags", "aws:x"),
                        tuple("interfaceTags", "eks:y"),
                        tuple("description", "aws-K8S-i-1"),
                        tuple("networkCard", "-1"),
                        tuple("hooks", "a b"));
        assertThat(refused)
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .startsWith("invalid node group spec: trigger: '': ")
                .contains("subnets: 'subnet-a1': given twice", "hooks: 'a b': ")
                .doesNotContain("\n");
    }

    @Test
    void build_afterAFix_succeeds() {
        NodeGroupSpec.Builder builder = valid().networkCard(99);
        assertThat(problemsOf(builder)).hasSize(1);

        assertThat(builder.networkCard(0).build().networkCard()).isZero();
    }

    @Test
    void build_builderChangedLater_leavesTheSpec() {
        Map<String, String> tags = new HashMap<>(Map.of("cnf", "amf"));
        NodeGroupSpec.Builder builder = valid().interfaceTags(tags);
        NodeGroupSpec spec = builder.build();
        tags.put("more", "1");
        builder.description("later").interfaceTags(Map.of());

        assertThat(spec.interfaceTags()).containsExactly(Map.entry("cnf", "amf"));
        assertThat(spec.description()).isNull();
    }

    private static Map<String, String> tags(int count) {
        Map<String, String> tags = new TreeMap<>();
        IntStream.range(0, count).forEach(i -> tags.put("key-" + i, "value"));
        return tags;
    }

    @Test
    void interfaceTags_47_isTheMost() {
        assertThat(problemsWith(b -> b.interfaceTags(tags(47)))).isEmpty();
        assertThat(problemsWith(b -> b.interfaceTags(tags(48)))).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("interfaceTags");
            assertThat(problem.value()).isEqualTo("48 tags");
            assertThat(problem.expected()).contains("at most 47");
        });
        assertThat(OwnerTags.of("i-1", 1)).hasSize(50 - 47);
    }

    @Test
    void interfaceTags_lengths_areCheckedAtTheirEdges() {
        assertThat(problemsWith(b -> b.interfaceTags(Map.of("k".repeat(128), "v".repeat(256)))))
                .isEmpty();
        assertThat(problemsWith(b -> b.interfaceTags(Map.of("k", "")))).isEmpty();
        assertThat(problemsWith(b -> b.interfaceTags(Map.of("k".repeat(129), "v".repeat(257)))))
                .extracting(Problem::expected)
                .containsExactly("a tag key has 1 to 128 characters", "a tag value has at most 256 characters");
        assertThat(problemsWith(b -> b.interfaceTags(Map.of("", "v")))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws:name",
                "AWS:name",
                "node.k8s.amazonaws.com/no_manage",
                "node.k8s.amazonaws.com/instance_id",
                "cluster.k8s.amazonaws.com/name",
                "eks:eni:owner",
                "multus4j/instance-id",
                "multus4j/slot",
                "multus4j/anything"
            })
    void interfaceTags_reservedKey_isRefused(String key) {
        assertThat(problemsWith(b -> b.interfaceTags(Map.of(key, "true"))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.expected()).contains("reserved"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Name", "awsome", "aws", "team:aws:x", "kubernetes.io/cluster/x", "multus", "ключ"})
    void interfaceTags_ordinaryKey_isAccepted(String key) {
        assertThat(problemsWith(b -> b.interfaceTags(Map.of(key, "a=b, c")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000", "\u0085", "half \ud83d"})
    void texts_controlCharacters_areRefusedAndPrintedSafely(String text) {
        List<Problem> problems = problemsWith(b -> b.trigger(text, text)
                .subnets(SubnetSelection.tagged(text, text))
                .addressing(Addressing.fromReservation(text))
                .interfaceTags(Map.of(text, text))
                .description(text)
                .hooks(text));

        assertThat(problems)
                .extracting(Problem::field)
                .containsExactly(
                        "trigger",
                        "trigger",
                        "subnets",
                        "subnets",
                        "addressing",
                        "interfaceTags",
                        "interfaceTags",
                        "description",
                        "hooks");
        assertThat(problems)
                .allSatisfy(problem ->
                        assertThat(problem.toString()).contains("\\u").matches("[\\x20-\\x7e]*"));
    }

    @Test
    void trigger_aKeyOfAws_isAllowed() {
        assertThat(problemsWith(b -> b.trigger("eks:nodegroup-name", "multus"))).isEmpty();
        assertThat(problemsWith(b -> b.trigger("k".repeat(128), ""))).isEmpty();
        assertThat(problemsWith(b -> b.trigger("k".repeat(129)))).hasSize(1);
    }

    @Test
    void description_255_isTheMost() {
        assertThat(problemsWith(b -> b.description("d".repeat(255)))).isEmpty();
        assertThat(problemsWith(b -> b.description("d".repeat(256)))).hasSize(1);
        assertThat(problemsWith(b -> b.description(""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"subnet-0123456789abcdef0", "subnet-12345678", "subnet-a1"})
    void subnets_ids_areAccepted(String id) {
        assertThat(problemsWith(b -> b.subnets(id))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "subnet",
                "subnet-",
                "Subnet-1",
                "sg-1",
                "subnet-1 ",
                "subnet-1,subnet-2",
                "subnet-*",
                "subnet-?",
                "subnet-1\n",
                "subnet-\u0661"
            })
    void subnets_noIds_areRefused(String id) {
        assertThat(problemsWith(b -> b.subnets(id)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.expected()).startsWith("expected an id like subnet-"));
    }

    @Test
    void subnets_idOf64Characters_isTheLongest() {
        assertThat(problemsWith(b -> b.subnets("subnet-" + "a".repeat(64)))).isEmpty();
        assertThat(problemsWith(b -> b.subnets("subnet-" + "a".repeat(65)))).hasSize(1);
    }

    @Test
    void subnets_none_isRefused() {
        assertThat(problemsWith(NodeGroupSpec.Builder::subnets)).hasSize(1);
    }

    @Test
    void subnets_eachRepetition_isReported() {
        assertThat(problemsWith(b -> b.subnets("subnet-1", "subnet-2", "subnet-1", "subnet-2", "subnet-1")))
                .extracting(Problem::value)
                .containsExactly("subnet-1", "subnet-2", "subnet-1");
    }

    @Test
    void securityGroups_16_areTheMostOfOneInterface() {
        String[] groups = IntStream.range(0, 17).mapToObj(i -> "sg-" + i).toArray(String[]::new);
        List<String> sixteen = List.of(groups).subList(0, 16);

        assertThat(problemsWith(b -> b.securityGroups(SecurityGroups.shared(sixteen.toArray(String[]::new)))))
                .isEmpty();
        assertThat(problemsWith(b -> b.securityGroups(SecurityGroups.paired(List.of(sixteen, sixteen)))))
                .isEmpty();
        assertThat(problemsWith(b -> b.securityGroups(SecurityGroups.paired(groups))))
                .as("17 interfaces with one each")
                .isEmpty();
        assertThat(problemsWith(b -> b.securityGroups(SecurityGroups.shared(groups))))
                .extracting(Problem::value)
                .containsExactly("17 groups");
        assertThat(problemsWith(b -> b.securityGroups(SecurityGroups.paired(List.of(sixteen, List.of(groups))))))
                .hasSize(1);
    }

    @Test
    void securityGroups_noneOrTwice_isRefused() {
        assertThat(problemsWith(b -> b.securityGroups(SecurityGroups.shared()))).hasSize(1);
        assertThat(problemsWith(b -> b.securityGroups(SecurityGroups.paired()))).hasSize(1);
        assertThat(problemsWith(b -> b.securityGroups(SecurityGroups.pairedElseFirst())))
                .hasSize(1);
        assertThat(problemsWith(b -> b.securityGroups(SecurityGroups.shared("sg-1", "sg-1"))))
                .hasSize(1);
        assertThat(problemsWith(b -> b.securityGroups(SecurityGroups.paired("sg-1", "sg-1"))))
                .as("two interfaces may have the same group")
                .isEmpty();
        assertThat(problemsWith(b -> b.securityGroups(SecurityGroups.paired(List.of(List.of("sg-1"), List.of())))))
                .extracting(Problem::expected)
                .containsExactly("every interface needs at least one security group");
        assertThat(problemsWith(b -> b.securityGroups(SecurityGroups.paired("subnet-1"))))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "31, 0", "32, 1", "-1, 1", "-2147483648, 1", "2147483647, 1"})
    void networkCard_0To31_areAccepted(int card, int problems) {
        assertThat(problemsWith(b -> b.networkCard(card))).hasSize(problems);
    }

    @Test
    void hooks_names_areThoseOfAutoScaling() {
        assertThat(problemsWith(b -> b.hooks("My-Launch-LC-Hook", "a/b_c", "h".repeat(255))))
                .isEmpty();
        assertThat(problemsWith(b -> b.hooks("", "h".repeat(256), "a b", "a\n", "ok", "ok")))
                .hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Launch-LC-Hook", "Terminate-LC-Hook"})
    void hooks_thatAreEksOwn_areRefused(String hook) {
        assertThat(problemsWith(b -> b.hooks("mine", hook)))
                .singleElement()
                .hasToString("hooks: '" + hook
                        + "': this hook is EKS's own, which completes it itself: name only hooks of your own");
    }

    @Test
    void lengths_supplementaryCharacters_countAsOne() {
        String wide = "\ud83d\ude00";
        assertThat(problemsWith(b -> b.interfaceTags(Map.of(wide.repeat(128), wide.repeat(256)))
                        .description(wide.repeat(255))
                        .addressing(Addressing.fromReservation(wide.repeat(255)))
                        .trigger(wide.repeat(128), wide.repeat(256))))
                .isEmpty();
        assertThat(problemsWith(b -> b.interfaceTags(Map.of(wide.repeat(129), wide.repeat(257)))
                        .description(wide.repeat(256))
                        .addressing(Addressing.fromReservation(wide.repeat(256)))
                        .trigger(wide.repeat(129), wide.repeat(257))))
                .hasSize(6);
    }

    @Test
    void problem_longValue_isShortened() {
        assertThat(problemsWith(b -> b.subnets("x".repeat(1_000_000))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.value())
                        .hasSizeLessThan(110)
                        .startsWith("x".repeat(80))
                        .endsWith("(1000000 characters)"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\u001b[31m', \\u001b[31m",
        "'a\u202eb', a\\u202eb",
        "'a\u2028b\u2029c', a\\u2028b\\u2029c",
        "'\ud83d', \\ud83d",
        "'\ud83d\ude00 \u00e4', '\ud83d\ude00 \u00e4'"
    })
    void printable_invisibleCharacters_areEscaped(String text, String printed) {
        assertThat(Problem.printable(text)).isEqualTo(printed);
    }

    @Test
    void matches_trigger_isCaseSensitiveAndChecksAValueOnlyIfOneIsGiven() {
        TriggerTag any = new TriggerTag("multus-ng", null);
        TriggerTag valued = new TriggerTag("multus-ng", "true");

        assertThat(any.matches(Map.of("multus-ng", ""))).isTrue();
        assertThat(any.matches(Map.of("Multus-ng", "true"))).isFalse();
        assertThat(any.matches(Collections.emptyMap())).isFalse();
        assertThat(valued.matches(Map.of("multus-ng", "true"))).isTrue();
        assertThat(valued.matches(Map.of("multus-ng", "True"))).isFalse();
        assertThat(valued.matches(Map.of())).isFalse();
    }
}
