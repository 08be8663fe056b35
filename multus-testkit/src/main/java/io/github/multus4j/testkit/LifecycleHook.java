package io.github.multus4j.testkit;

import io.github.multus4j.lifecycle.LifecycleAction.Result;
import org.jspecify.annotations.Nullable;

/** A lifecycle hook. */
record LifecycleHook(
        String name,
        String transition,
        int heartbeatTimeout,
        Result defaultResult,
        @Nullable String metadata) {}
