package io.github.multus4j.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Addresses;
import io.github.multus4j.ec2.Ec2Addresses.AddressList;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.ErrorTable;
import io.github.multus4j.ec2.ErrorTable.Row;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.lifecycle.LifecycleActions;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.Fault;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The fake and the adapter give the same meaning to the same error of EC2. */
class FakeAndAdapterErrorsTest {

    /** A message for each pattern of the table. A pattern that is missing here fails the test. */
    private static final Map<String, String> MESSAGES = Map.ofEntries(
            Map.entry("", "asked for by a test"),
            Map.entry("\\b40[137]\\b", "Proxy returns \"HTTP/1.1 407 Login\""),
            Map.entry("not yet current|signature expired", "Signature expired: it is earlier than now"),
            Map.entry("move is not allowed", "[10.0.4.9] assigned, but move is not allowed."),
            Map.entry("address.* already (in use|assigned)", "Address 10.0.4.9 is already in use."),
            Map.entry("not fall within the subnet", "Address 10.0.9.9 does not fall within the subnet's range"),
            Map.entry("value for parameter address", "invalid value for parameter address: [10.0.4.1]"),
            Map.entry("secondary-addresses", "secondary-addresses"),
            Map.entry(
                    "not assigned to interface", "Some of the specified addresses are not assigned to interface eni-1"),
            Map.entry("sufficient free ipv[46] addresses", "There aren't sufficient free Ipv4 addresses or prefixes"),
            Map.entry("interface attached at device", "Instance has an interface attached at device index '1'."),
            Map.entry("is not 'running'", "Instance 'i-1' is not 'running'."),
            Map.entry("interface '[^']*' is currently in use", "Network interface 'eni-1' is currently in use."),
            Map.entry("no active lifecycle action", "No active Lifecycle Action found with token 1"),
            Map.entry("pagination token|nexttoken", "Unable to parse pagination token"),
            Map.entry("belong to different networks", "sg-1 and subnet-1 belong to different networks."));

    private static final List<Action> CALLS = List.of(
            Action.DESCRIBE_INSTANCES,
            Action.DESCRIBE_SUBNETS,
            Action.DESCRIBE_NETWORK_INTERFACES,
            Action.GET_SUBNET_CIDR_RESERVATIONS,
            Action.DESCRIBE_SECURITY_GROUPS,
            Action.DESCRIBE_SECURITY_GROUP_VPC_ASSOCIATIONS,
            Action.DESCRIBE_INSTANCE_TYPES,
            Action.CREATE_NETWORK_INTERFACE,
            Action.ATTACH_NETWORK_INTERFACE,
            Action.MODIFY_NETWORK_INTERFACE_ATTRIBUTE,
            Action.CREATE_TAGS,
            Action.DETACH_NETWORK_INTERFACE,
            Action.DELETE_NETWORK_INTERFACE,
            Action.ASSIGN_PRIVATE_IP_ADDRESSES,
            Action.UNASSIGN_PRIVATE_IP_ADDRESSES,
            Action.ASSIGN_IPV6_ADDRESSES,
            Action.UNASSIGN_IPV6_ADDRESSES,
            Action.COMPLETE_LIFECYCLE_ACTION,
            Action.RECORD_LIFECYCLE_ACTION_HEARTBEAT);

    /** Failures of a call apart from the codes of the table. */
    enum Mishap {
        LOST_RESPONSE,
        ERROR_AFTER_EFFECT,
        UNKNOWN_CODE,
        DEADLINE_PASSED,
        INTERRUPTED
    }

    /** The result of a call that failed. */
    private record Seen(Kind kind, String code, List<IpAddress> addresses) {}

    /** The ports, all of the fake or all of the adapter. */
    private record Ports(Ec2Network ec2, Ec2Addresses addresses, LifecycleActions hooks) {}

    /** The resources of the calls. */
    private record Target(
            String subnetId,
            String groupId,
            String instanceId,
            NetworkInterface free,
            NetworkInterface used,
            IpAddress ipv6,
            LifecycleAction hook) {}

    private final FakeEc2Network fake = FakeEc2Network.strict();
    private final VirtualTime time = new VirtualTime();

    /** One attempt is enough: the next one would begin after the deadline. */
    private final CallPolicy policy = time.policyBuilder()
            .random(new RandomGenerator() {
                @Override
                public long nextLong() {
                    return Duration.ofDays(1).toMillis();
                }

                @Override
                public long nextLong(long bound) {
                    return nextLong();
                }
            })
            .build();

