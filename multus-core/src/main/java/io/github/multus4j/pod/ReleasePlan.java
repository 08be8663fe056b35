package io.github.multus4j.pod;

import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.net.Cidr;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The addresses that are released now, and the memory for the next look.
 *
 * @param releases the addresses to release
 * @param memory the memory that the next call of {@link ReleasePlanner#plan} gets
 * @param reasons the reasons why addresses without a claim stay, for logs
 */
public record ReleasePlan(List<Release> releases, Memory memory, List<String> reasons) {

    public ReleasePlan {
        releases = List.copyOf(releases);
        reasons = List.copyOf(reasons);
    }

    /**
     * An address, or a prefix, that no living Pod claims.
     *
     * @param networkInterface the interface that has it
     * @param block the address, as a {@code /32} or {@code /128}, or the prefix
     */
    public record Release(NetworkInterface networkInterface, Cidr block) {

        @Override
        public String toString() {
            return block + " of " + networkInterface.id();
        }
    }

    /**
     * The observations of earlier looks. They end with the process: then a release comes one look
     * later.
     *
     * @param unclaimedSince the first look at which no Pod claimed the address
     * @param claimedOnce all blocks that a Pod claimed at an earlier look, and that an interface
     *     has
     */
    public record Memory(Map<Held, Instant> unclaimedSince, Set<Cidr> claimedOnce) {

        public Memory {
            unclaimedSince = Map.copyOf(unclaimedSince);
            claimedOnce = Set.copyOf(claimedOnce);
        }

        /** The memory of a process that has just started. */
        public static Memory empty() {
            return new Memory(Map.of(), Set.of());
        }
    }

    /**
     * An address of an interface.
     *
     * @param networkInterfaceId the interface
     * @param block the address or prefix
     */
    public record Held(String networkInterfaceId, Cidr block) {}
}
