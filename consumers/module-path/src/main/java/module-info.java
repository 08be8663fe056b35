/** A program of a user's: it requires each artifact, and nothing that they bring. */
module example.consumer {
    requires io.github.multus4j.aws;
    requires io.github.multus4j.core;
    requires io.github.multus4j.testkit;
}
