package io.github.multus4j.nodegroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The variables for network cards, other VPCs and local network interfaces. */
class PlacementTest {

    private static Map<String, String> environment(String variable, String value) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SubnetIds", "subnet-a1,subnet-a2", "SecGroupIds", "sg-1", "TargetNodeGroupTagKey", "multus-ng"));
        environment.put(variable, value);
        return environment;
    }

    private static NodeGroupSpec read(String variable, String value) {
        return NodeGroupSpec.fromEnvironment(environment(variable, value));
    }

    private static List<Problem> problems(String variable, String value) {
        InvalidSpecException refused = catchThrowableOfType(
                InvalidSpecException.class, () -> NodeGroupSpec.fromEnvironment(environment(variable, value)));
        return refused == null ? List.of() : refused.problems();
    }

    private static void assertProblem(String variable, String value, String item, String problem) {
        assertThat(problems(variable, value)).anySatisfy(each -> {
            assertThat(each.field()).isEqualTo(variable);
            assertThat(each.toString()).contains(item, problem);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "auto", " auto "})
    void networkCards_emptyOrAuto_isAuto(String value) {
        assertThat(read("NetworkCards", value).networkCards()).hasToString("the lowest network card with room");
    }

    @Test
    void networkCards_oneIndex_isThatOfAllInterfaces() {
        assertThat(read("NetworkCards", "1").networkCards()).hasToString("network card 1");
    }

    @Test
    void networkCards_severalIndexes_areInDeviceOrder() {
        assertThat(read("NetworkCards", "0, 1").networkCards()).hasToString("network cards [0, 1]");
    }

    @Test
    void networkCards_pairs_areThoseOfTheirSubnets() {
        assertThat(read("NetworkCards", "subnet-a1=1, subnet-a2 = 0").networkCards())
                .hasToString("network cards {subnet-a1=1, subnet-a2=0}");
    }

    @ParameterizedTest
    @CsvSource({
        "'x', 'x', 'expected auto'",
        "'0,-1', '-1', 'expected auto'",
        "'12345', '12345', 'expected auto'",
        "'subnet-a1=', 'subnet-a1=', 'expected auto'",
        "'subnet-a1=one', 'subnet-a1=one', 'expected auto'",
        "'subnet-a1=0,subnet-a1=1', 'subnet-a1=1', 'a second network card for subnet-a1'",
        "'0,subnet-a1=1', '0,subnet-a1=1', 'cannot be mixed'",
        "'9999', '9999', 'a network card index is 0 to'",
        "'=1', '', 'subnet'",
        "'subnet-b1=1', 'subnet-b1', 'none of the Multus subnets'"
    })
    void networkCards_wrongItem_isAProblemThatNamesIt(String value, String item, String problem) {
        assertProblem("NetworkCards", value, item, problem);
    }

    @ParameterizedTest
    @CsvSource({"'', false", "false, false", "False, false", "true, true", "TRUE, true"})
    void switches_trueFalseOrEmpty_areUnderstoodInAnyCase(String value, boolean on) {
        assertThat(read("LocalNetworkInterfaces", value).localNetworkInterfaces())
                .isEqualTo(on);
        assertThat(read("OtherVpcs", value).otherVpcs()).isEqualTo(on);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LocalNetworkInterfaces", "OtherVpcs"})
    void switches_otherText_isAProblem(String variable) {
        assertProblem(variable, "yes", "yes", "expected true or false");
    }

    @Test
    void otherVpcs_subnetsByTag_isAProblem() {
        Map<String, String> environment = environment("OtherVpcs", "true");
        environment.remove("SubnetIds");
        environment.put("SubnetTag", "multus");

        InvalidSpecException refused =
                catchThrowableOfType(InvalidSpecException.class, () -> NodeGroupSpec.fromEnvironment(environment));

        assertThat(refused.problems())
                .anySatisfy(each -> assertThat(each.toString()).contains("OtherVpcs", "give them by their ids"));
    }
}
