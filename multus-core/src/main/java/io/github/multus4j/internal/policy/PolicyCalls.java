package io.github.multus4j.internal.policy;

import java.util.function.Supplier;

/**
 * How the policies of a spec are asked. The policies of this library are asked directly; those of users may wait, so a run asks them on a
 * thread of their own.
 */
@FunctionalInterface
public interface PolicyCalls {

    /** Asks in the calling thread and waits for as long as it takes. */
    PolicyCalls DIRECT = new PolicyCalls() {
        @Override
        public <T> T ask(Supplier<String> subject, Supplier<T> question) {
            return question.get();
        }
    };

    /**
     * Asks one question.
     *
     * @param subject the policy and the question, for messages
     * @param question asks the policy and checks its answer
     * @return the answer
     * @throws PolicyException if the question failed with it, or there was no answer in time
     */
    <T> T ask(Supplier<String> subject, Supplier<T> question);
}
