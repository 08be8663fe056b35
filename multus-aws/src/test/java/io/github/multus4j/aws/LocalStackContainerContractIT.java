package io.github.multus4j.aws;

import io.github.multus4j.testkit.contract.Capability;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The contract on LocalStack in a container, where an engine answers. The image is the last public
 * one that needs no account, or the one that the environment variable
 * {@code MULTUS_LOCALSTACK_IMAGE} names.
 */
@Testcontainers(disabledWithoutDocker = true)
class LocalStackContainerContractIT extends SdkContract {

    // The constructor asks for an engine: without one, this class is disabled before it is
    // initialized.
    @Container
    private static final LocalStackContainer LOCALSTACK = new LocalStackContainer(
                    DockerImageName.parse(Optional.ofNullable(System.getenv("MULTUS_LOCALSTACK_IMAGE"))
                                    .orElse("localstack/localstack:4.14.0"))
                            .asCompatibleSubstituteFor("localstack/localstack"))
            .withServices("ec2");

    @Override
    URI endpoint() {
        return LOCALSTACK.getEndpoint();
    }

    @Override
    protected Set<Capability> capabilities() {
        return EmulatorCapabilities.LOCALSTACK;
    }
}
