package io.github.multus4j.result;

/**
 * An interface that a failed run made and could not remove. It carries the owner tags, so a later run for the instance takes it up, and a
 * sweep finds it.
 *
 * @param networkInterfaceId {@code eni-…}, or in words what may exist if that is not known
 * @param why what kept it from being removed
 */
public record Leftover(String networkInterfaceId, String why) {

    /** What may have been made for a slot by a call that was never answered, and could not be seen since. */
    public static Leftover unseen(Slot slot, String why) {
        return new Leftover("an interface that may exist in " + slot.subnetId(), why);
    }

    @Override
    public String toString() {
        return networkInterfaceId + " (" + why + ")";
    }
}
