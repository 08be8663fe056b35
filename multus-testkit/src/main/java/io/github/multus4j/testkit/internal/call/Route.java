package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.net.Cidr;

/**
 * A route that was added to a route table.
 *
 * @param destination its destination, in canonical form
 * @param target the id of an internet gateway or a network interface; it stays when the target is
 *     deleted
 */
public record Route(Cidr destination, String target) {

    public boolean isToInterface() {
        return target.startsWith("eni-");
    }
}
