package io.github.multus4j.testkit.internal.engine;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A fault of some calls of an action, counted from its plan on.
 *
 * @param first the number of the first call that it hits, from 1
 * @param last the number of the last one
 * @param delay the time that passes before the call takes effect
 * @param before runs just before the call takes effect
 * @param refusal the error instead of an effect; null if the call takes effect
 * @param afterEffect the error that hides the effect; null if the answer comes
 */
public record PlannedFault(
        Action action,
        int first,
        int last,
        Duration delay,
        Runnable before,
        @Nullable Ec2Error refusal,
        @Nullable RuntimeException afterEffect) {}
