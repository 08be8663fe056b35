package io.github.multus4j.examples.lambda;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.lifecycle.LifecycleEvent;
import io.github.multus4j.plan.AttachmentPlan;
import io.github.multus4j.plan.Plan;
import io.github.multus4j.plan.PlannedInterface;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answers of a dry run. */
final class PlanAnswer {

    private PlanAnswer() {}

    static Answer of(Plan plan) {
        if (plan instanceof Plan.Blocked blocked) {
            Map<String, Object> facts = facts("blocked", blocked.instanceId());
            facts.put(
                    "findings",
                    blocked.findings().stream()
                            .map(finding -> Map.of("code", finding.code().name(), "message", finding.message()))
                            .toList());
            return new Answer(true, plan.toString(), facts);
        } else if (plan instanceof Plan.NotForUs other) {
            Map<String, Object> facts = facts("not for us", other.instanceId());
            facts.put("reason", other.reason());
            return new Answer(false, plan.toString(), facts);
        }
        AttachmentPlan attachment = (AttachmentPlan) plan;
        Map<String, Object> facts = facts(attachment.isComplete() ? "complete" : "attach", attachment.instanceId());
        facts.put("zone", attachment.zone());
        facts.put(
                "interfaces",
                attachment.interfaces().stream().map(PlanAnswer::facts).toList());
        facts.put("warnings", attachment.warnings());
        return new Answer(false, plan.toString(), facts);
    }

    /** What is no launch would be skipped without a look. */
    static Answer notALaunch(LifecycleEvent message) {
        Map<String, Object> facts = facts("nothing", message.instanceId());
        facts.put("reason", message.description());
        return new Answer(false, "nothing to plan: " + message.description(), facts);
    }

    static Answer unread(LifecycleEvent message, Ec2Exception refusal) {
        Map<String, Object> facts = facts("unknown", message.instanceId());
        facts.put("cause", String.valueOf(refusal.getMessage()));
        facts.put("ec2Code", refusal.code());
        return new Answer(true, "failed " + message.instanceId() + ": " + refusal.getMessage(), facts);
    }

    private static Map<String, Object> facts(String plan, String instanceId) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("plan", plan);
        facts.put("instanceId", instanceId);
        return facts;
    }

    private static Map<String, Object> facts(PlannedInterface planned) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("deviceIndex", planned.deviceIndex());
        facts.put("networkCardIndex", planned.networkCardIndex());
        facts.put("subnetId", planned.subnet().id());
        if (planned.existing() != null) {
            facts.put("networkInterfaceId", planned.existing().id());
        } else if (planned.request() != null) {
            facts.put("securityGroupIds", planned.request().securityGroupIds());
            if (planned.request().ipv4Address() != null) {
                facts.put("address", planned.request().ipv4Address().toString());
            }
        }
        facts.put("steps", planned.steps().stream().map(Enum::name).toList());
        return facts;
    }
}