    private final Ports byFake = new Ports(fake, fake, fake.autoScaling());
    private final SdkHttpClient http = UrlConnectionHttpClient.create();
    private Ec2Endpoint endpoint;
    private Ec2Client ec2Client;
    private AutoScalingClient autoScalingClient;
    private Ports byAdapter;

    @BeforeEach
    void start() {
        endpoint = Ec2Endpoint.start(fake);
        ec2Client = client(Ec2Client.builder().httpClient(http));
        autoScalingClient = client(AutoScalingClient.builder().httpClient(http));
        byAdapter = new Ports(
                AwsEc2Network.over(ec2Client, policy),
                AwsEc2Addresses.over(ec2Client, policy),
                AwsLifecycle.over(autoScalingClient, policy));
    }

    private <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(endpoint.url())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build();
    }

    @AfterEach
    void stop() {
        ec2Client.close();
        autoScalingClient.close();
        http.close();
        endpoint.close();
    }

    @ParameterizedTest
    @FieldSource("CALLS")
    void failWith_codeAndMessageOfEveryRow_meansTheSame(Action action) {
        SoftAssertions all = new SoftAssertions();
        Target target = target();
        for (Row row : ErrorTable.standard().rows()) {
            String code = row.code().replace("*", "Something");
            String message = Objects.requireNonNull(MESSAGES.get(row.message()), row::message);
            assertThat(message).containsPattern(Pattern.compile(row.message(), Pattern.CASE_INSENSITIVE));
            compare(
                    all,
                    action,
                    target,
                    code + " " + message,
                    fault -> fault.failWith(code.isEmpty() ? "New" : code, message));
        }
        all.assertAll();
    }

    @ParameterizedTest
    @EnumSource
    void mishap_everyCall_meansTheSame(Mishap mishap) {
        SoftAssertions all = new SoftAssertions();
        for (Action action : CALLS) {
            Optional<Kind> byFake = seen(action, mishap, true).map(Seen::kind);
            Optional<Kind> byAdapter = seen(action, mishap, false).map(Seen::kind);
            all.assertThat(byFake).as("%s", action).isPresent().isEqualTo(byAdapter);
        }
        all.assertAll();
    }

    /** The codes of calls without an answer may differ: each client has its own reason. */
    private Optional<Seen> seen(Action action, Mishap mishap, boolean byFake) {
        Target target = target();
        Fault fault = fake.faults().on(action).everyCall();
        switch (mishap) {
            case LOST_RESPONSE -> fault.loseResponse();
            case ERROR_AFTER_EFFECT -> fault.takeEffectAndFailWith("InternalError");
            case UNKNOWN_CODE -> fault.failWith("NeverSeen");
            case DEADLINE_PASSED, INTERRUPTED -> {}
        }
        Duration left = mishap == Mishap.DEADLINE_PASSED ? Duration.ZERO : Duration.ofMinutes(1);
        if (mishap == Mishap.INTERRUPTED) {
            Thread.currentThread().interrupt();
        }
        Optional<Seen> seen = byFake
                ? seen(action, target, this.byFake, Deadline.in(left, fake.clock()))
                : seen(action, target, byAdapter, time.in(left));
        assertThat(Thread.interrupted()).isEqualTo(mishap == Mishap.INTERRUPTED);
        fake.faults().clear();
        return seen;
    }

    private Target target() {
        FakeVpc vpc = fake.vpc("10.0.0.0/16");
        Subnet subnet = vpc.dualStackSubnet("10.0.4.0/24", "us-east-1a");
        IpAddress ipv6 = subnet.ipv6Cidrs().get(0).first().plus(9);
        Instance node = vpc.launch("m5.4xlarge", "us-east-1a", Map.of());
        NetworkInterface free = fake.occupy(subnet, "10.0.4.8");
        fake.assignPrivateIpAddresses(
                free.id(), AddressList.of(IpAddress.parse("10.0.4.9")), false, minute(fake.clock()));
        fake.assignIpv6Addresses(free.id(), AddressList.of(ipv6), minute(fake.clock()));
        return new Target(
                subnet.id(),
                vpc.defaultSecurityGroup().id(),
                node.id(),
                free,
                fake.attachStranger(node.id(), 1),
                ipv6,
                fake.autoScaling().waiting("group", "hook", node.id()));
    }

    private static Deadline minute(Clock clock) {
        return Deadline.in(Duration.ofMinutes(1), clock);
    }

    private void compare(SoftAssertions all, Action action, Target target, String what, Consumer<Fault> fault) {
        fault.accept(fake.faults().on(action).everyCall());
        Optional<Seen> byFake = seen(action, target, this.byFake, minute(fake.clock()));
        Optional<Seen> byAdapter = seen(action, target, this.byAdapter, minute(time));
        all.assertThat(byFake).as("%s: %s", action, what).isEqualTo(byAdapter);
        fake.faults().clear();
    }

    /**
     * The error of the call; empty if it succeeded, as the deletion of a missing interface does.
     */
    private static Optional<Seen> seen(Action action, Target target, Ports ports, Deadline deadline) {
        try {
            call(action, target, ports, deadline);
            return Optional.empty();
        } catch (Ec2Exception e) {
            assertThat(e.action()).isEqualTo(action.toString());
            return Optional.of(new Seen(e.kind(), e.code(), e.addresses()));
        }
    }

    private static void call(Action action, Target target, Ports ports, Deadline deadline) {
        Ec2Network ec2 = ports.ec2();
        Ec2Addresses addresses = ports.addresses();
        AddressList ipv4 = AddressList.of(IpAddress.parse("10.0.4.9"));
        AddressList ipv6 = AddressList.of(target.ipv6());
        String free = target.free().id();
        List<Filter> any = List.of(Filter.of("vpc-id", "vpc-0123456789abcdef0"));
        switch (action) {
            case DESCRIBE_INSTANCES -> ec2.describeInstances(any, deadline);
            case DESCRIBE_SUBNETS -> ec2.describeSubnets(any, deadline);
            case DESCRIBE_NETWORK_INTERFACES -> ec2.describeNetworkInterfaces(any, deadline);
            case GET_SUBNET_CIDR_RESERVATIONS -> ec2.getSubnetCidrReservations(target.subnetId(), deadline);
            case DESCRIBE_SECURITY_GROUPS -> ec2.describeSecurityGroups(any, deadline);
            case DESCRIBE_SECURITY_GROUP_VPC_ASSOCIATIONS -> ec2.describeSecurityGroupVpcAssociations(any, deadline);
            case DESCRIBE_INSTANCE_TYPES -> ec2.describeInstanceType("m5.4xlarge", deadline);
            case CREATE_NETWORK_INTERFACE ->
                ec2.createNetworkInterface(
                        new NewNetworkInterface(
                                target.subnetId(),
                                IpAddress.parse("10.0.4.9"),
                                List.of(),
                                0,
                                List.of(target.groupId()),
                                "",
                                Map.of(),
                                "token " + target.free().id()),
                        deadline);
            case ATTACH_NETWORK_INTERFACE ->
                ec2.attachNetworkInterface(target.free().id(), target.instanceId(), 2, 0, deadline);
            case MODIFY_NETWORK_INTERFACE_ATTRIBUTE ->
                ec2.modifySourceDestCheck(target.free().id(), false, deadline);
            case CREATE_TAGS -> ec2.createTags(target.instanceId(), Map.of("a", "b"), deadline);
            case DETACH_NETWORK_INTERFACE ->
                ec2.detachNetworkInterface(target.used().attachment().id(), deadline);
            case DELETE_NETWORK_INTERFACE ->
                ec2.deleteNetworkInterface(target.free().id(), deadline);
            case ASSIGN_PRIVATE_IP_ADDRESSES -> addresses.assignPrivateIpAddresses(free, ipv4, false, deadline);
            case UNASSIGN_PRIVATE_IP_ADDRESSES -> addresses.unassignPrivateIpAddresses(free, ipv4, deadline);
            case ASSIGN_IPV6_ADDRESSES -> addresses.assignIpv6Addresses(free, ipv6, deadline);
            case UNASSIGN_IPV6_ADDRESSES -> addresses.unassignIpv6Addresses(free, ipv6, deadline);
            case COMPLETE_LIFECYCLE_ACTION ->
                ports.hooks().complete(target.hook(), LifecycleAction.Result.CONTINUE, deadline);
            case RECORD_LIFECYCLE_ACTION_HEARTBEAT -> ports.hooks().heartbeat(target.hook(), deadline);
            default -> throw new IllegalArgumentException("no call of the ports: " + action);
        }
    }
}
