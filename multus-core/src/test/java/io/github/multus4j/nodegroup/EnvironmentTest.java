package io.github.multus4j.nodegroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference Lambda's variables. */
class EnvironmentTest {

    private static final Map<String, String> AS_THE_TEMPLATE_SETS_THEM = Map.of(
            "Az1SubnetIds", "subnet-a1,subnet-a2",
            "Az2SubnetIds", "subnet-b1,subnet-b2",
            "SecGroupIds", "sg-1,sg-2",
            "TargetNodeGroupTagKey", "multus-ng",
            "useStaticIPs", "true",
            "ENITags", "cnf=amf");

    private static NodeGroupSpec read(String... changes) {
        return NodeGroupSpec.fromEnvironment(environment(changes));
    }

    private static Map<String, String> environment(String... changes) {
        Map<String, String> environment = new HashMap<>(AS_THE_TEMPLATE_SETS_THEM);
        environment.put("PATH", "/bin");
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1] == null) {
                environment.remove(changes[i]);
            } else {
                environment.put(changes[i], changes[i + 1]);
            }
        }
        return environment;
    }

    private static List<Problem> problems(String... changes) {
        Map<String, String> environment = environment(changes);
        InvalidSpecException refused =
                catchThrowableOfType(InvalidSpecException.class, () -> NodeGroupSpec.fromEnvironment(environment));
        return refused == null ? List.of() : refused.problems();
    }

    @Test
    void fromEnvironment_asTheTemplateSetsThem_isUnderstood() {
        NodeGroupSpec spec = read();

        assertThat(spec.trigger()).isEqualTo(new TriggerTag("multus-ng", null));
        assertThat(spec.subnets())
                .isEqualTo(SubnetSelection.ids(List.of("subnet-a1", "subnet-a2", "subnet-b1", "subnet-b2")));
        assertThat(spec.securityGroups()).isEqualTo(SecurityGroups.pairedElseFirst("sg-1", "sg-2"));
        assertThat(spec.addressing().allocation()).contains(AddressAllocation.lowestFree());
        assertThat(spec.interfaceTags()).isEqualTo(Map.of("cnf", "amf"));
        assertThat(spec.hooks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "unset",
            value = {
                "'subnet-1', unset, unset",
                "'subnet-1', '', unset",
                "'subnet-1', '  ', ''",
                "unset, 'subnet-1', unset",
                "unset, unset, 'subnet-1'",
                "'', ',', 'subnet-1,'",
                "' subnet-1 , ', ',,', unset"
            })
    void fromEnvironment_anyOneOfTheSubnetLists_isEnough(String az1, String az2, String all) {
        assertThat(read("Az1SubnetIds", az1, "Az2SubnetIds", az2, "SubnetIds", all)
                        .subnets())
                .isEqualTo(SubnetSelection.ids(List.of("subnet-1")));
    }

    @Test
    void fromEnvironment_allThreeSubnetLists_areOneListInThatOrder() {
        assertThat(read("SubnetIds", "subnet-c1, subnet-c2,").subnets())
                .hasToString("subnet-a1, subnet-a2, subnet-b1, subnet-b2, subnet-c1, subnet-c2");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "unset",
            value = {
                "true, true",
                "True, true",
                "TRUE, true",
                "' true ', true",
                "false, false",
                "False, false",
                "'', false",
                "unset, false"
            })
    void fromEnvironment_useStaticIPs_isABoolean(String value, boolean lowestFree) {
        assertThat(read("useStaticIPs", value).addressing().allocation().isPresent())
                .isEqualTo(lowestFree);
    }

    @ParameterizedTest
    @ValueSource(strings = {"perhaps", "2", "tru", "true,false", "null", "\u0130"})
    void fromEnvironment_useStaticIPsInvalid_isRefused(String value) {
        assertThat(problems("useStaticIPs", value))
                .containsExactly(new Problem("useStaticIPs", value, "expected true or false"));
    }

    @Test
    void fromEnvironment_tagValuesWithEqualsAndSpaces_areKeptWhole() {
        assertThat(read("ENITags", " cnf = amf ,url=https://x/?a=b&c==,empty=,with space=two words,")
                        .interfaceTags())
                .isEqualTo(Map.of("cnf", "amf", "url", "https://x/?a=b&c==", "empty", "", "with space", "two words"));
        assertThat(read("ENITags", null).interfaceTags()).isEmpty();
        assertThat(read("ENITags", " , ").interfaceTags()).isEmpty();
    }

    @Test
    void fromEnvironment_brokenTags_areReportedEach() {
        assertThat(problems("ENITags", "justakey,=v,a=1,a=2,aws:b=3,multus4j/slot=1"))
                .extracting(Problem::value)
                .containsExactly("a", "", "aws:b", "multus4j/slot");
    }

    @Test
    void fromEnvironment_variableWithoutAValue_isAsNotSet() {
        Map<String, String> environment = environment();
        environment.put("Az2SubnetIds", null);
        environment.put("ENITags", null);

        NodeGroupSpec spec = NodeGroupSpec.fromEnvironment(environment);

        assertThat(spec.subnets()).hasToString("subnet-a1, subnet-a2");
        assertThat(spec.interfaceTags()).isEmpty();
    }

    @Test
    void fromEnvironment_manyThousandProblems_areAllThereAtOnceAndTheMessageStaysShort() {
        String ids = IntStream.range(0, 200_000).mapToObj(i -> "subnet-" + i).collect(Collectors.joining(","));
        Map<String, String> environment =
                environment("Az1SubnetIds", ids.replace("subnet-", "eni-"), "Az2SubnetIds", ids);

        InvalidSpecException refused = assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> catchThrowableOfType(
                        InvalidSpecException.class, () -> NodeGroupSpec.fromEnvironment(environment)));

        assertThat(refused.problems()).hasSize(200_000);
        assertThat(refused).message().hasSizeLessThan(3_000).endsWith("; … and 199,980 more");
    }

    @Test
    void fromEnvironment_triggerValue_isAnAddition() {
        assertThat(read("TargetNodeGroupTagValue", "true").trigger()).isEqualTo(new TriggerTag("multus-ng", "true"));
        assertThat(read("TargetNodeGroupTagValue", " ").trigger()).isEqualTo(new TriggerTag("multus-ng", null));
    }

    @Test
    void fromEnvironment_hookNames_areAnAddition() {
        assertThat(read("LifecycleHookNames", "a, b,").hooks()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void fromEnvironment_nothingSet_reportsEveryRequiredVariableAtOnce() {
        InvalidSpecException refused =
                catchThrowableOfType(InvalidSpecException.class, () -> NodeGroupSpec.fromEnvironment(Map.of()));

        assertThat(refused.problems())
                .extracting(Problem::field)
                .containsExactly("Az1SubnetIds, Az2SubnetIds, SubnetIds", "SecGroupIds", "TargetNodeGroupTagKey");
        assertThat(refused).hasMessageContaining("at least one subnet id").hasMessageContaining("SecGroupIds");
    }

    @Test
    void fromEnvironment_everythingWrong_reportsEveryVariableAtOnce() {
        assertThat(problems(
                        "Az1SubnetIds", "subnet-1,eni-1",
                        "Az2SubnetIds", "subnet-2,subnet-2,subnet-1",
                        "SubnetIds", "subnet 3",
                        "SecGroupIds", "default",
                        "TargetNodeGroupTagKey", "k".repeat(129),
                        "TargetNodeGroupTagValue", "v".repeat(257),
                        "useStaticIPs", "maybe",
                        "ENITags", "=novalue",
                        "LifecycleHookNames", "h h"))
                .extracting(Problem::field)
                .containsExactly(
                        "Az1SubnetIds",
                        "Az2SubnetIds",
                        "SubnetIds",
                        "SecGroupIds",
                        "useStaticIPs",
                        "ENITags",
                        "LifecycleHookNames",
                        "TargetNodeGroupTagKey",
                        "TargetNodeGroupTagValue");
    }

    @ParameterizedTest
    @CsvSource({"multus, tagged multus", "' multus = signalling ', tagged multus=signalling", "multus=, tagged multus="
    })
    void subnetTag_given_selectsByTag(String tag, String selection) {
        NodeGroupSpec spec = read("Az1SubnetIds", null, "Az2SubnetIds", null, "SubnetTag", tag);

        assertThat(spec.subnets()).hasToString(selection);
    }

    @Test
    void subnetTag_besideIds_isAProblem() {
        assertThat(problems("SubnetTag", "multus"))
                .singleElement()
                .hasToString("SubnetTag: 'multus': give the subnets by their tag or by their ids, not both");
    }

    @Test
    void subnetTag_malformed_isAProblem() {
        assertThat(problems("Az1SubnetIds", null, "Az2SubnetIds", null, "SubnetTag", "=x\u0000"))
                .extracting(Problem::field)
                .containsExactly("SubnetTag", "SubnetTag");
    }

    @Test
    void ofNamedNode_triggerAbsentOrGiven_isAccepted() {
        assertThat(NodeGroupSpec.ofNamedNode(environment("TargetNodeGroupTagKey", null))
                        .trigger())
                .isNull();
        assertThat(NodeGroupSpec.ofNamedNode(environment()).trigger()).isEqualTo(new TriggerTag("multus-ng", null));
    }

    @Test
    void ofNamedNode_triggerValueWithoutKey_isAProblem() {
        Map<String, String> settings = environment("TargetNodeGroupTagKey", null, "TargetNodeGroupTagValue", "yes");

        assertThat(catchThrowableOfType(InvalidSpecException.class, () -> NodeGroupSpec.ofNamedNode(settings))
                        .problems())
                .extracting(Problem::field)
                .containsExactly("TargetNodeGroupTagKey");
    }

    @Test
    void fromEnvironment_deviceIndexes_areLowestFreeOrOwn() {
        assertThat(read().deviceIndexes()).isEqualTo(DeviceIndexPolicy.LOWEST_FREE);
        assertThat(read("DeviceIndexes", "lowest-free").deviceIndexes()).isEqualTo(DeviceIndexPolicy.LOWEST_FREE);
        assertThat(read("DeviceIndexes", " Own ").deviceIndexes()).isEqualTo(DeviceIndexPolicy.OWN);
        assertThat(problems("DeviceIndexes", "strict"))
                .containsExactly(new Problem("DeviceIndexes", "strict", "expected lowest-free or own"));
    }
}
