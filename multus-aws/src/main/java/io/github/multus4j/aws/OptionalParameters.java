package io.github.multus4j.aws;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Request parameters that a call can do without where EC2 does not know them, as in an older or
 * isolated Region, or in an emulator. A call that is refused for one of them is made again without
 * it, and so are all later calls of that action. A parameter is never optional if its absence would
 * change the result. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html">UnknownParameter</a>
 */
final class OptionalParameters {

    private static final String UNKNOWN = "UnknownParameter";
    private static final Pattern UNKNOWN_PARAMETER_MESSAGE = Pattern.compile(
            "not recogni[sz]ed|unrecogni[sz]ed|unknown|not known|unsupported|not supported|unexpected",
            Pattern.CASE_INSENSITIVE);

    private final Set<String> left = ConcurrentHashMap.newKeySet();
    private final Logger log;

    OptionalParameters() {
        this(LoggerFactory.getLogger(OptionalParameters.class));
    }

    OptionalParameters(Logger log) {
        this.log = log;
    }

    /** Whether that parameter is sent with that action. The request asks it for each attempt. */
    boolean isSent(String action, String parameter) {
        return !left.contains(action + "." + parameter);
    }

    /**
     * Makes the call, again without each parameter that turns out to be unknown.
     *
     * @param optional the parameters that the call can do without
     */
    <T> T call(String action, List<String> optional, Supplier<T> call) {
        while (true) {
            List<String> sent =
                    optional.stream().filter(it -> isSent(action, it)).toList();
            try {
                return call.get();
            } catch (Ec2Exception e) {
                Optional<String> unknown = unknown(e, sent);
                if (unknown.isEmpty()) {
                    throw e;
                }
                leaveOut(action, unknown.get(), e);
            }
        }
    }

    private void leaveOut(String action, String parameter, Ec2Exception e) {
        if (left.add(action + "." + parameter)) {
            log.warn(
                    "action={} parameter={} is not known to this endpoint; the call is made without it from now on: {}",
                    action,
                    parameter,
                    e.getMessage());
        }
    }

    /**
     * Other codes than EC2's own count only with words that leave no doubt: a wrong value is not an
     * unknown parameter.
     */
    private static Optional<String> unknown(Ec2Exception e, List<String> sent) {
        if (e.kind() != Kind.INVALID) {
            return Optional.empty();
        }
        String message = String.valueOf(e.getMessage());
        boolean isUnknownParameter = e.code().equals(UNKNOWN)
                || UNKNOWN_PARAMETER_MESSAGE.matcher(message).find();
        return isUnknownParameter
                ? sent.stream().filter(it -> names(message, it)).findFirst()
                : Optional.empty();
    }

    private static boolean names(String message, String parameter) {
        return Pattern.compile("\\b" + Pattern.quote(parameter) + "\\b", Pattern.CASE_INSENSITIVE)
                .matcher(message)
                .find();
    }
}
