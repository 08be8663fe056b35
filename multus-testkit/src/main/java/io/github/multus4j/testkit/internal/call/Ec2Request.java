package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.testkit.Action;

/**
 * A call with its parameters: a record for each {@link Action}. Texts that may be malformed (ids,
 * addresses, CIDR blocks) are carried unchanged; the rules check them.
 *
 * @param <R> the answer
 */
public interface Ec2Request<R> {

    /** Found once for each type: the name of a request is that of its action. */
    ClassValue<Action> ACTIONS = new ClassValue<>() {
        @Override
        protected Action computeValue(Class<?> request) {
            return Action.of(request.getSimpleName()).orElseThrow();
        }
    };

    default Action action() {
        return ACTIONS.get(getClass());
    }
}
