package io.github.multus4j.aws;

import io.github.multus4j.aws.Listing.Page;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.ErrorTable;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.SecurityGroup;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.ec2.Subnet.CidrReservation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateNetworkInterfaceRequest;

/**
 * EC2 over the AWS SDK for Java 2.x: the production form of {@link Ec2Network}, and as strict as
 * that port's rules.
 *
 * <pre>{@code
 * try (Ec2Client client = Ec2Client.create()) {
 *     Ec2Network ec2 = AwsEc2Network.over(client);
 *     …
 * }
 * }</pre>
 *
 * <p>The client is yours: it is used as it is configured (Region, credentials, HTTP client,
 * interceptors, metrics), and never closed here. Only its retries are switched off for the calls
 * made here, and each call gets a time limit, so that only the {@link CallPolicy} repeats calls.
 * Thread-safe, as SDK clients are.
 *
 * <p>This artifact brings no HTTP client. A program adds one, such as
 * {@code software.amazon.awssdk:url-connection-client} or {@code apache-client}; without one, the
 * SDK's builder fails with "Unable to load an HTTP implementation".
 *
 * <p>Three parameters are left out, with one warning, after EC2 has refused them as unknown
 * ({@code UnknownParameter}), as an older or isolated Region does: {@code MaxResults},
 * {@code IncludeManagedResources}, and the {@code NetworkCardIndex} 0. Any other parameter that EC2
 * does not know fails the call.
 *
 * <p>All methods throw {@link Ec2Exception} and nothing else; its kind comes from the policy's
 * {@link ErrorTable}, its cause is the SDK's exception.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Welcome.html">EC2 API
 *     reference</a>
 */
public final class AwsEc2Network implements Ec2Network {

    /**
     * The limit of these listings; instance types take 5 to 100. Asking for pages doubles the quota
     * of unfiltered reads.
     */
    private static final int PAGE = 1000;

    private static final int INSTANCE_TYPES_PAGE = 100;

    private static final String PAGES = "MaxResults";
    private static final String MANAGED = "IncludeManagedResources";
    private static final String CARD = "NetworkCardIndex";

    private final Ec2Client client;
    private final SdkCalls calls;
    private final OptionalParameters parameters = new OptionalParameters();

    private AwsEc2Network(Ec2Client client, CallPolicy policy) {
        this.client = client;
        this.calls = new SdkCalls(policy);
    }

    /**
     * EC2 over that client, with the default policy.
     *
     * @param client is never closed here; the caller closes it
     */
    public static AwsEc2Network over(Ec2Client client) {
        return over(client, CallPolicy.ofDefaults());
    }

    /**
     * EC2 over that client.
     *
     * @param client is never closed here; the caller closes it
     * @param policy how calls are made and repeated
     */
    public static AwsEc2Network over(Ec2Client client, CallPolicy policy) {
        return new AwsEc2Network(client, policy);
    }

    @Override
    public List<Instance> describeInstances(List<Filter> filters, Deadline deadline) {
        return list(
                "DescribeInstances",
                filters,
                deadline,
                (portion, token) -> options -> {
                    var answer = client.describeInstances(request -> request.filters(Filters.toSdk(portion))
                            .maxResults(page("DescribeInstances", PAGE))
                            .nextToken(token)
                            .overrideConfiguration(options));
                    return new Page<>(
                            Mapping.list(answer.reservations()).stream()
                                    .flatMap(reservation -> Mapping.list(reservation.instances()).stream())
                                    .toList(),
                            answer.nextToken());
                },
                InstanceMapping::instance,
                Instance::id);
    }

    @Override
    public List<Subnet> describeSubnets(List<Filter> filters, Deadline deadline) {
        return list(
                "DescribeSubnets",
                filters,
                deadline,
                (portion, token) -> options -> {
                    var answer = client.describeSubnets(request -> request.filters(Filters.toSdk(portion))
                            .maxResults(page("DescribeSubnets", PAGE))
                            .nextToken(token)
                            .overrideConfiguration(options));
                    return new Page<>(Mapping.list(answer.subnets()), answer.nextToken());
                },
                Mapping::subnet,
                Subnet::id);
    }

