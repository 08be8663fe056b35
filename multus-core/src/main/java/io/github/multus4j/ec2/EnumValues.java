package io.github.multus4j.ec2;

import java.util.Locale;

/** EC2's values for the constants of an enum: {@code SHUTTING_DOWN} is {@code shutting-down}. */
final class EnumValues {

    private EnumValues() {}

    static String wordOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The constant with that value, or the other one: a future value of EC2 must not fail a reader
     * today.
     */
    static <E extends Enum<E>> E parse(E[] constants, String word, E otherwise) {
        for (E constant : constants) {
            if (wordOf(constant).equals(word)) {
                return constant;
            }
        }
        return otherwise;
    }
}
