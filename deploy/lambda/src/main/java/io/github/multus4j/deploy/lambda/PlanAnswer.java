package io.github.multus4j.deploy.lambda;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.lifecycle.LifecycleEvent;
import io.github.multus4j.result.Plan;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answers of a dry run. */
final class PlanAnswer {

    private PlanAnswer() {}

    static Answer of(Plan plan) {
        return new Answer(plan instanceof Plan.Blocked, plan.toString(), plan.toMap(), Map.of());
    }

    /** A message that is no launch would be skipped without a call to EC2. */
    static Answer notALaunch(LifecycleEvent message) {
        Map<String, Object> facts = facts("nothing", message.instanceId());
        facts.put("reason", message.description());
        return new Answer(false, "nothing to plan: " + message.description(), facts, Map.of());
    }

    static Answer unread(LifecycleEvent message, Ec2Exception refusal) {
        Map<String, Object> facts = facts("unknown", message.instanceId());
        facts.put("cause", String.valueOf(refusal.getMessage()));
        facts.put("ec2Code", refusal.code());
        return new Answer(true, "failed " + message.instanceId() + ": " + refusal.getMessage(), facts, Map.of());
    }

    private static Map<String, Object> facts(String plan, String instanceId) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("plan", plan);
        facts.put("instanceId", instanceId);
        return facts;
    }
}
