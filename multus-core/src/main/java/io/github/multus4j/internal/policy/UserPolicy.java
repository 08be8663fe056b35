package io.github.multus4j.internal.policy;

import io.github.multus4j.nodegroup.Problem;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A policy of the user: calls it, names it in messages, and turns its exceptions into a
 * {@link PolicyException}.
 */
final class UserPolicy<P> {

    private final String kind;
    private final P policy;
    private final PolicyCalls calls;

    /** Computed with the first call, since {@code toString} is the user's code, too. */
    private volatile String name;

    /**
     * A policy and the way to call it.
     *
     * @param kind its kind, such as "address allocation"
     */
    UserPolicy(String kind, P policy, PolicyCalls calls) {
        this.kind = kind;
        this.policy = policy;
        this.calls = calls;
        this.name = policy.getClass().getName();
    }

    /**
     * Calls the policy. Code that reads the result belongs inside: a user's list runs the user's
     * code.
     *
     * @param question the method, such as "next"
     * @param asking calls the policy, checks the result, and copies it
     */
    <T> T ask(String question, Function<P, T> asking) {
        return calls.ask(() -> kind + " " + name + ": " + question, () -> {
            try {
                name = describe();
                return asking.apply(policy);
            } catch (PolicyException e) {
                throw e;
            } catch (Throwable e) {
                // An Error of the user's code, such as a missing class, fails only this node.
                throw new PolicyException(
                        kind + " " + name + " threw in " + question + ": " + text(() -> e.toString(), e), e);
            }
        });
    }

    /** The failure for a wrong result. */
    PolicyException wrong(String question, String answer, String problem) {
        return new PolicyException(
                kind + " " + name + " answered " + question + " with " + Problem.printable(answer) + ": " + problem,
                null);
    }

    private String describe() {
        String text = text(policy::toString, policy);
        String className = policy.getClass().getName();
        return text.contains(className) ? text : "'" + text + "' (" + className + ")";
    }

    /** A text of the user's code: the class name if there is none. */
    private static String text(Supplier<String> text, Object owner) {
        try {
            String made = text.get();
            return made == null || made.isBlank() ? owner.getClass().getName() : Problem.printable(made);
        } catch (RuntimeException | Error e) {
            return owner.getClass().getName();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
