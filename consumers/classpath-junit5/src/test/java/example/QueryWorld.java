package example;

import io.github.multus4j.net.Cidr;
import io.github.multus4j.testkit.contract.Ec2World;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The world around the interfaces, made by calls of EC2's Query API, so that this project needs no
 * AWS SDK.
 */
final class QueryWorld implements Ec2World {

    private static final String SIGNED = "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/ec2/aws4_request,"
            + " SignedHeaders=host;x-amz-date, Signature=0";

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI endpoint;

    QueryWorld(URI endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public List<String> zones() {
        return List.of("us-east-1a", "us-east-1b");
    }

    @Override
    public Vpc createVpc(Cidr ipv4) {
        String id = text(
                "vpcId",
                call("CreateVpc", Map.of("CidrBlock", ipv4.toString(), "AmazonProvidedIpv6CidrBlock", "true")));
        return new Vpc(id, Cidr.parse(text("ipv6CidrBlock", call("DescribeVpcs", Map.of("VpcId.1", id)))));
    }

    @Override
    public void deleteVpc(String vpcId) {
        call("DeleteVpc", Map.of("VpcId", vpcId));
    }

    @Override
    public String createSubnet(String vpcId, String zone, Cidr ipv4, Cidr ipv6, Map<String, String> tags) {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("VpcId", vpcId, "AvailabilityZone", zone));
        if (ipv4 == null) {
            parameters.put("Ipv6Native", "true");
        } else {
            parameters.put("CidrBlock", ipv4.toString());
        }
        if (ipv6 != null) {
            parameters.put("Ipv6CidrBlock", ipv6.toString());
        }
        tag(parameters, "subnet", tags);
        return text("subnetId", call("CreateSubnet", parameters));
    }

    @Override
    public void deleteSubnet(String subnetId) {
        call("DeleteSubnet", Map.of("SubnetId", subnetId));
    }

    @Override
    public String createReservation(String subnetId, Cidr cidr, String type) {
        return text(
                "subnetCidrReservationId",
                call(
                        "CreateSubnetCidrReservation",
                        Map.of("SubnetId", subnetId, "Cidr", cidr.toString(), "ReservationType", type)));
    }

    @Override
    public String createSecurityGroup(String vpcId, String name) {
        return text(
                "groupId",
                call(
                        "CreateSecurityGroup",
                        Map.of("VpcId", vpcId, "GroupName", name, "GroupDescription", "made by a contract test")));
    }

    @Override
    public void deleteSecurityGroup(String groupId) {
        call("DeleteSecurityGroup", Map.of("GroupId", groupId));
    }

    @Override
    public String runInstance(String subnetId, String securityGroupId, String instanceType, Map<String, String> tags) {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of(
                "ImageId", "ami-12c6146b",
                "InstanceType", instanceType,
                "MinCount", "1",
                "MaxCount", "1",
                "SubnetId", subnetId,
                "SecurityGroupId.1", securityGroupId));
        tag(parameters, "instance", tags);
        return text("instanceId", call("RunInstances", parameters));
    }

    @Override
    public void terminateInstance(String instanceId) {
        call("TerminateInstances", Map.of("InstanceId.1", instanceId));
    }

    @Override
    public void assignPrefix(String networkInterfaceId, Cidr prefix) {
        call(
                "AssignPrivateIpAddresses",
                Map.of("NetworkInterfaceId", networkInterfaceId, "Ipv4Prefix.1", prefix.toString()));
    }

    private static void tag(Map<String, String> parameters, String resourceType, Map<String, String> tags) {
        if (!tags.isEmpty()) {
            parameters.put("TagSpecification.1.ResourceType", resourceType);
        }
        int number = 1;
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            parameters.put("TagSpecification.1.Tag." + number + ".Key", tag.getKey());
            parameters.put("TagSpecification.1.Tag." + number + ".Value", tag.getValue());
            number++;
        }
    }

    private String call(String action, Map<String, String> parameters) {
        Map<String, String> form = new LinkedHashMap<>(parameters);
        form.put("Action", action);
        form.put("Version", "2016-11-15");
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve("/"))
                .header("Authorization", SIGNED)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(form.entrySet().stream()
                        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))))
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(action + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new IllegalStateException(action + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(action + " was interrupted", e);
        }
    }

    private static String text(String element, String xml) {
        Matcher found = Pattern.compile("<" + element + ">([^<]+)</").matcher(xml);
        if (!found.find()) {
            throw new IllegalStateException("no " + element + " in " + xml);
        }
        return found.group(1);
    }
}
