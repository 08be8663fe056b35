package io.github.multus4j.testkit;

import io.github.multus4j.ec2.InstanceState;
import io.github.multus4j.ec2.InstanceType;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An instance. Its interfaces are found through their attachments. */
final class StoredInstance extends Stored {

    final InstanceType type;
    final String zone;
    final String imageId;
    final String reservationId;
    final String clientToken;
    final Instant launchTime;
    InstanceState state = InstanceState.PENDING;
    private @Nullable Instant changesAt;
    private InstanceState becomes = InstanceState.RUNNING;

    StoredInstance(
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
    String resourceType() {
        return "instance";
    }

    /** Enters a passing state, which ends at that instant in another. */
    void passThrough(InstanceState passing, InstanceState then, Instant at) {
        state = passing;
        becomes = then;
        changesAt = at;
    }

    /** Whether the passing state has just ended. */
    boolean settle(Instant now) {
        if (changesAt == null || now.isBefore(changesAt)) {
            return false;
        }
        state = becomes;
        changesAt = null;
        return true;
    }
}
