package io.github.multus4j.nodegroup;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The choice of an interface's addresses, in both families: by EC2, or by an
 * {@link AddressAllocation}. Immutable.
 */
public final class Addressing {

    private final @Nullable AddressAllocation allocation;

    private Addressing(@Nullable AddressAllocation allocation) {
        this.allocation = allocation;
    }

    /** The lowest free address of the subnet, outside of its CIDR reservations. */
    public static Addressing lowestFree() {
        return allocatedBy(AddressAllocation.lowestFree());
    }

    /** EC2 chooses; it leaves out the subnet's CIDR reservations. */
    public static Addressing chosenByEc2() {
        return new Addressing(null);
    }

    /** The lowest free address inside the CIDR reservation of that id or description. */
    public static Addressing fromReservation(String idOrDescription) {
        return allocatedBy(AddressAllocation.fromReservation(idOrDescription));
    }

    /** The choice of a custom allocation. */
    public static Addressing allocatedBy(AddressAllocation allocation) {
        return new Addressing(allocation);
    }

    /** The allocation; empty if EC2 chooses. */
    public Optional<AddressAllocation> allocation() {
        return Optional.ofNullable(allocation);
    }

    @Override
    public String toString() {
        return allocation == null ? "chosen by EC2" : allocation.toString();
    }
}
