package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.InstanceAttributeRequests.DescribeInstanceAttribute;
import io.github.multus4j.testkit.internal.call.InstanceAttributeRequests.ModifyInstanceAttribute;
import io.github.multus4j.testkit.internal.call.InstanceAttributes;
import io.github.multus4j.testkit.internal.call.InstanceItem;
import io.github.multus4j.testkit.internal.call.WireError;
import io.github.multus4j.testkit.internal.query.WireAction.Call;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The actions on attributes of instances, and the attributes of a launch. */
final class InstanceAttributeActions {

    private static final Set<String> MODELLED = Set.of(
            "instanceType",
            "userData",
            "disableApiTermination",
            "disableApiStop",
            "instanceInitiatedShutdownBehavior",
            "ebsOptimized",
            "sourceDestCheck",
            "groupSet");
    private static final Set<String> NOT_MODELLED = Set.of(
            "kernel",
            "ramdisk",
            "rootDeviceName",
            "blockDeviceMapping",
            "productCodes",
            "sriovNetSupport",
            "enaSupport",
            "nvmeSupport",
            "enclaveOptions");

    private InstanceAttributeActions() {}

    static Map<Action, WireAction> all() {
        return Map.of(
                Action.DESCRIBE_INSTANCE_ATTRIBUTE, InstanceAttributeActions::describe,
                Action.MODIFY_INSTANCE_ATTRIBUTE, InstanceAttributeActions::modify);
    }

    /** The attributes in a call of RunInstances. */
    static InstanceAttributes ofLaunch(QueryRequest p) {
        InstanceAttributes defaults = InstanceAttributes.DEFAULTS;
        return new InstanceAttributes(
                        p.flag("DisableApiTermination", defaults.disableApiTermination()),
                        p.flag("DisableApiStop", defaults.disableApiStop()),
                        p.text("InstanceInitiatedShutdownBehavior", defaults.shutdownBehavior()),
                        p.flag("EbsOptimized", defaults.ebsOptimized()),
                        null)
                .withUserData(p.text("UserData", ""));
    }

    private static Call<InstanceItem> describe(QueryRequest p) {
        String id = p.required("InstanceId");
        String attribute = p.required("Attribute");
        checkName(p, attribute, Action.DESCRIBE_INSTANCE_ATTRIBUTE);
        return new Call<>(new DescribeInstanceAttribute(id, attribute), (xml, item) -> {
            xml.text("instanceId", id);
            write(xml, attribute, item);
        });
    }

    private static void checkName(QueryRequest p, String attribute, Action action) {
        if (NOT_MODELLED.contains(attribute)) {
            throw WireError.notModelled("the attribute '" + attribute + "' of " + action);
        }
        if (!MODELLED.contains(attribute)) {
            throw p.invalid("Attribute", attribute, "Unknown attribute.");
        }
    }

    private static void write(Xml xml, String attribute, InstanceItem item) {
        if (attribute.equals("groupSet")) {
            InterfaceXml.groups(
                    xml,
                    item.interfaces().isEmpty()
                            ? List.of()
                            : item.interfaces().get(0).groups());
            return;
        }
        xml.element(attribute, value -> value.text("value", value(attribute, item)));
    }

    private static @Nullable Object value(String attribute, InstanceItem item) {
        InstanceAttributes attributes = item.attributes();
        return switch (attribute) {
            case "instanceType" -> item.instance().type();
            case "userData" -> attributes.userData();
            case "disableApiTermination" -> attributes.disableApiTermination();
            case "disableApiStop" -> attributes.disableApiStop();
            case "instanceInitiatedShutdownBehavior" -> attributes.shutdownBehavior();
            case "ebsOptimized" -> attributes.ebsOptimized();
            default ->
                item.interfaces().isEmpty()
                        ? null
                        : item.interfaces().get(0).networkInterface().sourceDestCheck();
        };
    }

    private static Call<Boolean> modify(QueryRequest p) {
        Named named = Named.read(p);
        return WireAction.yesOrNo(new ModifyInstanceAttribute(
                p.required("InstanceId"),
                named.flag("sourceDestCheck", "SourceDestCheck"),
                p.has("GroupId") ? p.texts("GroupId") : null,
                named.text("instanceType", "InstanceType"),
                named.text("userData", "UserData"),
                named.flag("ebsOptimized", "EbsOptimized"),
                named.flag("disableApiTermination", "DisableApiTermination"),
                named.flag("disableApiStop", "DisableApiStop"),
                named.text("instanceInitiatedShutdownBehavior", "InstanceInitiatedShutdownBehavior")));
    }

    /** EC2 takes an attribute as a parameter of its own, or as the pair of Attribute and Value. */
    private record Named(QueryRequest p, @Nullable String attribute) {

        static Named read(QueryRequest p) {
            String attribute = p.text("Attribute");
            if (attribute != null) {
                checkName(p, attribute, Action.MODIFY_INSTANCE_ATTRIBUTE);
            }
            return new Named(p, attribute);
        }

        private String name(String attributeName, String parameter) {
            boolean pair = attributeName.equals(attribute) && p.has("Value");
            return pair ? "Value" : parameter + ".Value";
        }

        @Nullable
        String text(String attributeName, String parameter) {
            return p.text(name(attributeName, parameter));
        }

        @Nullable
        Boolean flag(String attributeName, String parameter) {
            return p.flag(name(attributeName, parameter));
        }
    }
}
