package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.ec2.Instance;
import java.time.Instant;
import java.util.List;

/**
 * An instance as the API shows it.
 *
 * @param instance the core's noun
 * @param reservationId {@code r-…}, shared by the instances of one RunInstances call
 * @param imageId its AMI
 * @param subnetId the subnet of its primary interface; empty once it has none
 * @param launchTime the time of its launch
 * @param clientToken the token of its RunInstances call, empty if there was none
 * @param attributes those that have no part in its network
 * @param interfaces its interfaces, the primary one first
 */
public record InstanceItem(
        Instance instance,
        String reservationId,
        String imageId,
        String subnetId,
        Instant launchTime,
        String clientToken,
        InstanceAttributes attributes,
        List<InterfaceItem> interfaces) {

    public InstanceItem {
        interfaces = List.copyOf(interfaces);
    }
}
