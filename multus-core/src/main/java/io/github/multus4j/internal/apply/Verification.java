package io.github.multus4j.internal.apply;

import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.internal.observe.SlotReader;
import io.github.multus4j.internal.run.Run;
import io.github.multus4j.result.Outcome.AttachedInterface;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The reads at the end of a run: does EC2 show all its interfaces as attached? */
final class Verification {

    private final Ec2Network ec2;
    private final Run run;
    private final Instance instance;
    private final List<InterfaceAttachment> interfaces;

    Verification(Ec2Network ec2, Run run, Instance instance, List<InterfaceAttachment> interfaces) {
        this.ec2 = ec2;
        this.run = run;
        this.instance = instance;
        this.interfaces = interfaces;
    }

    /**
     * Reads until every interface is attached. If an interface is not attached after a while,
     * another run has rolled it back, and it is made again.
     *
     * @return the attached interfaces; not all of them if the run was stopped
     */
    List<AttachedInterface> awaitAttached() {
        SlotReader view = new SlotReader(ec2, interfaces.get(0).planned().slot(), run.workDeadline());
        Instant since = run.clock().instant();
        for (int tries = 0; ; tries++) {
            Map<String, NetworkInterface> seen = read();
            List<AttachedInterface> attached = new ArrayList<>();
            List<InterfaceAttachment> lost = new ArrayList<>();
            for (InterfaceAttachment each : interfaces) {
                NetworkInterface found = seen.get(each.id());
                if (found != null && found.isAttachmentComplete(instance.id())) {
                    attached.add(AttachedInterface.of(
                            each.planned().subnet(), found, Objects.requireNonNull(found.attachment())));
                } else if (found == null || !found.isAttachedTo(instance.id())) {
                    lost.add(each);
                }
            }
            if (attached.size() == interfaces.size()) {
                return attached;
            }
            if (!lost.isEmpty() && run.hasPassed(since.plus(Timing.SETTLING))) {
                run.sideBySide(
                        lost.stream().<Runnable>map(each -> each::runAgain).toList());
                if (run.firstCause() != null) {
                    return attached;
                }
                since = run.clock().instant();
                tries = 0;
            }
            if (tries > 0) {
                run.await(run.start(() -> view.instance(instance)));
            }
            run.pause(tries, "waiting for the interfaces of " + instance.id());
        }
    }

    private Map<String, NetworkInterface> read() {
        List<String> ids =
                interfaces.stream().map(i -> Objects.requireNonNull(i.id())).toList();
        Map<String, NetworkInterface> seen = new HashMap<>();
        run.await(run.start(() -> ec2.describeNetworkInterfaces(
                        List.of(Filter.of("network-interface-id", ids)), run.workDeadline())))
                .forEach(i -> seen.put(i.id(), i));
        return seen;
    }
}
