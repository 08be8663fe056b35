package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.lifecycle.LifecycleAction.Result;
import org.jspecify.annotations.Nullable;

/** A lifecycle hook. */
public record LifecycleHook(
        String name,
        String transition,
        int heartbeatTimeout,
        Result defaultResult,
        @Nullable String metadata) {}
