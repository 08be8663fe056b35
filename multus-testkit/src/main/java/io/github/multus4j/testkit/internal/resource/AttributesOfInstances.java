package io.github.multus4j.testkit.internal.resource;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.InstanceType;
import io.github.multus4j.testkit.internal.call.InstanceAttributeRequests.DescribeInstanceAttribute;
import io.github.multus4j.testkit.internal.call.InstanceAttributeRequests.ModifyInstanceAttribute;
import io.github.multus4j.testkit.internal.call.InstanceAttributes;
import io.github.multus4j.testkit.internal.call.InstanceItem;
import io.github.multus4j.testkit.internal.rule.InstanceAttributeRule;
import io.github.multus4j.testkit.internal.rule.InterfaceRule;
import io.github.multus4j.testkit.internal.state.StoredInstance;
import io.github.multus4j.testkit.internal.state.StoredInterface;
import io.github.multus4j.testkit.internal.state.World;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules for attributes of instances. */
public final class AttributesOfInstances {

    private static final int MAXIMUM_USER_DATA = 16 * 1024;
    private static final Set<String> SHUTDOWN_BEHAVIORS = Set.of("stop", "terminate");

    private final World world;

    public AttributesOfInstances(World world) {
        this.world = world;
    }

    public InstanceItem describe(DescribeInstanceAttribute request) {
        return world.item(world.instances.require(request.instanceId()));
    }

    public Boolean modify(ModifyInstanceAttribute request) {
        StoredInstance instance = world.instances.require(request.instanceId());
        if (request.count() != 1) {
            throw InstanceAttributeRule.ATTRIBUTE_MANY.error(
                    request.count() == 0
                            ? "No attributes specified."
                            : "Fields for multiple attribute types specified: an instance has one attribute modified at a time.");
        }
        if (instance.state.isGoing()) {
            throw InstanceAttributeRule.ATTRIBUTE_TERMINATED.error(
                    "The instance '" + instance.id + "' is " + instance.state + ": its attributes cannot be modified.");
        }
        if (request.isOfInterface()) {
            modifyInterface(instance, request);
            return true;
        }
        if (request.needsStop() && instance.state != Instance.State.STOPPED) {
            throw InstanceAttributeRule.ATTRIBUTE_NEEDS_STOP.error(
                    "The instance '" + instance.id + "' is not in the 'stopped' state.");
        }
        if (request.instanceType() != null) {
            instance.type = type(instance, request.instanceType());
        } else {
            InstanceAttributes changed = changed(instance.attributes, request);
            check(changed);
            instance.attributes = changed;
        }
        return true;
    }

    private void modifyInterface(StoredInstance instance, ModifyInstanceAttribute request) {
        List<StoredInterface> interfaces = world.interfacesOf(instance.id);
        if (interfaces.size() > 1) {
            throw InstanceAttributeRule.ATTRIBUTE_OF_INTERFACES.error(
                    "There are multiple interfaces attached to instance '" + instance.id
                            + "'. Please specify an interface ID for the operation instead.");
        }
        StoredInterface primary = interfaces.get(0);
        if (request.sourceDestCheck() != null) {
            primary.sourceDestCheck = request.sourceDestCheck();
        }
        if (request.groups() != null) {
            primary.groupIds = SecurityGroups.check(world, primary.subnet, request.groups());
        }
    }

    private InstanceType type(StoredInstance instance, String name) {
        InstanceType type = world.types
                .find(name)
                .orElseThrow(() -> InstanceAttributeRule.ATTRIBUTE_TYPE_INVALID.error(
                        "Invalid value '" + name + "' for InstanceType."));
        int attached = world.interfacesOf(instance.id).size();
        if (attached > type.maximumNetworkInterfaces()) {
            throw InterfaceRule.ATTACH_OVER_TYPE_LIMIT.error(
                    "Interface count " + attached + " exceeds the limit for " + name);
        }
        return type;
    }

    private static InstanceAttributes changed(InstanceAttributes before, ModifyInstanceAttribute request) {
        if (request.userData() != null) {
            return before.withUserData(request.userData());
        }
        if (request.ebsOptimized() != null) {
            return before.withEbsOptimized(request.ebsOptimized());
        }
        if (request.disableApiTermination() != null) {
            return before.withDisableApiTermination(request.disableApiTermination());
        }
        if (request.disableApiStop() != null) {
            return before.withDisableApiStop(request.disableApiStop());
        }
        String behavior = request.instanceInitiatedShutdownBehavior();
        return behavior == null ? before : before.withShutdownBehavior(behavior);
    }

    /** Checks the attributes of a launch or a change. */
    static void check(InstanceAttributes attributes) {
        if (!SHUTDOWN_BEHAVIORS.contains(attributes.shutdownBehavior())) {
            throw InstanceAttributeRule.ATTRIBUTE_SHUTDOWN_INVALID.error("Value (" + attributes.shutdownBehavior()
                    + ") for parameter instanceInitiatedShutdownBehavior is invalid. Expecting stop or terminate.");
        }
        checkUserData(attributes.userData());
    }

    private static void checkUserData(@Nullable String userData) {
        if (userData == null) {
            return;
        }
        int length;
        try {
            length = Base64.getDecoder().decode(userData.replaceAll("\\s", "")).length;
        } catch (IllegalArgumentException e) {
            throw InstanceAttributeRule.USER_DATA_MALFORMED.error("Invalid BASE64 encoding of user data.");
        }
        if (length > MAXIMUM_USER_DATA) {
            throw InstanceAttributeRule.USER_DATA_TOO_LONG.error(
                    "User data is limited to " + MAXIMUM_USER_DATA + " bytes");
        }
    }
}
