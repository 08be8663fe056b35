package io.github.multus4j.testkit.simulation;

import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Ec2Network.Filter;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.nodegroup.OwnerTags;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** EC2's nouns in a trace: the facts that explain a run's decisions. */
final class Summary {

    private Summary() {}

    static String text(@Nullable Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().map(Summary::text).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof Optional<?> optional) {
            return optional.map(Summary::text).orElse("none");
        } else if (value instanceof Filter filter) {
            return filter.name() + "=" + String.join("|", filter.values());
        } else if (value instanceof NetworkInterface i) {
            return i.id() + " " + i.primaryAddress().map(Object::toString).orElse("") + " " + place(i.attachment())
                    + (i.tags().containsKey(OwnerTags.INSTANCE_ID) ? "" : " (not ours)");
        } else if (value instanceof Instance instance) {
            return instance.id() + " " + instance.state() + " "
                    + instance.attachments().stream().map(Summary::place).toList();
        } else if (value instanceof Subnet subnet) {
            return subnet.id() + " " + subnet.cidrs();
        } else if (value instanceof NewNetworkInterface request) {
            return request.subnetId() + " " + (request.ipv4Address() == null ? "any" : request.ipv4Address()) + " "
                    + request.ipv6Addresses() + " token "
                    + request.clientToken()
                            .substring(0, Math.min(8, request.clientToken().length()));
        }
        return String.valueOf(value);
    }

    private static String place(@Nullable Attachment attachment) {
        return attachment == null
                ? "detached"
                : attachment.status() + " at " + attachment.deviceIndex() + " of " + attachment.instanceId()
                        + (attachment.deleteOnTermination() ? "" : " (stays)");
    }
}
