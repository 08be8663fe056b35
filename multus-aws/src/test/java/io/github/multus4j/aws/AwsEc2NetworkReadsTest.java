package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.InstanceType.NetworkCard;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.net.Cidr;
import io.github.multus4j.net.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The adapter's reads: page by page, and mapped to the port's values. */
class AwsEc2NetworkReadsTest extends CannedEc2 {

    @Test
    void describeNetworkInterfaces_fullInterface_mapsAllFields() {
        endpoint.ec2("DescribeNetworkInterfaces", """
                <networkInterfaceSet><item>
                  <networkInterfaceId>eni-1</networkInterfaceId><subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId>
                  <availabilityZone>us-east-1a</availabilityZone><description>d</description><status>in-use</status>
                  <macAddress>02:00:00:17302x:0</macAddress><privateIpAddress>10.0.4.9</privateIpAddress><sourceDestCheck>false</sourceDestCheck>
                  <groupSet><item><groupId>sg-1</groupId><groupName>g</groupName></item></groupSet>
                  <attachment><attachmentId>eni-attach-1</attachmentId><instanceId>i-1</instanceId><deviceIndex>2</deviceIndex>
                    <status>attached</status><deleteOnTermination>true</deleteOnTermination></attachment>
                  <tagSet><item><key>k</key><value>v=w</value></item></tagSet>
                  <privateIpAddressesSet>
                    <item><privateIpAddress>10.0.4.4</privateIpAddress><primary>false</primary></item>
                    <item><privateIpAddress>10.0.4.9</privateIpAddress><primary>true</primary></item>
                  </privateIpAddressesSet>
                  <ipv6AddressesSet><item><ipv6Address>2001:db8::4</ipv6Address></item></ipv6AddressesSet>
                  <ipv4PrefixSet><item><ipv4Prefix>10.0.4.16/28</ipv4Prefix></item></ipv4PrefixSet>
                  <ipv6PrefixSet><item><ipv6Prefix>2001:db8:0:0:1::/80</ipv6Prefix></item></ipv6PrefixSet>
                </item></networkInterfaceSet>
                """);

        List<NetworkInterface> found =
                ec2.describeNetworkInterfaces(List.of(Filter.of("subnet-id", "subnet-1")), deadline);

        assertThat(found).singleElement().satisfies(eni -> {
            assertThat(eni.id()).isEqualTo("eni-1");
            assertThat(eni.zone()).isEqualTo("us-east-1a");
            assertThat(eni.macAddress()).as("as given, malformed or not").isEqualTo("02:00:00:17302x:0");
            assertThat(eni.status()).isEqualTo(NetworkInterface.Status.IN_USE);
            assertThat(eni.sourceDestCheck()).isFalse();
            assertThat(eni.securityGroupIds()).containsExactly("sg-1");
            assertThat(eni.ipv4Addresses()).containsExactly(IpAddress.parse("10.0.4.9"), IpAddress.parse("10.0.4.4"));
            assertThat(eni.ipv6Addresses()).containsExactly(IpAddress.parse("2001:db8::4"));
            assertThat(eni.prefixes()).containsExactly(Cidr.parse("10.0.4.16/28"), Cidr.parse("2001:db8:0:0:1::/80"));
            assertThat(eni.tags()).isEqualTo(Map.of("k", "v=w"));
            assertThat(eni.attachment()).isNotNull().satisfies(attachment -> {
                assertThat(attachment.instanceId()).isEqualTo("i-1");
                assertThat(attachment.deviceIndex()).isEqualTo(2);
                assertThat(attachment.networkCardIndex()).as("absent is card 0").isZero();
                assertThat(attachment.status()).isEqualTo(Attachment.Status.ATTACHED);
                assertThat(attachment.deleteOnTermination()).isTrue();
            });
        });
        assertThat(endpoint.requests())
                .singleElement()
                .satisfies(request -> assertThat(request)
                        .containsEntry("Action", "DescribeNetworkInterfaces")
                        .containsEntry("IncludeManagedResources", "true")
                        .containsEntry("MaxResults", "1000")
                        .containsEntry("Filter.1.Name", "subnet-id")
                        .containsEntry("Filter.1.Value.1", "subnet-1"));
    }

    @Test
    void describeNetworkInterfaces_minimalInterface_succeeds() {
        endpoint.ec2("DescribeNetworkInterfaces", """
                <networkInterfaceSet><item><networkInterfaceId>eni-1</networkInterfaceId><status>from-the-future</status>
                  <attachment><status>levitating</status></attachment></item></networkInterfaceSet>
                """);

        NetworkInterface eni =
                ec2.describeNetworkInterfaces(List.of(), deadline).get(0);

        assertThat(eni.status()).isEqualTo(NetworkInterface.Status.UNKNOWN);
        assertThat(eni.primaryAddress()).isEmpty();
        assertThat(eni.attachment()).isNotNull();
        assertThat(eni.attachment().status()).isEqualTo(Attachment.Status.UNKNOWN);
    }

