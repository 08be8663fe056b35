package io.github.multus4j.internal.sweep;

import io.github.multus4j.Multus;
import io.github.multus4j.OneZone;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.result.SweepReport;
import io.github.multus4j.result.SweepScope;
import io.github.multus4j.testkit.FakeEc2Network;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The world of the sweep's tests: {@link OneZone} with a ready node, and events between the scans.
 */
final class SweepWorld {

    final OneZone zone = new OneZone();
    final FakeEc2Network ec2 = zone.ec2;
    final SweepScope scope = SweepScope.vpc(zone.vpc.id());

    private Runnable betweenTheLooks = () -> {};
    private int made;

    SweepWorld() {
        zone.attach();
        ec2.journal().clear();
    }

    /** An event that occurs once, after the first scan. */
    void betweenTheLooks(Runnable event) {
        betweenTheLooks = event;
    }

    SweepReport mend() {
        return mend(scope);
    }

    SweepReport mend(SweepScope where) {
        return sweep(where, SweepReport.Mode.MEND, Duration.ofMinutes(10));
    }

    SweepReport dryRun() {
        return sweep(scope, SweepReport.Mode.DRY_RUN, Duration.ofMinutes(10));
    }

    SweepReport sweep(SweepScope where, SweepReport.Mode mode, Duration time) {
        return multus().sweep(where, zone.spec().build(), mode, zone.in(time));
    }

    /** Runs all tasks in the calling thread. */
    Multus multus() {
        return Multus.builder(ec2, ec2.autoScaling())
                .time(ec2.time(), duration -> {
                    Runnable event = betweenTheLooks;
                    betweenTheLooks = () -> {};
                    event.run();
                    ec2.time().sleep(duration);
                })
                .executor(Runnable::run)
                .build();
    }

    /** An available interface with the owner tags of that instance. */
    NetworkInterface loose(Subnet subnet, String ownerId) {
        return loose(subnet, OwnerTags.of(ownerId, 1));
    }

    /** An available interface with those tags. */
    NetworkInterface loose(Subnet subnet, Map<String, String> tags) {
        NetworkInterface loose = ec2.createNetworkInterface(
                new NewNetworkInterface(subnet.id(), null, List.of(), 0, List.of(), "", tags, "loose-" + made++),
                zone.in(Duration.ofMinutes(1)));
        ec2.journal().clear();
        return loose;
    }

    /** The id of an instance that is terminated. */
    String terminated() {
        String id = zone.launch().id();
        ec2.terminate(id);
        return id;
    }

    /** A leak: its owner is terminated. */
    NetworkInterface leak() {
        return loose(zone.signalling, terminated());
    }

    /** So many leaks. */
    List<NetworkInterface> leaks(int count) {
        return Stream.generate(this::leak).limit(count).toList();
    }

    /** So many running nodes without Multus interfaces. */
    void missedEvents(int count) {
        for (int i = 0; i < count; i++) {
            zone.launch();
        }
    }

    /** Attaches an interface to an instance, as another program could. */
    void attach(NetworkInterface networkInterface, String instanceId, int index) {
        ec2.attachNetworkInterface(networkInterface.id(), instanceId, index, 0, zone.in(Duration.ofMinutes(1)));
    }

    boolean exists(NetworkInterface networkInterface) {
        return ec2.interfaces().stream().anyMatch(i -> i.id().equals(networkInterface.id()));
    }
}
