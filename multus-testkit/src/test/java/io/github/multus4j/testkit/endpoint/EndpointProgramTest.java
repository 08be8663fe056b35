package io.github.multus4j.testkit.endpoint;

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
import org.junit.jupiter.params.provider.ValueSource;

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
                "--region nowhere  | --region needs a Region such as eu-central-1, not 'nowhere'",
                "--journal 0       | --journal needs a number from 1 to 99999999, not '0'",
                "--allow-host      | --allow-host needs a value",
                "--metadata-port x | --metadata-port needs a number from 0 to 65535, not 'x'",
                "--metadata-port 0 --instance i-x | --instance needs an id such as i-0123456789abcdef0, not 'i-x'",
                "--tags            | --tags and --instance need --metadata-port",
                "--instance i-0123456789abcdef0 | --tags and --instance need --metadata-port"
            })
    void badArguments_areExplained_withStatus2(String arguments, String message) {
        int status = run(arguments.split(" "));

        assertThat(status).isEqualTo(2);
        assertThat(text(err)).startsWith(message).contains("Usage:").doesNotContain("\tat ");
        assertThat(text(out)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "4577", "9999", "59999", "65535", "00080"})
    void ports_ofTheWholeRange_areRead(String port) {
        assertThat(EndpointOptions.read("--port", port).address().getPort()).isEqualTo(Integer.parseInt(port));
    }

    @Test
    void allOptions_areRead() {
        EndpointOptions options = EndpointOptions.read(
                ("--port 0 --host 127.0.0.1 --allow-host a.example --allow-host b.example --region eu-central-1"
                                + " --journal 7 --metadata-port 1338 --instance i-0123456789abcdef0 --tags")
                        .split(" "));

        assertThat(options.hostNames()).containsExactly("a.example", "b.example");
        assertThat(options.region()).isEqualTo("eu-central-1");
        assertThat(options.journal()).isEqualTo(7);
        assertThat(options.metadataAddress().getPort()).isEqualTo(1338);
        assertThat(options.instance()).isEqualTo("i-0123456789abcdef0");
        assertThat(options.showsTags()).isTrue();
    }

    @Test
    void defaults_haveNoMetadata_andABoundedJournal() {
        EndpointOptions options = EndpointOptions.read();

        assertThat(options.address()).hasToString("/127.0.0.1:4577");
        assertThat(options.hasMetadata()).isFalse();
        assertThat(options.journal()).isEqualTo(10_000);
    }

    @Test
    void help_isNoError() {
        assertThat(run("--help")).isZero();
        assertThat(text(out)).contains("--port", "--host", "--metadata-port");
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