    @Override
    public List<NetworkInterface> describeNetworkInterfaces(List<Filter> filters, Deadline deadline) {
        return list(
                "DescribeNetworkInterfaces",
                filters,
                deadline,
                (portion, token) -> options -> {
                    var answer = client.describeNetworkInterfaces(request -> request.filters(Filters.toSdk(portion))
                            .maxResults(page("DescribeNetworkInterfaces", PAGE))
                            .nextToken(token)
                            .overrideConfiguration(includingManaged(options)));
                    return new Page<>(Mapping.list(answer.networkInterfaces()), answer.nextToken());
                },
                InterfaceMapping::networkInterface,
                NetworkInterface::id);
    }

    /**
     * Without it, managed interfaces may be hidden, and their addresses would look free. This SDK
     * has no setter.
     */
    private AwsRequestOverrideConfiguration includingManaged(AwsRequestOverrideConfiguration options) {
        return parameters.isSent("DescribeNetworkInterfaces", MANAGED)
                ? options.toBuilder().putRawQueryParameter(MANAGED, "true").build()
                : options;
    }

    @Override
    public List<CidrReservation> getSubnetCidrReservations(String subnetId, Deadline deadline) {
        return list(
                "GetSubnetCidrReservations",
                List.of(),
                deadline,
                (none, token) -> options -> {
                    var answer = client.getSubnetCidrReservations(request -> request.subnetId(subnetId)
                            .maxResults(page("GetSubnetCidrReservations", PAGE))
                            .nextToken(token)
                            .overrideConfiguration(options));
                    return new Page<>(
                            Stream.concat(
                                            Mapping.list(answer.subnetIpv4CidrReservations()).stream(),
                                            Mapping.list(answer.subnetIpv6CidrReservations()).stream())
                                    .toList(),
                            answer.nextToken());
                },
                Mapping::reservation,
                CidrReservation::id);
    }

    @Override
    public List<SecurityGroup> describeSecurityGroups(List<Filter> filters, Deadline deadline) {
        return list(
                "DescribeSecurityGroups",
                filters,
                deadline,
                (portion, token) -> options -> {
                    var answer = client.describeSecurityGroups(request -> request.filters(Filters.toSdk(portion))
                            .maxResults(page("DescribeSecurityGroups", PAGE))
                            .nextToken(token)
                            .overrideConfiguration(options));
                    return new Page<>(Mapping.list(answer.securityGroups()), answer.nextToken());
                },
                Mapping::securityGroup,
                SecurityGroup::id);
    }

    @Override
    public Optional<List<SecurityGroup.VpcAssociation>> describeSecurityGroupVpcAssociations(
            List<Filter> filters, Deadline deadline) {
        return Optional.of(list(
                "DescribeSecurityGroupVpcAssociations",
                filters,
                deadline,
                (portion, token) -> options -> {
                    var answer = client.describeSecurityGroupVpcAssociations(
                            request -> request.filters(Filters.toSdk(portion))
                                    .maxResults(page("DescribeSecurityGroupVpcAssociations", PAGE))
                                    .nextToken(token)
                                    .overrideConfiguration(options));
                    return new Page<>(Mapping.list(answer.securityGroupVpcAssociations()), answer.nextToken());
                },
                Mapping::association,
                association -> association.groupId() + " " + association.vpcId()));
    }

    @Override
    public Optional<InstanceType> describeInstanceType(String name, Deadline deadline) {
        return list(
                        "DescribeInstanceTypes",
                        List.of(Filter.of("instance-type", name)),
                        deadline,
                        (filters, token) -> options -> {
                            var answer = client.describeInstanceTypes(request -> request.filters(Filters.toSdk(filters))
                                    .maxResults(page("DescribeInstanceTypes", INSTANCE_TYPES_PAGE))
                                    .nextToken(token)
                                    .overrideConfiguration(options));
                            return new Page<>(Mapping.list(answer.instanceTypes()), answer.nextToken());
                        },
                        InstanceMapping::instanceType,
                        InstanceType::name)
                .stream()
                .findFirst();
    }

    @Override
    public NetworkInterface createNetworkInterface(NewNetworkInterface request, Deadline deadline) {
        String action = "CreateNetworkInterface";
        CreateNetworkInterfaceRequest created = InterfaceMapping.toSdk(request);
        var answer = calls.call(
                action,
                Effect.CHANGE,
                deadline,
                options -> client.createNetworkInterface(
                        created.toBuilder().overrideConfiguration(options).build()));
        if (answer.networkInterface() == null) {
            throw Mapping.unreadable(action, Kind.OUTCOME_UNKNOWN, "no network interface in the answer", null);
        }
        return Mapping.read(
                action, Kind.OUTCOME_UNKNOWN, () -> InterfaceMapping.networkInterface(answer.networkInterface()));
    }

