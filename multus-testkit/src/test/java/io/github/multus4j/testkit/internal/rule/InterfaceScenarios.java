package io.github.multus4j.testkit.internal.rule;

import io.github.multus4j.testkit.Stage;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.ModifyNetworkInterfaceAttribute;
import io.github.multus4j.testkit.internal.rule.Scenarios.Scenario;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Scenarios for {@link InterfaceRule}. */
final class InterfaceScenarios {

    private InterfaceScenarios() {}

    static Map<InterfaceRule, Scenario> all() {
        Map<InterfaceRule, Scenario> all = new EnumMap<>(InterfaceRule.class);
        all.put(InterfaceRule.INTERFACE_ID_MALFORMED, s -> delete(s, "eni-xyz"));
        all.put(InterfaceRule.INTERFACE_UNKNOWN, s -> delete(s, "eni-" + Stage.NONE));
        all.put(InterfaceRule.INTERFACES_OVER_LIMIT, s -> {
            s.fake().behaviour().networkInterfaceLimit(0);
            return s.create(s.subnet());
        });
        all.put(
                InterfaceRule.INTERFACE_DESCRIPTION_TOO_LONG,
                s -> s.create(s.subnet(), "Description", "d".repeat(256)));
        all.put(InterfaceRule.INTERFACE_TYPE_UNKNOWN, s -> s.create(s.subnet(), "InterfaceType", "nonsense"));
        all.put(
                InterfaceRule.EFA_ONLY_ADDRESSES,
                s -> s.create(s.subnet(), "InterfaceType", "efa-only", "PrivateIpAddress", "10.0.4.10"));
        all.put(InterfaceRule.INTERFACE_MAC, s -> {
            String mac =
                    s.must("CreateNetworkInterface", "SubnetId", s.subnet()).text("macAddress");
            return Seen.effect(mac.matches("[0-9a-f][02468ace](:[0-9a-f]{2}){5}"));
        });
        all.put(InterfaceRule.INTERFACE_MANAGED, s -> {
            String subnet = s.subnet();
            return delete(s, s.fake().occupyManaged(s.look(subnet), "10.0.4.10").id());
        });
        all.put(InterfaceRule.INTERFACE_MANAGED_HIDDEN, s -> {
            String subnet = s.subnet();
            s.fake().occupyManaged(s.look(subnet), "10.0.4.10");
            String[] ofSubnet = {"Filter.1.Name", "subnet-id", "Filter.1.Value.1", subnet};
            List<String> plain = s.must("DescribeNetworkInterfaces", ofSubnet).texts("networkInterfaceId");
            String[] withManaged = Stage.join(ofSubnet, "IncludeManagedResources", "true");
            List<String> including =
                    s.must("DescribeNetworkInterfaces", withManaged).texts("networkInterfaceId");
            return Seen.effect(plain.isEmpty() && including.size() == 1);
        });
        all.put(InterfaceRule.ATTACHMENT_ID_MALFORMED, s -> detach(s, "attachment-1"));
        all.put(InterfaceRule.ATTACHMENT_UNKNOWN, s -> detach(s, "eni-attach-" + Stage.NONE));
        attaching(all);
        releasing(all);
        return all;
    }

