package io.github.multus4j.internal.policy;

import java.util.function.Supplier;

/**
 * The way in which the policies of a spec are called. The policies of this library are called
 * directly. A user's policy may wait, so a run calls it on a separate thread.
 */
@FunctionalInterface
public interface PolicyCalls {

    /** Calls in the calling thread, without a time limit. */
    PolicyCalls DIRECT = new PolicyCalls() {
        @Override
        public <T> T ask(Supplier<String> subject, Supplier<T> question) {
            return question.get();
        }
    };

    /**
     * Calls one method of a policy.
     *
     * @param subject the policy and the method, for messages
     * @param question calls the policy and checks its result
     * @return the result
     * @throws PolicyException if the call failed with it, or there was no result in time
     */
    <T> T ask(Supplier<String> subject, Supplier<T> question);
}
