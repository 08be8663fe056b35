package io.github.multus4j.testkit;

/**
 * A call with its parameters: a record for each {@link Action}. Texts that may be malformed (ids, addresses, CIDR blocks) are carried as
 * they came; the rules say what is wrong with them.
 *
 * @param <R> the answer
 */
interface Ec2Request<R> {

    Action action();

    /** Applies the call's rules and effect. Runs with the engine's lock held. */
    R on(Ec2Engine ec2);
}
