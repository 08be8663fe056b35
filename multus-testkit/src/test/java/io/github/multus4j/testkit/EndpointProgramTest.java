package io.github.multus4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointProgramTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--colour red      | unknown argument --colour",
                "--port            | --port needs a value",
                "--port eighty     | --port needs a number from 0 to 65535, not 'eighty'",
                "--port 65536      | --port needs a number from 0 to 65535, not '65536'",
                "--port -1         | --port needs a number from 0 to 65535, not '-1'",
                "--host [::1       | --host: there is no host '[::1'",
                "--region nowhere  | --region needs a Region such as eu-central-1, not 'nowhere'"
            })
    void badArguments_areExplained_withStatus2(String arguments, String message) {
        int status = run(arguments.split(" "));

        assertThat(status).isEqualTo(2);
        assertThat(text(err)).startsWith(message).contains("Usage:").doesNotContain("\tat ");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void help_isNoError() {
        assertThat(run("--help")).isZero();
        assertThat(text(out)).contains("--port").contains("--host");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void portTaken_isOneLine_withStatus1() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int status = run("--port", String.valueOf(taken.getLocalPort()));

            assertThat(status).isEqualTo(1);
            assertThat(text(err).lines()).singleElement().asString().contains("cannot listen on");
        }
    }

    private int run(String... arguments) {
        return EndpointProgram.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
