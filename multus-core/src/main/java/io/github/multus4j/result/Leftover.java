package io.github.multus4j.result;

/**
 * An interface that a failed run made and could not remove. It carries the owner tags, so a later
 * run for the instance continues with it, and a sweep finds it.
 *
 * @param networkInterfaceId {@code eni-…}; if the id is not known, a description of the possible
 *     interface
 * @param why the reason why it was not removed
 */
public record Leftover(String networkInterfaceId, String why) {

    /**
     * A possible interface of a slot: the answer to its creation was lost, and no read has shown it
     * since.
     */
    public static Leftover unseen(Slot slot, String why) {
        return new Leftover("an interface that may exist in " + slot.subnetId(), why);
    }

    @Override
    public String toString() {
        return networkInterfaceId + " (" + why + ")";
    }
}
