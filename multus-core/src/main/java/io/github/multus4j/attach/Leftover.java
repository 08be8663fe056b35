package io.github.multus4j.attach;

/**
 * An interface that a failed run made and could not remove. It carries the owner tags, so a later run for the instance takes it up, and a
 * sweep finds it.
 *
 * @param networkInterfaceId {@code eni-…}
 * @param why what kept it from being removed
 */
public record Leftover(String networkInterfaceId, String why) {

    @Override
    public String toString() {
        return networkInterfaceId + " (" + why + ")";
    }
}