    private static void attaching(Map<InterfaceRule, Scenario> all) {
        all.put(InterfaceRule.ATTACH_INDEX_TAKEN, s -> {
            String subnet = s.subnet();
            String instance = s.instance(subnet);
            s.attached(s.eni(subnet), instance, 1);
            return s.attach(s.eni(subnet), instance, 1);
        });
        all.put(InterfaceRule.ATTACH_INDEX_NEGATIVE, s -> {
            String subnet = s.subnet();
            return s.attach(s.eni(subnet), s.instance(subnet), -1);
        });
        all.put(InterfaceRule.ATTACH_ALREADY_ATTACHED, s -> {
            String subnet = s.subnet();
            String eni = s.eni(subnet);
            s.attached(eni, s.instance(subnet), 1);
            return s.attach(eni, s.instance(subnet), 1);
        });
        all.put(InterfaceRule.ATTACH_OTHER_ZONE, s -> {
            String elsewhere = s.subnet("10.0.5.0/24", Stage.OTHER_ZONE);
            return s.attach(s.eni(elsewhere), s.instance(s.subnet()), 1);
        });
        all.put(InterfaceRule.ATTACH_OVER_TYPE_LIMIT, s -> {
            String subnet = s.subnet();
            String instance = s.instance(subnet);
            s.attached(s.eni(subnet), instance, 1);
            s.attached(s.eni(subnet), instance, 2);
            return s.attach(s.eni(subnet), instance, 3);
        });
        all.put(InterfaceRule.ATTACH_OVER_CARD_LIMIT, s -> {
            String subnet = s.subnet();
            String instance = s.instance(subnet, "c6in.32xlarge"); // two cards of eight
            for (int index = 1; index < 8; index++) {
                s.attached(s.eni(subnet), instance, index);
            }
            return s.attach(s.eni(subnet), instance, 8);
        });
        all.put(InterfaceRule.ATTACH_UNKNOWN_CARD, s -> {
            String subnet = s.subnet();
            return s.attach(s.eni(subnet), s.instance(subnet), 1, "NetworkCardIndex", "1");
        });
        all.put(InterfaceRule.ATTACH_OVER_ADDRESS_LIMIT, s -> {
            String subnet = s.subnet();
            String eni = s.eni(subnet, "SecondaryPrivateIpAddressCount", "10");
            return s.attach(eni, s.instance(subnet), 1);
        });
        all.put(InterfaceRule.ATTACH_IPV6_UNSUPPORTED, s -> {
            String subnet = s.dualStackSubnet();
            String eni = s.eni(subnet, "Ipv6AddressCount", "1");
            return s.attach(eni, s.instance(subnet, "t1.micro"), 1);
        });
        all.put(InterfaceRule.ATTACH_INSTANCE_NOT_READY, s -> {
            String subnet = s.subnet();
            String instance = s.instance(subnet);
            s.must("TerminateInstances", "InstanceId.1", instance);
            return s.attach(s.eni(subnet), instance, 1);
        });
        all.put(InterfaceRule.ATTACH_DELETES_NOT, s -> {
            String subnet = s.subnet();
            String eni = s.eni(subnet);
            String attachment = s.attached(eni, s.instance(subnet), 1);
            boolean off = deleteOnTermination(s, eni).equals("false");
            modifyDeleteOnTermination(s, eni, attachment);
            return Seen.effect(off && deleteOnTermination(s, eni).equals("true"));
        });
    }

    private static void releasing(Map<InterfaceRule, Scenario> all) {
        all.put(InterfaceRule.DETACH_PRIMARY, s -> {
            String instance = s.instance(s.subnet());
            return detach(
                    s, s.must("DescribeInstances", "InstanceId.1", instance).text("attachmentId"));
        });
        all.put(InterfaceRule.DETACH_CHANGING, s -> {
            s.fake().behaviour().detachingTakes(Duration.ofSeconds(10));
            String subnet = s.subnet();
            String attachment = s.attached(s.eni(subnet), s.instance(subnet), 1);
            s.must("DetachNetworkInterface", "AttachmentId", attachment);
            return detach(s, attachment);
        });
        all.put(InterfaceRule.DELETE_IN_USE, s -> {
            String subnet = s.subnet();
            String eni = s.eni(subnet);
            s.attached(eni, s.instance(subnet), 1);
            return delete(s, eni);
        });
        all.put(
                InterfaceRule.MODIFY_MANY_ATTRIBUTES,
                s -> modify(s, s.eni(s.subnet()), "Description.Value", "new", "SourceDestCheck.Value", "false"));
        all.put(InterfaceRule.MODIFY_ATTACHMENT_ID_MISSING, s -> {
            String subnet = s.subnet();
            String eni = s.eni(subnet);
            s.attached(eni, s.instance(subnet), 1);
            return modify(s, eni, "Attachment.DeleteOnTermination", "true");
        });
        all.put(InterfaceRule.MODIFY_ATTACHMENT_OF_OTHER, s -> {
            String subnet = s.subnet();
            String instance = s.instance(subnet);
            String eni = s.eni(subnet);
            s.attached(eni, instance, 1);
            String other = s.attached(s.eni(subnet), instance, 2);
            return modify(s, eni, "Attachment.AttachmentId", other, "Attachment.DeleteOnTermination", "true");
        });
        // The wire has no form for an empty list.
        all.put(
                InterfaceRule.MODIFY_NO_GROUPS,
                s -> s.direct(new ModifyNetworkInterfaceAttribute(s.eni(s.subnet()), null, List.of(), null, null)));
    }

    private static Seen delete(Stage s, String eni) {
        return s.call("DeleteNetworkInterface", "NetworkInterfaceId", eni);
    }

    private static Seen detach(Stage s, String attachment) {
        return s.call("DetachNetworkInterface", "AttachmentId", attachment);
    }

    private static Seen modify(Stage s, String eni, String... changes) {
        return s.call("ModifyNetworkInterfaceAttribute", Stage.join(changes, "NetworkInterfaceId", eni));
    }

    static void modifyDeleteOnTermination(Stage s, String eni, String attachment) {
        s.must(
                "ModifyNetworkInterfaceAttribute",
                "NetworkInterfaceId",
                eni,
                "Attachment.AttachmentId",
                attachment,
                "Attachment.DeleteOnTermination",
                "true");
    }

    private static String deleteOnTermination(Stage s, String eni) {
        return s.must("DescribeNetworkInterfaces", "NetworkInterfaceId.1", eni).text("deleteOnTermination");
    }
}
