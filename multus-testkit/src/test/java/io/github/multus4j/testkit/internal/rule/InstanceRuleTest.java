package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.testkit.internal.call.CatalogRequests.DescribeInstanceTypes;
import io.github.multus4j.testkit.internal.call.InstanceRequests.DescribeInstanceStatus;
import io.github.multus4j.testkit.internal.call.InstanceRequests.DescribeInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.LaunchInterface;
import io.github.multus4j.testkit.internal.call.InstanceRequests.MoreAddresses;
import io.github.multus4j.testkit.internal.call.InstanceRequests.RunInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.StartInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.StopInstances;
import io.github.multus4j.testkit.internal.call.InstanceRequests.TerminateInstances;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AttachmentChange;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.ModifyNetworkInterfaceAttribute;
import io.github.multus4j.testkit.internal.call.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InstanceRuleTest extends RuleTest {

    private static RunInstances run(String type, int minimum, int maximum, Subnet subnet, LaunchInterface... given) {
        return new RunInstances(
                "ami-" + NONE,
                type,
                minimum,
                maximum,
                subnet == null ? null : subnet.id(),
                null,
                List.of(),
                List.of(given),
                Map.of(),
                Map.of(),
                null);
    }

    private static LaunchInterface at(int index, int card, Subnet subnet) {
        return new LaunchInterface(
                index, card, null, subnet.id(), List.of(), null, null, "", null, "interface", MoreAddresses.NONE);
    }

    private static LaunchInterface at(int index, NetworkInterface present) {
        return new LaunchInterface(
                index, 0, present.id(), null, List.of(), null, null, "", null, "interface", MoreAddresses.NONE);
    }

    @Test
    void status_runningOnly_unlessAllAreAskedFor() {
        Instance running = node("m5.large");
        Instance stopped = node("m5.large");
        call(new StopInstances(List.of(stopped.id())));

        assertThat(statuses(false)).containsExactly(running.id());
        assertThat(statuses(true)).containsExactly(running.id(), stopped.id());
        assertThat(statuses(true, Filter.of("instance-status.status", "ok"))).containsExactly(running.id());
        assertThat(statuses(true, Filter.of("system-status.reachability", "passed")))
                .containsExactly(running.id());
    }

    private List<String> statuses(boolean all, Filter... filters) {
        return call(new DescribeInstanceStatus(List.of(), all, List.of(filters), Page.NONE)).items().stream()
                .map(item -> item.instance().id())
                .toList();
    }

    @Test
    void instance_idMalformed_isRefused() {
        refused(InstanceRule.INSTANCE_ID_MALFORMED, new TerminateInstances(List.of("node")));
    }

    @Test
    void instance_unknown_isRefused() {
        assertThat(refused(
                                InstanceRule.INSTANCE_UNKNOWN,
                                new DescribeInstances(List.of("i-" + NONE), List.of(), Page.NONE))
                        .text())
                .isEqualTo("The instance ID 'i-" + NONE + "' does not exist");
    }

    @Test
    void run_typeUnknown_isRefused() {
        refused(InstanceRule.RUN_TYPE_UNKNOWN, run("m5.gigantic", 1, 1, subnet()));
    }

    @Test
    void run_countInvalid_isRefused() {
        Subnet subnet = subnet();
        refused(InstanceRule.RUN_COUNT_INVALID, run("m5.large", 2, 1, subnet));
        refused(InstanceRule.RUN_COUNT_INVALID, run("m5.large", 0, 1, subnet));
    }

    @Test
    void run_withoutSubnet_isRefused() {
        refused(InstanceRule.RUN_WITHOUT_SUBNET, run("m5.large", 1, 1, null));
    }

    @Test
    void run_subnetTwice_isRefused() {
        Subnet subnet = subnet();

        refused(InstanceRule.RUN_SUBNET_TWICE, run("m5.large", 1, 1, subnet, at(0, 0, subnet)));
    }

    @Test
    void run_withoutPrimary_isRefused() {
        refused(InstanceRule.RUN_WITHOUT_PRIMARY, run("m5.large", 1, 1, null, at(1, 0, subnet())));
    }

    @Test
    void run_interfacesOfZones_isRefused() {
        refused(
                InstanceRule.RUN_INTERFACES_OF_ZONES,
                run("m5.large", 1, 1, null, at(0, 0, subnet()), at(1, 0, vpc.subnet("10.0.5.0/24", OTHER_ZONE))));
    }

    @Test
    void run_interfaceForMany_isRefused() {
        NetworkInterface made = create(subnet());

        refused(InstanceRule.RUN_INTERFACE_FOR_MANY, run("m5.large", 1, 2, null, at(0, made)));
    }

    @Test
    void run_otherZone_isRefused() {
        Subnet subnet = subnet();

        refused(
                InstanceRule.RUN_OTHER_ZONE,
                new RunInstances(
                        "ami-" + NONE,
                        "m5.large",
                        1,
                        1,
                        subnet.id(),
                        OTHER_ZONE,
                        List.of(),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        null));
    }

    @Test
    void run_severalInterfaces_areAttachedAndKeptAsAsked() {
        Subnet subnet = subnet();
        NetworkInterface present = create(subnet);

        Instance node = call(run("m5.large", 1, 1, null, at(0, 0, subnet), at(1, present)))
                .get(0)
                .instance();

        assertThat(node.state()).isEqualTo(Instance.State.PENDING);
        assertThat(node.attachments()).extracting(a -> a.deviceIndex()).containsExactly(0, 1);
        call(new TerminateInstances(List.of(node.id())));
        assertThat(ec2.interfaces()).extracting(NetworkInterface::id).containsExactly(present.id());
    }

    @Test
    void run_tooManyInterfaces_leavesNothingBehind() {
        Subnet subnet = subnet();
        LaunchInterface[] four =
                IntStream.range(0, 4).mapToObj(i -> at(i, 0, subnet)).toArray(LaunchInterface[]::new);

        refused(InterfaceRule.ATTACH_OVER_TYPE_LIMIT, run("m5.large", 1, 1, null, four));

        assertThat(call(new DescribeInstances(List.of(), List.of(), Page.NONE)).items())
                .isEmpty();
    }

    @Test
    void run_moreThanTheSubnetHolds_launchesBetweenMinimumAndMaximum() {
        Subnet subnet = vpc.subnet("10.0.4.0/28", ZONE);

        assertThat(call(run("m5.large", 1, 20, subnet))).hasSize(11);
        refused(AddressRule.SUBNET_FULL, run("m5.large", 1, 1, subnet));
    }

    @Test
    void run_sameToken_launchesOnce() {
        RunInstances request = new RunInstances(
                "ami-" + NONE,
                "m5.large",
                1,
                1,
                subnet().id(),
                null,
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                "token");

        assertThat(call(request).get(0).instance().id())
                .isEqualTo(call(request).get(0).instance().id());
        assertThat(call(new DescribeInstances(List.of(), List.of(), Page.NONE)).items())
                .hasSize(1);
    }

    @Test
    void terminate_interfaces_goOrBecomeAvailable() {
        ec2.behaviour().endingTakes(Duration.ofSeconds(30));
        Instance node = node("m5.large");
        Subnet subnet = subnet();
        NetworkInterface stays = create(subnet);
        NetworkInterface goes = create(subnet);
        attach(stays, node, 1);
        String attachmentId = attach(goes, node, 2).attachmentId();
        call(new ModifyNetworkInterfaceAttribute(
                goes.id(), null, null, null, new AttachmentChange(attachmentId, true)));

        ec2.terminate(node.id());
        assertThat(ec2.instance(node.id()).state()).isEqualTo(Instance.State.SHUTTING_DOWN);
        assertThat(ec2.interfaces()).hasSize(3);
        ec2.time().advance(Duration.ofSeconds(30));

        assertThat(ec2.instance(node.id()).state()).isEqualTo(Instance.State.TERMINATED);
        assertThat(ec2.interfaces()).extracting(NetworkInterface::id).containsExactly(stays.id());
        assertThat(now(stays).attachment()).isNull();
    }

    @Test
    void stop_notRunning_isRefused() {
        Instance node = vpc.launchPending("m5.large", ZONE, Map.of(), Duration.ofSeconds(5));

        refused(InstanceRule.STOP_NOT_RUNNING, new StopInstances(List.of(node.id())));
    }

    @Test
    void start_notStopped_isRefused() {
        Instance node = node("m5.large");
        ec2.terminate(node.id());

        refused(InstanceRule.START_NOT_STOPPED, new StartInstances(List.of(node.id())));
    }

    @Test
    void start_stoppedInstance_runsAgainWithItsInterfaces() {
        Instance node = node("m5.large");
        ec2.stop(node.id());
        ec2.start(node.id());

        assertThat(ec2.instance(node.id())).isEqualTo(node);
    }

    @Test
    void type_unknown_isRefused() {
        refused(
                InstanceRule.TYPE_UNKNOWN,
                new DescribeInstanceTypes(List.of("m5.large", "m5.gigantic"), List.of(), Page.NONE));
    }

    @Test
    void types_overLimit_isRefused() {
        List<String> names =
                IntStream.rangeClosed(0, 100).mapToObj(i -> "m5." + i).toList();

        refused(InstanceRule.TYPES_OVER_LIMIT, new DescribeInstanceTypes(names, List.of(), Page.NONE));
    }

    @Test
    void image_shown_isThatOfTheInstances_orTheOneThatIsNamed() {
        node("m5.large");
        List<String> launched = onWire("DescribeImages").texts("imageId");

        assertThat(launched).hasSize(1).allMatch(id -> id.startsWith("ami-"));
        assertThat(onWire("DescribeImages", "Owner.1", "self").texts("imageId")).isEmpty();
        assertThat(onWire("DescribeImages", "Owner.1", "amazon").texts("imageId"))
                .isEqualTo(launched);
        assertThat(onWire("DescribeImages", "ImageId.1", "ami-" + NONE).texts("imageId"))
                .containsExactly("ami-" + NONE);
        assertThat(onWire("DescribeImages", "Filter.1.Name", "architecture", "Filter.1.Value.1", "arm64")
                        .texts("imageId"))
                .isEmpty();
    }

    @Test
    void run_imageMalformed_isRefused_byDescribeImagesToo() {
        refusedOnWire(InstanceRule.RUN_IMAGE_MALFORMED, "DescribeImages", "ImageId.1", "nonsense");
    }
}
