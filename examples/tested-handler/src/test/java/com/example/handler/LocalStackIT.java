package com.example.handler;

import java.net.URI;
import java.util.Optional;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** The contract on LocalStack in a container. MULTUS_LOCALSTACK_IMAGE names another image. */
@Testcontainers(disabledWithoutDocker = true)
class LocalStackIT extends NodeHandlerContract {

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
}
