package io.github.multus4j.internal.limits;

import java.util.regex.Pattern;

/** The forms of names that come from outside. */
public final class Names {

    /** An instance id. Wider than EC2's own, for the ids of emulators. */
    public static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9A-Za-z-]{1,64}");

    /** A LifecycleHookName, as the API reference of EC2 Auto Scaling has it. */
    public static final Pattern HOOK_NAME = Pattern.compile("[A-Za-z0-9\\-_/]{1,255}");

    private Names() {}
}
