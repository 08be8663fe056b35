package io.github.multus4j.deploy.agent;

import io.github.multus4j.Multus;
import io.github.multus4j.aws.AwsEc2Network;
import io.github.multus4j.aws.CallPolicy;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import io.github.multus4j.nodegroup.Problem;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * The node of this process: its identity, its settings, and the attempts to make it ready. An
 * attempt reuses the answers of earlier ones.
 */
final class OwnNode implements AutoCloseable {

    private static final String TAG_PREFIX = "multus4j:";

    /** The clock, the passing of time, and the end of all attempts. */
    record Time(Clock clock, Sleeper sleeper, Deadline deadline) {}

    private final Metadata metadata;
    private final List<Source> explicit;
    private final Ec2Access access;
    private final Time time;
    private @Nullable String instanceId;
    private @Nullable Settings settings;
    private @Nullable Ec2Client client;
    private List<Problem> warnings = List.of();

    /**
     * @param explicit the settings that are not the instance's tags, those with precedence first
     */
    OwnNode(Metadata metadata, List<Source> explicit, Ec2Access access, Time time) {
        this.metadata = metadata;
        this.explicit = List.copyOf(explicit);
        this.access = access;
        this.time = time;
    }

    /** @param dryRun whether to plan only */
    Answer attempt(boolean dryRun) {
        try {
            return attemptKnown(dryRun);
        } catch (NoMetadataException e) {
            return Answer.noIdentity(e);
        }
    }

    private Answer attemptKnown(boolean dryRun) {
        String id = instanceId == null ? metadata.instanceId() : instanceId;
        instanceId = id;
        Settings known = settings == null ? settings() : settings;
        settings = known;
        List<String> problems = new ArrayList<>();
        NodeGroupSpec spec = known.spec(problems);
        if (spec == null) {
            return Answer.refused(problems);
        }
        warnings = spec.warnings();
        Ec2Client ec2;
        try {
            ec2 = client == null ? access.client(metadata) : client;
        } catch (Ec2Access.NoCredentialsException e) {
            return Answer.noCredentials(id, String.valueOf(e.getMessage()));
        }
        client = ec2;
        return dryRun ? plan(multus(ec2), id, spec) : attach(multus(ec2), id, spec);
    }

    private Settings settings() {
        List<Source> all = new ArrayList<>(explicit);
        all.add(new Source("tags " + TAG_PREFIX + "…", metadata.tags(TAG_PREFIX)));
        return new Settings(all);
    }

    private Multus multus(Ec2Client ec2) {
        CallPolicy policy =
                CallPolicy.builder().clock(time.clock()).sleeper(time.sleeper()).build();
        return Multus.builder(AwsEc2Network.over(ec2, policy))
                .time(time.clock(), time.sleeper())
                .build();
    }

    private Answer attach(Multus multus, String id, NodeGroupSpec spec) {
        return Answer.of(multus.attach(id, spec, time.deadline()));
    }

    private Answer plan(Multus multus, String id, NodeGroupSpec spec) {
        try {
            return Answer.of(multus.plan(id, spec, time.deadline()));
        } catch (Ec2Exception e) {
            return Answer.unread(id, e);
        }
    }

    /** The source of each setting; empty before that is known. */
    Map<String, String> origins() {
        return settings == null ? Map.of() : settings.origins();
    }

    /** Suspicious settings that do not prevent a run; empty before they are known. */
    List<Problem> warnings() {
        return warnings;
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        metadata.close();
    }
}
