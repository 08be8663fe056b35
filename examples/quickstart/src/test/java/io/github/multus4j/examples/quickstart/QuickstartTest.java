package io.github.multus4j.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickstartTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        Screen screen = new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), false, false);
        return Quickstart.run(screen, new PrintStream(err, true, StandardCharsets.UTF_8), arguments);
    }

    @Test
    void run_withoutArguments_showsTheNodesOfAFake() {
        assertThat(run()).as(err.toString(StandardCharsets.UTF_8)).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("index 1 in signalling-a  10.0.4.4")
                .containsPattern("node-1 i-[0-9a-f]+ in us-east-1a: attached")
                .containsPattern(" 1 +eni-[0-9a-f]+ +([0-9a-f]{2}:){5}[0-9a-f]{2} +signalling-a +10\\.0\\.4\\.4\\b")
                .containsPattern(
                        " 2 +eni-[0-9a-f]+ +([0-9a-f]{2}:){5}[0-9a-f]{2} +media-a +10\\.0\\.6\\.4 +[0-9a-f:]+::4\\b")
                .containsPattern("web-1 i-[0-9a-f]+ in us-east-1b: skipped: ")
                .contains("complete: nothing to do")
                .as("the second node's address jumps over the appliance's")
                .contains("xxxx#o#. ........ ........ ........ ........ ........ ........ .......x")
                .contains("xxxx##.. ........ ........ ........ -------- -------- -------- -------x")
                .as("no colours where there is no terminal")
                .doesNotContain("\u001b");
    }

    @Test
    void run_endpoint_leavesNothingBehind() {
        FakeEc2Network ec2 = FakeEc2Network.strict(Clock.systemUTC(), Sleeper.SYSTEM);
        try (Ec2Endpoint endpoint = Ec2Endpoint.start(ec2)) {
            assertThat(run("--endpoint", endpoint.url().toString()))
                    .as(err.toString(StandardCharsets.UTF_8))
                    .isZero();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("complete: nothing to do", "Removed the VPC");
        assertThat(ec2.interfaces()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ec2.us-east-1.amazonaws.com",
                "https://ec2.cn-north-1.amazonaws.com.cn./",
                "https://EC2.eu-west-1.API.AWS",
                "ftp://127.0.0.1",
                "somewhere",
            })
    void run_urlOfNoEmulator_isRefused(String url) {
        assertThat(run("--endpoint", url)).isEqualTo(Quickstart.BAD_INPUT);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("quickstart: --endpoint: '" + url + "'");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
