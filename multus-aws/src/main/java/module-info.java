/** The ports of multus4j over the AWS SDK for Java 2.x. */
module io.github.multus4j.aws {
    exports io.github.multus4j.aws;

    requires transitive io.github.multus4j.core;
    requires transitive io.github.resilience4j.retry;
    requires transitive software.amazon.awssdk.services.autoscaling;
    requires transitive software.amazon.awssdk.services.ec2;
    requires com.fasterxml.jackson.core;
    requires io.github.resilience4j.core;
    requires org.slf4j;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.identity.spi;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.retries.api;
}