    @Test
    void describeNetworkInterfaces_unreadableAddress_fails() {
        endpoint.ec2(
                "DescribeNetworkInterfaces",
                "<networkInterfaceSet><item><networkInterfaceId>eni-1</networkInterfaceId>"
                        + "<privateIpAddress>10.0.4.999</privateIpAddress></item></networkInterfaceSet>");

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> ec2.describeNetworkInterfaces(List.of(), deadline))
                .withMessageContaining("10.0.4.999")
                .satisfies(e -> assertThat(e.code()).isEqualTo("UnreadableAnswer"));
    }

    @Test
    void describeSubnets_ipv6BlocksInTransition_areIgnored() {
        endpoint.ec2("DescribeSubnets", """
                <subnetSet>
                  <item><subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId><availabilityZone>us-east-1a</availabilityZone>
                    <cidrBlock>10.0.4.0/24</cidrBlock><ipv6CidrBlockAssociationSet>
                      <item><ipv6CidrBlock>2001:db8:0:1::/64</ipv6CidrBlock><ipv6CidrBlockState><state>disassociated</state></ipv6CidrBlockState></item>
                      <item><ipv6CidrBlock>2001:db8:0:2::/64</ipv6CidrBlock><ipv6CidrBlockState><state>{'State': 'associated'}</state></ipv6CidrBlockState></item>
                      <item><ipv6CidrBlock>2001:db8:0:3::/64</ipv6CidrBlock><ipv6CidrBlockState><state>associated</state></ipv6CidrBlockState></item>
                      <item><ipv6CidrBlock>2001:db8:0:4::/64</ipv6CidrBlock></item>
                    </ipv6CidrBlockAssociationSet></item>
                  <item><subnetId>subnet-6</subnetId><vpcId>vpc-1</vpcId><availabilityZone>us-east-1b</availabilityZone>
                    <ipv6Native>true</ipv6Native></item>
                </subnetSet>
                """);

        List<Subnet> subnets = ec2.describeSubnets(List.of(), deadline);

        assertThat(subnets).extracting(Subnet::id).containsExactly("subnet-1", "subnet-6");
        assertThat(subnets.get(0).cidrs()).containsExactly(Cidr.parse("10.0.4.0/24"), Cidr.parse("2001:db8:0:3::/64"));
        assertThat(subnets.get(1).hasIpv4()).isFalse();
    }

    @Test
    void describeInstance_twoCards_mapsAttachmentsOfBoth() {
        endpoint.ec2("DescribeInstances", """
                <reservationSet><item><instancesSet><item>
                  <instanceId>i-1</instanceId><instanceType>m9.colossal</instanceType><vpcId>vpc-1</vpcId>
                  <placement><availabilityZone>us-east-1a</availabilityZone></placement>
                  <instanceState><code>32</code><name>shutting-down</name></instanceState>
                  <tagSet><item><key>multus-ng</key><value/></item></tagSet>
                  <networkInterfaceSet>
                    <item><networkInterfaceId>eni-0</networkInterfaceId><attachment><attachmentId>a-0</attachmentId>
                      <deviceIndex>0</deviceIndex><status>attached</status><networkCardIndex>0</networkCardIndex></attachment></item>
                    <item><networkInterfaceId>eni-1</networkInterfaceId><attachment><attachmentId>a-1</attachmentId>
                      <deviceIndex>1</deviceIndex><status>attaching</status><networkCardIndex>1</networkCardIndex></attachment></item>
                  </networkInterfaceSet>
                </item></instancesSet></item></reservationSet>
                """);

        Instance instance = ec2.describeInstance("i-1", deadline).orElseThrow();

        assertThat(instance.type()).as("a type newer than the SDK").isEqualTo("m9.colossal");
        assertThat(instance.state()).isEqualTo(Instance.State.SHUTTING_DOWN);
        assertThat(instance.tags()).isEqualTo(Map.of("multus-ng", ""));
        assertThat(instance.attachments())
                .extracting(a -> a.networkInterfaceId() + "@" + a.networkCardIndex() + "/" + a.deviceIndex() + " "
                        + a.instanceId())
                .containsExactly("eni-0@0/0 i-1", "eni-1@1/1 i-1");
        assertThat(endpoint.requests().get(0))
                .containsEntry("Filter.1.Name", "instance-id")
                .containsEntry("Filter.1.Value.1", "i-1")
                .doesNotContainKey("InstanceId.1");
    }

    @Test
    void describeInstance_unknownId_isAbsent() {
        endpoint.ec2("DescribeInstances", "<reservationSet/>");

        assertThat(ec2.describeInstance("i-1", deadline)).isEmpty();
    }

    @Test
    void describeInstanceType_mapsCardsAndLimits() {
        endpoint.ec2("DescribeInstanceTypes", """
                <instanceTypeSet><item><instanceType>c6in.32xlarge</instanceType><networkInfo>
                  <maximumNetworkInterfaces>16</maximumNetworkInterfaces><ipv4AddressesPerInterface>50</ipv4AddressesPerInterface>
                  <ipv6AddressesPerInterface>51</ipv6AddressesPerInterface><ipv6Supported>true</ipv6Supported>
                  <networkCards>
                    <item><networkCardIndex>0</networkCardIndex><maximumNetworkInterfaces>8</maximumNetworkInterfaces></item>
                    <item><networkCardIndex>1</networkCardIndex><maximumNetworkInterfaces>8</maximumNetworkInterfaces></item>
                  </networkCards></networkInfo></item></instanceTypeSet>
                """);

        assertThat(ec2.describeInstanceType("c6in.32xlarge", deadline))
                .hasValue(new InstanceType(
                        "c6in.32xlarge", 16, List.of(new NetworkCard(0, 8), new NetworkCard(1, 8)), 50, 51, true));
        assertThat(endpoint.requests().get(0))
                .containsEntry("Filter.1.Name", "instance-type")
                .containsEntry("MaxResults", "100");
    }

    @Test
    void getSubnetCidrReservations_emptyPage_readsBothFamiliesOfAllPages() {
        endpoint.ec2(
                        "GetSubnetCidrReservations",
                        "<subnetIpv4CidrReservationSet><item><subnetCidrReservationId>scr-1</subnetCidrReservationId><subnetId>subnet-1</subnetId>"
                                + "<cidr>10.0.4.0/28</cidr><reservationType>explicit</reservationType></item></subnetIpv4CidrReservationSet>"
                                + "<nextToken>two</nextToken>")
                .ec2("GetSubnetCidrReservations", "<nextToken>three</nextToken>")
                .ec2(
                        "GetSubnetCidrReservations",
                        "<subnetIpv6CidrReservationSet><item><subnetCidrReservationId>scr-2</subnetCidrReservationId><subnetId>subnet-1</subnetId>"
                                + "<cidr>2001:db8::/80</cidr><reservationType>prefix</reservationType><description>p</description></item>"
                                + "</subnetIpv6CidrReservationSet>");

        assertThat(ec2.getSubnetCidrReservations("subnet-1", deadline))
                .extracting(r -> r.id() + " " + r.cidr() + " " + r.type() + " " + r.description())
                .containsExactly("scr-1 10.0.4.0/28 explicit ", "scr-2 2001:db8::/80 prefix p");
        assertThat(endpoint.requests()).extracting(r -> r.get("NextToken")).containsExactly(null, "two", "three");
    }

    @Test
    void listing_repeatedToken_fails() {
        for (int page = 0; page < 3; page++) {
            endpoint.ec2("DescribeSubnets", "<subnetSet/><nextToken>again</nextToken>");
        }

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> ec2.describeSubnets(List.of(), deadline))
                .satisfies(e -> assertThat(e.code()).isEqualTo("RepeatedNextToken"));
        assertThat(endpoint.requests()).hasSize(2);
    }

    @Test
    void listing_expiredToken_startsOverWithoutDuplicates() {
        endpoint.ec2("DescribeSecurityGroups", group("sg-1") + "<nextToken>old</nextToken>")
                .ec2Error(400, "InvalidNextToken", "The token 'old' is invalid")
                .ec2("DescribeSecurityGroups", group("sg-1") + "<nextToken>new</nextToken>")
                .ec2("DescribeSecurityGroups", group("sg-2"));

        assertThat(ec2.describeSecurityGroups(List.of(), deadline))
                .containsExactly(new SecurityGroup("sg-1", "vpc-1", "n"), new SecurityGroup("sg-2", "vpc-1", "n"));
        assertThat(endpoint.requests()).extracting(r -> r.get("NextToken")).containsExactly(null, "old", null, "new");
    }

    @Test
    void listing_tokensAlwaysExpired_failsAfterTwoRestarts() {
        for (int i = 0; i < 3; i++) {
            endpoint.ec2("DescribeSecurityGroups", group("sg-1") + "<nextToken>old</nextToken>")
                    .ec2Error(400, "InvalidNextToken", "The token 'old' is invalid");
        }

        assertThatExceptionOfType(Ec2Exception.class)
                .isThrownBy(() -> ec2.describeSecurityGroups(List.of(), deadline))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.LISTING_EXPIRED));
        assertThat(endpoint.requests()).hasSize(6);
    }

    @Test
    void listing_tooManyFilterValues_isSplitAndUnited() {
        endpoint.ec2("DescribeSecurityGroups", group("sg-1", "sg-2"))
                .ec2("DescribeSecurityGroups", group("sg-2", "sg-3"));
        List<String> ids = IntStream.range(0, 250).mapToObj(i -> "sg-" + i).toList();

        List<SecurityGroup> groups =
                ec2.describeSecurityGroups(List.of(Filter.of("group-id", ids), Filter.of("vpc-id", "vpc-1")), deadline);

        assertThat(groups).extracting(SecurityGroup::id).containsExactly("sg-1", "sg-2", "sg-3");
        assertThat(endpoint.requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request).containsEntry("Filter.2.Name", "vpc-id");
            assertThat(request.keySet().stream().filter(key -> key.contains(".Value.")))
                    .hasSizeLessThanOrEqualTo(200);
        });
        assertThat(endpoint.requests().get(1)).containsEntry("Filter.1.Value.51", "sg-249");
    }
}
