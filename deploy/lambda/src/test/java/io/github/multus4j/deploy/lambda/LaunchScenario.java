package io.github.multus4j.deploy.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.multus4j.aws.Json;
import io.github.multus4j.nodegroup.OwnerTags;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * One launch event through the program, over the AWS SDK, against any EC2; then the same event
 * again.
 */
final class LaunchScenario {

    private static final String SET_DELETE_ON_TERMINATION = "ModifyNetworkInterfaceAttribute DeleteOnTermination";

    private final URI endpoint;
    private final boolean keepsDeleteOnTermination;

    /**
     * @param keepsDeleteOnTermination whether the endpoint shows that an attachment has
     *     delete-on-termination after it was told so. Where it does not, every run finds it missing
     *     and sets it again
     */
    LaunchScenario(URI endpoint, boolean keepsDeleteOnTermination) {
        this.endpoint = endpoint;
        this.keepsDeleteOnTermination = keepsDeleteOnTermination;
    }

    void play() {
        try (SmallVpc vpc = SmallVpc.at(endpoint);
                WireTap wire = WireTap.on(endpoint)) {
            String first = vpc.launchNode();

            Shell launch = handle(wire, vpc, first, "--json");
            assertThat(launch.status()).as(launch.err()).isZero();
            assertThat(Json.read(launch.out())).containsEntry("outcome", "attached");
            List<String> calls = wire.drain();
            assertThat(calls)
                    .as("changes for 2 interfaces")
                    .filteredOn(call -> !WireTap.isRead(call))
                    .containsExactlyInAnyOrder(
                            "CreateNetworkInterface",
                            "CreateNetworkInterface",
                            "ModifyNetworkInterfaceAttribute SourceDestCheck",
                            "ModifyNetworkInterfaceAttribute SourceDestCheck",
                            "AttachNetworkInterface",
                            "AttachNetworkInterface",
                            SET_DELETE_ON_TERMINATION,
                            SET_DELETE_ON_TERMINATION);
            assertThat(calls)
                    .as("3 reads, 4 facts (2 subnets' reservations, groups, type), a look at the end")
                    .filteredOn(WireTap::isRead)
                    .hasSizeLessThanOrEqualTo(3 + 4 + 1);
            assertAttached(vpc, first, "10.0.4.4", "10.0.6.4");

            Shell again = handle(wire, vpc, first, "--json");
            assertThat(again.status()).as(again.err()).isZero();
            if (keepsDeleteOnTermination) {
                assertThat(wire.drain()).isNotEmpty().allMatch(WireTap::isRead);
                assertThat(Json.read(again.out())).containsEntry("outcome", "complete");
            } else {
                assertThat(wire.drain())
                        .filteredOn(call -> !WireTap.isRead(call))
                        .containsExactly(SET_DELETE_ON_TERMINATION, SET_DELETE_ON_TERMINATION);
            }

            String second = vpc.launchNode();
            assertThat(handle(wire, vpc, second).status()).isZero();
            assertAttached(vpc, second, "10.0.4.5", "10.0.6.5");
            assertThat(vpc.multusInterfaces()).hasSize(4);
        }
    }

    private static Shell handle(WireTap wire, SmallVpc vpc, String instanceId, String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "--endpoint";
        arguments[1] = wire.url();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return Shell.run(vpc.variables(), SmallVpc.launchEvent(instanceId), arguments);
    }

    private void assertAttached(SmallVpc vpc, String instanceId, String signalling, String media) {
        List<NetworkInterface> interfaces = vpc.multusInterfaces().stream()
                .filter(it -> it.attachment() != null
                        && instanceId.equals(it.attachment().instanceId()))
                .toList();
        assertThat(interfaces)
                .extracting(
                        NetworkInterface::subnetId,
                        NetworkInterface::privateIpAddress,
                        it -> it.attachment().deviceIndex(),
                        it -> it.groups().stream().map(GroupIdentifier::groupId).toList(),
                        NetworkInterface::sourceDestCheck)
                .containsExactlyInAnyOrder(
                        tuple(vpc.signallingA, signalling, 1, List.of(vpc.signallingGroup), false),
                        tuple(vpc.mediaA, media, 2, List.of(vpc.mediaGroup), false));
        for (NetworkInterface it : interfaces) {
            Map<String, String> tags = new HashMap<>();
            it.tagSet().forEach((Tag tag) -> tags.put(tag.key(), tag.value()));
            assertThat(tags)
                    .containsEntry(OwnerTags.NO_MANAGE, "true")
                    .containsEntry(OwnerTags.INSTANCE_ID, instanceId)
                    .containsEntry("cnf", "amf")
                    .containsEntry("query", "a=b");
            if (keepsDeleteOnTermination) {
                assertThat(it.attachment().deleteOnTermination()).isTrue();
            }
        }
    }
}
