package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.NewNetworkInterface;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An EC2 that does not know a request parameter. */
class OptionalParametersTest extends CannedEc2 {

    private static final String ATTACHED = "<attachmentId>eni-attach-1</attachmentId>";

    @Test
    void includeManagedResources_unknown_isLeftOutOfLaterCalls() {
        endpoint.ec2Error(400, "UnknownParameter", "The parameter IncludeManagedResources is not recognized")
                .ec2("DescribeNetworkInterfaces", "<networkInterfaceSet/>")
                .ec2("DescribeNetworkInterfaces", "<networkInterfaceSet/>");

        assertThat(ec2.describeNetworkInterfaces(List.of(), deadline)).isEmpty();
        assertThat(ec2.describeNetworkInterfaces(List.of(), deadline)).isEmpty();

        assertThat(sent("IncludeManagedResources")).containsExactly(true, false, false);
        assertThat(sent("MaxResults")).containsExactly(true, true, true);
        assertThat(time.sleeps).isEmpty();
    }

    @Test
    void twoParametersUnknown_areBothLeftOut() {
        endpoint.ec2Error(400, "UnknownParameter", "The parameter MaxResults is not recognized")
                .ec2Error(400, "UnknownParameter", "The parameter IncludeManagedResources is not recognized")
                .ec2("DescribeNetworkInterfaces", "<networkInterfaceSet/>");

        assertThat(ec2.describeNetworkInterfaces(List.of(), deadline)).isEmpty();

        assertThat(sent("MaxResults")).containsExactly(true, false, false);
        assertThat(sent("IncludeManagedResources")).containsExactly(true, true, false);
    }

    @Test
    void unknownForOneAction_isStillSentWithAnother() {
        endpoint.ec2Error(400, "UnknownParameter", "The parameter MaxResults is not recognized")
                .ec2("DescribeSecurityGroups", group("sg-1"))
                .ec2("DescribeSubnets", "<subnetSet/>");

        assertThat(ec2.describeSecurityGroups(List.of(), deadline)).hasSize(1);
        ec2.describeSubnets(List.of(), deadline);

        assertThat(sent("MaxResults")).containsExactly(true, false, true);
    }

    @Test
    void networkCardZero_unknown_isLeftOut() {
        endpoint.ec2Error(400, "UnknownParameter", "The parameter NetworkCardIndex is not recognized")
                .ec2("AttachNetworkInterface", ATTACHED)
                .ec2("AttachNetworkInterface", ATTACHED);

        assertThat(ec2.attachNetworkInterface("eni-1", "i-1", 1, 0, deadline)).isEqualTo("eni-attach-1");
        assertThat(ec2.attachNetworkInterface("eni-2", "i-1", 2, 0, deadline)).isEqualTo("eni-attach-1");

        assertThat(sent("NetworkCardIndex")).containsExactly(true, false, false);
    }

    @Test
    void networkCardOne_unknown_fails_alsoAfterZeroWasLeftOut() {
        endpoint.ec2Error(400, "UnknownParameter", "The parameter NetworkCardIndex is not recognized")
                .ec2("AttachNetworkInterface", ATTACHED)
                .ec2Error(400, "UnknownParameter", "The parameter NetworkCardIndex is not recognized");
        ec2.attachNetworkInterface("eni-1", "i-1", 1, 0, deadline);

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> ec2.attachNetworkInterface("eni-2", "i-1", 1, 1, deadline))
                .withMessageContaining("NetworkCardIndex")
                .withMessageContaining("; next: ")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.INVALID));
        assertThat(endpoint.requests().get(2)).containsEntry("NetworkCardIndex", "1");
        assertThat(endpoint.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ClientToken", "TagSpecification", "PrivateIpAddress", "SecurityGroupId", "Description"})
    void parametersOfACreation_unknown_fail(String parameter) {
        endpoint.ec2Error(400, "UnknownParameter", "The parameter " + parameter + " is not recognized");
        var wanted = new NewNetworkInterface(
                "subnet-1", null, List.of(), 0, List.of("sg-1"), "multus", Map.of("cnf", "amf"), "token-1");

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> ec2.createNetworkInterface(wanted, deadline))
                .withMessageContaining(parameter);
        assertThat(endpoint.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidParameter, The parameter IncludeManagedResources is not recognized, true",
        "InvalidParameterValue, Unknown parameter: includeManagedResources, true",
        "UnsupportedOperation, IncludeManagedResources is not supported in this Region, true",
        "UnknownParameter, The parameter IncludeManagedResourcesOfOthers is not recognized, false",
        "InvalidParameterValue, Value (true) for parameter IncludeManagedResources is invalid, false",
        "InvalidParameterValue, Unknown filter: managed, false",
        "UnauthorizedOperation, IncludeManagedResources is not supported for you, false"
    })
    void otherErrorCode_clearMessage_countsAsUnknownParameter(String code, String message, boolean isUnknown) {
        endpoint.ec2Error(400, code, message).ec2("DescribeNetworkInterfaces", "<networkInterfaceSet/>");

        try {
            ec2.describeNetworkInterfaces(List.of(), deadline);
        } catch (Ec2Exception e) {
            assertThat(e.code()).isEqualTo(code);
        }

        assertThat(endpoint.requests()).hasSize(isUnknown ? 2 : 1);
    }

    @Test
    void unknownParameter_twoCalls_logsOneWarning() {
        LogLines log = new LogLines();
        OptionalParameters parameters = new OptionalParameters(log);
        for (int i = 0; i < 3; i++) {
            parameters.call("A", List.of("P"), () -> {
                if (parameters.isSent("A", "P")) {
                    throw new Ec2Exception(Kind.INVALID, "A", "UnknownParameter", "The parameter P is not recognized");
                }
                return true;
            });
        }

        assertThat(log.warnings()).singleElement().asString().contains("action=A parameter=P", "UnknownParameter");
    }

    @Test
    void unknownParameter_callInFlight_isRepeated() {
        OptionalParameters parameters = new OptionalParameters();
        Ec2Exception refusal =
                new Ec2Exception(Kind.INVALID, "A", "UnknownParameter", "The parameter P is not recognized");
        int[] made = {0};

        String answer = parameters.call("A", List.of("P"), () -> {
            if (made[0]++ == 0) {
                parameters.call(
                        "A",
                        List.of("P"),
                        () -> { // another thread is refused first
                            if (parameters.isSent("A", "P")) {
                                throw refusal;
                            }
                            return true;
                        });
                throw refusal;
            }
            return "done";
        });

        assertThat(answer).isEqualTo("done");
    }

    private List<Boolean> sent(String parameter) {
        return endpoint.requests().stream()
                .map(request -> request.containsKey(parameter))
                .toList();
    }
}
