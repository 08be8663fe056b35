package io.github.multus4j.testkit.internal.engine;

import io.github.multus4j.ec2.Ec2Network;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives the endpoints access to the engine of a fake, without a public method for users. */
public final class EngineAccess {

    private static volatile @Nullable Function<Ec2Network, Ec2Engine> reader;

    private EngineAccess() {}

    /** Called once, when the class of the fake is initialized. */
    public static void open(Function<Ec2Network, Ec2Engine> engineOfFake) {
        reader = engineOfFake;
    }

    /** The engine of a fake. */
    public static Ec2Engine of(Ec2Network fake) {
        Function<Ec2Network, Ec2Engine> known = reader;
        if (known == null) {
            throw new IllegalStateException("there is no fake yet");
        }
        return known.apply(fake);
    }
}
