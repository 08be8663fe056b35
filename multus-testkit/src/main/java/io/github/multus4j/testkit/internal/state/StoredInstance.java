package io.github.multus4j.testkit.internal.state;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.testkit.internal.call.InstanceAttributes;
import io.github.multus4j.testkit.internal.call.InstanceItem;
import io.github.multus4j.testkit.internal.call.InterfaceItem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An instance. Its interfaces are found through their attachments. */
public final class StoredInstance extends Stored {

    public final String zone;
    public final String imageId;
    final String reservationId;
    final String clientToken;
    public final Instant launchTime;

    @Nullable
    public String outpostArn;

    public InstanceType type;
    public InstanceAttributes attributes = InstanceAttributes.DEFAULTS;

    public Instance.State state = Instance.State.PENDING;
    private @Nullable Instant changesAt;
    private @Nullable ListedItem<InstanceItem> shown;
    private @Nullable Map<String, String> shownTags;
    private Instance.State becomes = Instance.State.RUNNING;

    public StoredInstance(
            Birth birth,
            InstanceType type,
            String zone,
            String imageId,
            String reservationId,
            String clientToken,
            Instant launchTime,
            Map<String, String> tags) {
        super(birth, tags);
        this.type = type;
        this.zone = zone;
        this.imageId = imageId;
        this.reservationId = reservationId;
        this.clientToken = clientToken;
        this.launchTime = launchTime;
    }

    @Override
    public String resourceType() {
        return "instance";
    }

    /** Enters a passing state, which ends at that instant in another. */
    public void passThrough(Instance.State passing, Instance.State then, Instant at) {
        state = passing;
        becomes = then;
        changesAt = at;
    }

    /** The end of the transient state; null if the state is to stay. */
    @Nullable
    Instant changesAt() {
        return changesAt;
    }

    /**
     * The listed form with these interfaces, the primary one first; the same object until a change.
     */
    ListedItem<InstanceItem> shown(List<InterfaceItem> interfaces) {
        ListedItem<InstanceItem> before = shown;
        if (before != null && isCurrent(before.item(), interfaces)) {
            return before;
        }
        ListedItem<InstanceItem> fresh = shown(item(interfaces));
        shown = fresh;
        shownTags = tags();
        return fresh;
    }

    private boolean isCurrent(InstanceItem item, List<InterfaceItem> interfaces) {
        return item.instance().state() == state
                && shownTags == tags()
                && item.instance().type().equals(type.name())
                && item.attributes().equals(attributes)
                && item.interfaces().equals(interfaces);
    }

    private InstanceItem item(List<InterfaceItem> interfaces) {
        Optional<NetworkInterface> primary = interfaces.stream()
                .map(InterfaceItem::networkInterface)
                .filter(i -> attachment(i).isPrimary())
                .findFirst();
        return new InstanceItem(
                new Instance(
                        id,
                        type.name(),
                        primary.map(NetworkInterface::vpcId).orElse(""),
                        zone,
                        state,
                        launchTime,
                        interfaces.stream()
                                .map(i -> attachment(i.networkInterface()))
                                .toList(),
                        tags(),
                        outpostArn),
                reservationId,
                imageId,
                primary.map(NetworkInterface::subnetId).orElse(""),
                launchTime,
                clientToken,
                attributes,
                interfaces);
    }

    private static Attachment attachment(NetworkInterface attached) {
        return Objects.requireNonNull(attached.attachment());
    }

    /** Whether the transient state has just ended. */
    boolean settle(Instant now) {
        if (changesAt == null || now.isBefore(changesAt)) {
            return false;
        }
        state = becomes;
        changesAt = null;
        return true;
    }
}
