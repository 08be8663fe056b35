package io.github.multus4j.internal.pod;

import io.github.multus4j.ec2.Ec2Exception;
import java.util.function.Supplier;

/** A read that is only a precaution: without the permission for it, plans go without its answer. */
final class Precaution {

    private Precaution() {}

    /** The answer; the other value if the call is denied. */
    static <T> T read(Supplier<T> call, T without) {
        try {
            return call.get();
        } catch (Ec2Exception e) {
            if (e.kind() != Ec2Exception.Kind.DENIED) {
                throw e;
            }
            return without;
        }
    }
}
