package io.github.multus4j.aws;

import io.github.multus4j.ec2.Deadline;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** A real SDK client, with the SDK's default retries, and prepared answers for it. */
abstract class CannedEc2 {

    final VirtualTime time = new VirtualTime();
    final Deadline deadline = time.in(Duration.ofMinutes(1));
    CannedEndpoint endpoint;
    Ec2Client client;
    AwsEc2Network ec2;

    @BeforeEach
    void start() {
        endpoint = new CannedEndpoint();
        client = endpoint.ec2Client();
        ec2 = AwsEc2Network.over(client, time.policy());
    }

    @AfterEach
    void stop() {
        client.close();
        endpoint.close();
    }

    static String group(String... ids) {
        StringBuilder groups = new StringBuilder("<securityGroupInfo>");
        for (String id : ids) {
            groups.append("<item><groupId>")
                    .append(id)
                    .append("</groupId><groupName>n</groupName><vpcId>vpc-1</vpcId></item>");
        }
        return groups.append("</securityGroupInfo>").toString();
    }
}
