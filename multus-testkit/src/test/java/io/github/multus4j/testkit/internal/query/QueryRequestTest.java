package io.github.multus4j.testkit.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.testkit.internal.call.Ec2Error;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryRequestTest {

    @Test
    void text_absent_isNull_andEmptyStaysEmpty() {
        QueryRequest request = request("Description", "");

        assertThat(request.text("Description")).isEmpty();
        assertThat(request.text("Other")).isNull();
    }

    @Test
    void required_absentOrEmpty_isMissingParameter() {
        QueryRequest request = request("VpcId", "");

        assertThatThrownBy(() -> request.required("VpcId"))
                .isInstanceOfSatisfying(
                        Ec2Error.class, error -> assertThat(error.code()).isEqualTo("MissingParameter"))
                .hasMessage("The request must contain the parameter VpcId");
        assertThatThrownBy(() -> request.requiredTexts("InstanceId"))
                .hasMessage("The request must contain the parameter InstanceId");
    }

    @Test
    void wrongType_isInvalidParameterValue_withNestedName() {
        QueryRequest nested = request("NetworkInterface.1.DeviceIndex", "one", "NetworkInterface.1.Primary", "yes")
                .structures("NetworkInterface")
                .get(0);

        assertThatThrownBy(() -> nested.integer("DeviceIndex"))
                .isInstanceOfSatisfying(
                        Ec2Error.class, error -> assertThat(error.code()).isEqualTo("InvalidParameterValue"))
                .hasMessageContaining("Value (one) for parameter NetworkInterface.1.DeviceIndex is invalid");
        assertThatThrownBy(() -> nested.flag("Primary")).hasMessageContaining("must be true or false");
    }

    @Test
    void texts_positions_areInNumericOrder() {
        QueryRequest request = request("Id.10", "c", "Id.2", "b", "Id.1", "a");

        assertThat(request.texts("Id")).containsExactly("a", "b", "c");
    }

    @Test
    void structure_nested_isRead() {
        QueryRequest request = request(
                "Filter.1.Name",
                "vpc-id",
                "Filter.1.Value.1",
                "vpc-1",
                "Filter.2.Name",
                "state",
                "Filter.2.Value.1",
                "a");

        List<QueryRequest> filters = request.structures("Filter");

        assertThat(filters).extracting(filter -> filter.text("Name")).containsExactly("vpc-id", "state");
        assertThat(filters).extracting(filter -> filter.texts("Value")).containsExactly(List.of("vpc-1"), List.of("a"));
        request.refuseUnread();
    }

    @Test
    void refuseUnread_unreadParameter_isNamed() {
        QueryRequest request = request("Action", "X", "X-Amz-Date", "now", "VpcId.1", "vpc-1", "VpcID.1", "vpc-2");
        request.texts("VpcId");

        assertThatThrownBy(request::refuseUnread)
                .isInstanceOfSatisfying(
                        Ec2Error.class, error -> assertThat(error.code()).isEqualTo("UnknownParameter"))
                .hasMessage("The parameter VpcID.1 is not recognized");
    }

    @Test
    void refuseUnread_listWithoutPositions_isUnknown() {
        QueryRequest request = request("VpcId.one", "vpc-1", "VpcId.0", "vpc-2");

        assertThat(request.texts("VpcId")).isEmpty();
        assertThatThrownBy(request::refuseUnread).hasMessageContaining("VpcId.one");
    }

    @Test
    void ignore_coversEverythingUnderTheName_andNothingBeside() {
        QueryRequest request = request("UserData", "x", "Monitoring.Enabled", "true", "MonitoringX", "1");
        request.ignore("UserData");
        request.ignore("Monitoring");

        assertThatThrownBy(request::refuseUnread).hasMessageContaining("MonitoringX");
    }

    private static QueryRequest request(String... namesAndValues) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new QueryRequest(parameters);
    }
}
