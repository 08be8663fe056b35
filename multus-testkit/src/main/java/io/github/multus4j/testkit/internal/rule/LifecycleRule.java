package io.github.multus4j.testkit.internal.rule;

/** Rules of EC2 Auto Scaling. */
public enum LifecycleRule implements ConformanceRule {
    LIFECYCLE_GROUP_UNKNOWN(Row.refusal(
            "ValidationError",
            "The Auto Scaling group must exist.",
            "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/CommonErrors.html")),
    LIFECYCLE_GROUP_EXISTS(Row.refusal(
            "AlreadyExists",
            "An Auto Scaling group's name is unique.",
            "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html")),
    LIFECYCLE_GROUP_SHOWN(Row.effect(
            "DescribeAutoScalingGroups shows a group with its instances and their lifecycle states, and leaves out unknown names.",
            "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html")),
    LIFECYCLE_PAGE_INVALID(Row.refusal(
                    "ValidationError",
                    "A page has at most 100 groups or 50 instances; a call names at most 50 instances, or as many groups as a page has, 50 by default.",
                    "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html")
            .withCodeDecided()),
    LIFECYCLE_HOOK_UNKNOWN(Row.refusal(
            "ValidationError",
            "The lifecycle hook must exist.",
            "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CompleteLifecycleAction.html")),
    LIFECYCLE_HOOK_INVALID(Row.refusal(
            "ValidationError",
            "A hook's transition, result and time-out (30 to 7200 s) must be valid.",
            "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html")),
    LIFECYCLE_HOOKS_OVER_LIMIT(Row.refusal(
            "LimitExceeded",
            "A group has at most 50 hooks.",
            "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutLifecycleHook.html")),
    LIFECYCLE_INSTANCE_INVALID(Row.refusal(
            "ValidationError",
            "An instance that is attached to a group is running, and in no group yet.",
            "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AttachInstances.html")),
    LIFECYCLE_OVER_MAX_SIZE(Row.refusal(
                    "ValidationError",
                    "Each attached instance raises the desired capacity, which stays within the maximum size.",
                    "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AttachInstances.html")
            .withCodeDecided()),
    LIFECYCLE_NO_ACTIVE_ACTION(Row.refusal(
            "ValidationError",
            "An action is completed, or kept alive, while it is active.",
            "https://github.com/convox/convox/issues/2432")),
    LIFECYCLE_RESULT_INVALID(Row.refusal(
            "ValidationError",
            "A result is CONTINUE or ABANDON.",
            "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CompleteLifecycleAction.html")),
    LIFECYCLE_ABANDON(Row.effect(
            "An abandoned launch terminates the instance.",
            "https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks-overview.html")),
    LIFECYCLE_TIMEOUT(Row.effect(
            "Without a heartbeat in time the hook's default result applies, ABANDON unless it says otherwise; 100 time-outs or 48 hours are the end in any case.",
            "https://docs.aws.amazon.com/autoscaling/ec2/userguide/lifecycle-hooks-overview.html"));

    // A record of values; only an annotation of Error Prone would tell.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Row row;

    LifecycleRule(Row row) {
        this.row = row;
    }

    @Override
    public Row row() {
        return row;
    }
}
