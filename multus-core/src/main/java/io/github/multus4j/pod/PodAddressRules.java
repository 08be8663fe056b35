package io.github.multus4j.pod;

import io.github.multus4j.internal.limits.Timing;
import io.github.multus4j.net.Cidr;
import java.time.Duration;
import java.util.List;

/**
 * The user's settings for the addresses of Pods.
 *
 * @param podRanges the ranges of the Pods. The {@code explicit} CIDR reservations of a subnet count
 *     as such, too. Without any in a subnet and a family, all its addresses are for Pods
 * @param refuseOthers whether a claim outside these ranges is refused; else it is a warning
 * @param cooling the time for which an address has to be without a Pod before it is released
 */
public record PodAddressRules(List<Cidr> podRanges, boolean refuseOthers, Duration cooling) {

    public PodAddressRules {
        podRanges = List.copyOf(podRanges);
    }

    /** The CIDR reservations alone; a claim outside of them is a warning; 30 seconds. */
    public static PodAddressRules ofDefaults() {
        return new PodAddressRules(List.of(), false, Timing.ADDRESS_COOLING);
    }
}
