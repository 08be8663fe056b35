package com.example.handler;

import java.util.Map;

/** Events as EC2 Auto Scaling sends them. */
final class Events {

    private Events() {}

    static Map<String, ?> launch(String instanceId, String group) {
        return Map.of(
                "source",
                "aws.autoscaling",
                "detail-type",
                "EC2 Instance-launch Lifecycle Action",
                "detail",
                Map.of(
                        "LifecycleActionToken", "87654321-4321-4321-4321-210987654321",
                        "AutoScalingGroupName", group,
                        "LifecycleHookName", "Launch-LC-Hook",
                        "EC2InstanceId", instanceId,
                        "LifecycleTransition", "autoscaling:EC2_INSTANCE_LAUNCHING"));
    }
}
