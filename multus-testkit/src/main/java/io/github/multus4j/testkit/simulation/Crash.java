package io.github.multus4j.testkit.simulation;

/**
 * Ends a fiber of a crashed process, at any point. An error, because no code under test may catch
 * it and go on.
 */
final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    Crash() {
        super("the process has crashed", null, false, false);
    }
}