    @Override
    public String attachNetworkInterface(
            String networkInterfaceId, String instanceId, int deviceIndex, int networkCardIndex, Deadline deadline) {
        String action = "AttachNetworkInterface";
        // On any other card its absence would change the result.
        List<String> optional = networkCardIndex == 0 ? List.of(CARD) : List.of();
        return Mapping.text(parameters
                .call(
                        action,
                        optional,
                        () -> calls.call(
                                action,
                                Effect.CHANGE,
                                deadline,
                                options -> client.attachNetworkInterface(
                                        request -> request.networkInterfaceId(networkInterfaceId)
                                                .instanceId(instanceId)
                                                .deviceIndex(deviceIndex)
                                                .networkCardIndex(
                                                        networkCardIndex == 0 && !parameters.isSent(action, CARD)
                                                                ? null
                                                                : Integer.valueOf(networkCardIndex))
                                                .overrideConfiguration(options))))
                .attachmentId());
    }

    @Override
    public void modifySourceDestCheck(String networkInterfaceId, boolean enabled, Deadline deadline) {
        calls.call(
                "ModifyNetworkInterfaceAttribute",
                Effect.CHANGE,
                deadline,
                options ->
                        client.modifyNetworkInterfaceAttribute(request -> request.networkInterfaceId(networkInterfaceId)
                                .sourceDestCheck(check -> check.value(enabled))
                                .overrideConfiguration(options)));
    }

    @Override
    public void modifyDeleteOnTermination(
            String networkInterfaceId, String attachmentId, boolean deleteOnTermination, Deadline deadline) {
        calls.call(
                "ModifyNetworkInterfaceAttribute",
                Effect.CHANGE,
                deadline,
                options ->
                        client.modifyNetworkInterfaceAttribute(request -> request.networkInterfaceId(networkInterfaceId)
                                .attachment(changes ->
                                        changes.attachmentId(attachmentId).deleteOnTermination(deleteOnTermination))
                                .overrideConfiguration(options)));
    }

    @Override
    public void createTags(String resourceId, Map<String, String> tags, Deadline deadline) {
        calls.call(
                "CreateTags",
                Effect.CHANGE,
                deadline,
                options -> client.createTags(request ->
                        request.resources(resourceId).tags(Mapping.toSdk(tags)).overrideConfiguration(options)));
    }

    @Override
    public void detachNetworkInterface(String attachmentId, Deadline deadline) {
        unlessGone(() -> calls.call(
                "DetachNetworkInterface",
                Effect.CHANGE,
                deadline,
                options -> client.detachNetworkInterface(
                        request -> request.attachmentId(attachmentId).overrideConfiguration(options))));
    }

    @Override
    public void deleteNetworkInterface(String networkInterfaceId, Deadline deadline) {
        unlessGone(() -> calls.call(
                "DeleteNetworkInterface",
                Effect.CHANGE,
                deadline,
                options -> client.deleteNetworkInterface(request ->
                        request.networkInterfaceId(networkInterfaceId).overrideConfiguration(options))));
    }

    private static void unlessGone(Runnable call) {
        try {
            call.run();
        } catch (Ec2Exception e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Every page of every portion, in values of ours. */
    private <S, T> List<T> list(
            String action,
            List<Filter> filters,
            Deadline deadline,
            BiFunction<List<Filter>, @Nullable String, Function<AwsRequestOverrideConfiguration, Page<S>>> request,
            Function<S, T> mapping,
            Function<T, String> id) {
        List<List<T>> listings = Filters.split(filters).stream()
                .map(portion -> Listing.all(
                        action,
                        token -> parameters.call(
                                action,
                                List.of(PAGES, MANAGED),
                                () -> calls.call(action, Effect.READ, deadline, request.apply(portion, token)))))
                .map(items -> Mapping.read(
                        action, Kind.INVALID, () -> items.stream().map(mapping).toList()))
                .toList();
        return Listing.union(listings, id);
    }

    /** The result is the same without it: all items in one page. */
    private @Nullable Integer page(String action, int size) {
        return parameters.isSent(action, PAGES) ? size : null;
    }
}
