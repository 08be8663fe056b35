package io.github.multus4j.testkit.internal.metadata;

import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.internal.engine.Ec2Engine;
import io.github.multus4j.testkit.internal.engine.EngineAccess;
import java.util.Optional;

/** The metadata of an instance, without a token and without a connection. */
public final class MetadataTexts {

    private MetadataTexts() {}

    /** The text below {@code /latest/meta-data/}; empty if there is none. */
    public static String of(FakeEc2Network fake, String instanceId, String path) {
        Ec2Engine engine = EngineAccess.of(fake);
        synchronized (engine.world()) {
            engine.settle();
            return Optional.ofNullable(MetadataTree.of(engine.world(), instanceId, false, false)
                            .at("/latest/meta-data/" + path))
                    .orElse("");
        }
    }
}
