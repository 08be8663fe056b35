/** All decisions of multus4j, on the JDK alone; the outside world comes in through ports. */
module io.github.multus4j.core {
    exports io.github.multus4j;
    exports io.github.multus4j.ec2;
    exports io.github.multus4j.lifecycle;
    exports io.github.multus4j.net;
    exports io.github.multus4j.nodegroup;
    exports io.github.multus4j.pod;
    exports io.github.multus4j.result;

    requires static transitive org.jspecify;
}
