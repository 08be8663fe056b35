package io.github.multus4j.nodegroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Values that stacks of the reference have in its variables: the table of
 * docs/operations/upgrade.md, row by row.
 */
class ExistingStacksTest {

    private static NodeGroupSpec read(String... changes) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "Az1SubnetIds", "subnet-1,subnet-2",
                "Az2SubnetIds", "subnet-3",
                "SecGroupIds", "sg-1",
                "TargetNodeGroupTagKey", "multus-ng",
                "useStaticIPs", "true",
                "ENITags", ""));
        for (int i = 0; i < changes.length; i += 2) {
            environment.put(changes[i], changes[i + 1]);
        }
        return NodeGroupSpec.fromEnvironment(environment);
    }

    @Test
    void plainStack_itsVariables_giveNoWarning() {
        assertThat(read().warnings()).isEmpty();
        assertThat(read("useStaticIPs", "false", "ENITags", "cnf=abc01,type=5g,", "SecGroupIds", "sg-1, sg-1,")
                        .warnings())
                .isEmpty();
    }

    @Test
    void zoneLists_equal_areOneList() {
        NodeGroupSpec spec = read("Az2SubnetIds", "subnet-1,subnet-2");

        assertThat(spec.subnets()).isEqualTo(SubnetSelection.ids(List.of("subnet-1", "subnet-2")));
        assertThat(spec.warnings())
                .singleElement()
                .hasToString("Az2SubnetIds: 'subnet-1,subnet-2': given already in Az1SubnetIds;"
                        + " each subnet is taken once, in its place there");
    }

    @ParameterizedTest
    @CsvSource({
        "'subnet-2,subnet-1', '', 'subnet-1, subnet-2', 1",
        "'subnet-2', '', 'subnet-1, subnet-2', 1",
        "'subnet-2,subnet-4', '', 'subnet-1, subnet-2, subnet-4', 1",
        "'subnet-1,subnet-2', 'subnet-2,subnet-1', 'subnet-1, subnet-2', 2",
        "'', 'subnet-1', 'subnet-1, subnet-2', 1"
    })
    void zoneLists_thatOverlap_takeEachSubnetOnce(String az2, String all, String taken, int warnings) {
        NodeGroupSpec spec = read("Az2SubnetIds", az2, "SubnetIds", all);

        assertThat(spec.subnets()).hasToString(taken);
        assertThat(spec.warnings()).hasSize(warnings);
    }

    @Test
    void zoneList_withASubnetTwice_isRefusedSinceItMeansTwoInterfaces() {
        assertThatThrownBy(() -> read("Az1SubnetIds", "subnet-1,subnet-1"))
                .hasMessageContaining("'subnet-1': given twice: a node has one interface in each Multus subnet");
    }

    @ParameterizedTest
    @CsvSource({"none", "None", "NONE", "' none '", "null", "N/A", "-", "{}", "[]", "'\"\"'", "false", "no"})
    void tags_wordForNone_isNoTags(String word) {
        assertThat(read("ENITags", word).interfaceTags()).isEmpty();
        assertThat(read("ENITags", word).warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.expected()).isEqualTo("taken as no tags"));
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "'  ', 0", "',', 0", "' , ,', 0", "'cnf=abc01,', 1", "'cnf=abc01, ,type=5g,,', 2"})
    void tags_emptyPlaces_areNothing(String text, int tags) {
        assertThat(read("ENITags", text).interfaceTags()).hasSize(tags);
        assertThat(read("ENITags", text).warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "True, 1", "' true ', 1"})
    void tags_noManageTrue_isSetInAnyCase(String value, int warnings) {
        NodeGroupSpec spec = read("ENITags", "node.k8s.amazonaws.com/no_manage=" + value + ",cnf=abc01");

        assertThat(spec.interfaceTags()).isEqualTo(Map.of("cnf", "abc01"));
        assertThat(spec.warnings()).hasSize(warnings);
    }

    @ParameterizedTest
    @CsvSource({
        "node.k8s.amazonaws.com/no_manage=false",
        "node.k8s.amazonaws.com/no_manage=",
        "node.k8s.amazonaws.com/no_manage=yes",
        "aws:cloudformation:stack-name=x",
        "multus4j/slot=1",
        "=value",
        "'cnf=a,cnf=b'"
    })
    void tags_thatCannotBeOrWouldDoHarm_areRefused(String text) {
        assertThatThrownBy(() -> read("ENITags", text))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("ENITags");
    }

    @ParameterizedTest
    @CsvSource({"justakey", "cnf:abc01", "see the wiki", "node.k8s.amazonaws.com/no_manage", "default"})
    void tags_textThatIsNoPair_isLeftOut(String text) {
        NodeGroupSpec spec = read("ENITags", text + ",cnf=abc01");

        assertThat(spec.interfaceTags()).isEqualTo(Map.of("cnf", "abc01"));
        assertThat(spec.warnings())
                .singleElement()
                .hasToString("ENITags: '" + text + "': left out: expected key=value");
    }

    @Test
    void tags_samePairTwice_isTakenOnce() {
        assertThat(read("ENITags", "cnf=a,cnf=a").interfaceTags()).isEqualTo(Map.of("cnf", "a"));
        assertThat(read("ENITags", "cnf=a,cnf=a").warnings()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, 0",
        "True, true, 1",
        "TRUE, true, 1",
        "yes, true, 1",
        "Y, true, 1",
        "1, true, 1",
        "on, true, 1",
        "false, false, 0",
        "False, false, 0",
        "no, false, 1",
        "0, false, 1",
        "off, false, 1",
        "'', false, 0",
        "'\"true\"', true, 1",
        "' true ', true, 0"
    })
    void useStaticIPs_wordOfOneMeaning_isTaken(String word, boolean lowestFree, int warnings) {
        NodeGroupSpec spec = read("useStaticIPs", word);

        assertThat(spec.addressing().allocation().isPresent()).isEqualTo(lowestFree);
        assertThat(spec.warnings()).hasSize(warnings);
    }

    @ParameterizedTest
    @CsvSource({
        "Az1SubnetIds, 'subnet-1,\nsubnet-2', 0",
        "Az1SubnetIds, 'subnet-1\nsubnet-2\n', 0",
        "Az1SubnetIds, ' subnet-1 , subnet-2 ,', 0",
        "Az1SubnetIds, '\"subnet-1,subnet-2\"', 1",
        "Az1SubnetIds, '\"subnet-1\", \"subnet-2\"', 1",
        "SecGroupIds, '\"sg-1\"', 1",
        "TargetNodeGroupTagKey, '\"multus-ng\"', 1",
        "ENITags, '\"cnf=abc01\",\"type=5g\"', 1"
    })
    void lists_lineBreaksSpacesAndQuotationMarks_areNotPartOfThem(String variable, String text, int warnings) {
        NodeGroupSpec spec = read(variable, text.replace("\\n", "\n"));

        assertThat(spec.subnets()).hasToString("subnet-1, subnet-2, subnet-3");
        assertThat(spec.securityGroups().all()).containsExactly("sg-1");
        assertThat(spec.requireTrigger().key()).isEqualTo("multus-ng");
        assertThat(spec.warnings()).hasSize(warnings);
    }

    @ParameterizedTest
    @CsvSource({
        "Az1SubnetIds, '[\"subnet-1\",\"subnet-2\"]'",
        "Az1SubnetIds, subnet-1;subnet-2",
        "Az1SubnetIds, subnet-1 subnet-2",
        "Az2SubnetIds, none",
        "SecGroupIds, ''",
        "SecGroupIds, default",
        "TargetNodeGroupTagKey, ''",
        "useStaticIPs, perhaps"
    })
    void values_brokenForTheReferenceToo_areRefused(String variable, String text) {
        assertThatThrownBy(() -> read(variable, text))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining(variable);
    }

    @Test
    void triggerKey_withAValueInIt_isTakenLiterally() {
        NodeGroupSpec spec = read("TargetNodeGroupTagKey", "multus-ng=true");

        assertThat(spec.trigger()).isEqualTo(new TriggerTag("multus-ng=true", null));
        assertThat(spec.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.expected()).contains("TargetNodeGroupTagValue"));
    }

    @Test
    void variable_misspelledInItsCase_isAWarning() {
        assertThat(read("UseStaticIPs", "true", "eniTags", "a=b", "PATH", "/bin")
                        .warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "UseStaticIPs: '': not read: the variable is called useStaticIPs",
                        "eniTags: '': not read: the variable is called ENITags");
    }

    @ParameterizedTest
    @CsvSource({"Launch-LC-Hook", "'mine, Terminate-LC-Hook'"})
    void hookNames_thatAreEksOwn_areRefused(String names) {
        assertThatThrownBy(() -> read("LifecycleHookNames", names)).hasMessageContaining("EKS's own");
    }
}
