/** A fake EC2 that is as strict as EC2, its HTTP endpoint, fault injection and contracts. */
module io.github.multus4j.testkit {
    exports io.github.multus4j.testkit;
    exports io.github.multus4j.testkit.contract;
    exports io.github.multus4j.testkit.endpoint;
    exports io.github.multus4j.testkit.simulation;
    // JUnit runs the contracts' nested classes, which are not public.
    opens io.github.multus4j.testkit.contract to
            org.junit.platform.commons;

    requires transitive io.github.multus4j.core;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;
    requires java.xml;
    requires jdk.httpserver;
}
