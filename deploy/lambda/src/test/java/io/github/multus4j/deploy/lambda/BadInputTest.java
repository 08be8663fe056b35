package io.github.multus4j.deploy.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.lifecycle.LifecycleAction;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A user's mistake: one line for each, with its place and the wrong value; no stack trace, no call
 * to EC2.
 */
class BadInputTest {

    private final FakeStage stage = new FakeStage();
    private String good;

    @BeforeEach
    void launch() {
        LifecycleAction action = stage.waiting(stage.node());
        good = stage.launchEvent(action);
    }

    @AfterEach
    void nothingWasAsked() {
        stage.close();
        assertThat(stage.ec2.journal().entries()).isEmpty();
        assertThat(stage.log).isEmpty();
    }

    static Stream<Arguments> badEvents() {
        return Stream.of(
                Arguments.of("", "event: ''"),
                Arguments.of("{", "event: not readable JSON: line 1"),
                Arguments.of("[]", "event: '[]': expected a JSON object, or an array with an event in it"),
                Arguments.of("7", "not an object"),
                Arguments.of("[1] []", "more text after the array"),
                Arguments.of("[7]", "Records[0]: '7': expected a JSON object"),
                Arguments.of("{} {}", "more text after the object"),
                Arguments.of("{}", "event: '[]'"),
                Arguments.of("{\"a\":1,\"a\":2}", "Duplicate"),
                Arguments.of("[".repeat(1000), "64"),
                Arguments.of("{\"a\":" + "[".repeat(1000), "64"),
                Arguments.of("{\"detail-type\":7}", "detail-type: '7'"),
                Arguments.of("{\"detail-type\":\"EC2 Instance-launch Lifecycle Action\"}", "detail: "),
                Arguments.of(
                        "{\"detail-type\":\"EC2 Instance-launch Lifecycle Action\",\"detail\":{}}",
                        "detail.EC2InstanceId: ''"));
    }

    @ParameterizedTest
    @MethodSource("badEvents")
    void run_badEvent_isOneLineWithThePlace(String event, String problem) {
        assertRefused(stage.shell(event), problem);
        assertRefused(stage.shell(event, "--dry-run", "--json"), problem);
        assertHandlerRefuses(event, problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"EC2InstanceId\":\"[^\"]*\"|\"EC2InstanceId\":5|detail.EC2InstanceId: '5'",
                "\"EC2InstanceId\":\"[^\"]*\"|\"EC2InstanceId\":null|detail.EC2InstanceId: ''",
                "\"EC2InstanceId\":\"[^\"]*\"|\"EC2InstanceId\":\"i-1 --profile x\"|detail.EC2InstanceId: 'i-1 --profile x'",
                "\"EC2InstanceId\":\"[^\"]*\"|\"EC2InstanceId\":\"i-1\\\\u001b[2J\\\\n\"|detail.EC2InstanceId: 'i-1\\u001b[2J\\u000a'",
                "\"EC2InstanceId\":\"[^\"]*\"|\"EC2InstanceId\":\"../../etc\"|detail.EC2InstanceId: '../../etc'",
                "\"LifecycleActionToken\":\"[^\"]*\"|\"LifecycleActionToken\":\"short\"|detail.LifecycleActionToken: 'short'",
                "\"LifecycleHookName\":\"[^\"]*\"|\"LifecycleHookName\":{}|detail.LifecycleHookName: 'an object'",
                "\"Origin\":\"[^\"]*\"|\"Origin\":[1]|detail.Origin: 'a list'",
            })
    void run_hostileFields_areShownEscaped(String field, String replacement, String problem) {
        String event = good.replaceFirst(field, replacement);
        assertThat(event).isNotEqualTo(good);
        assertRefused(stage.shell(event), problem);
        assertHandlerRefuses(event, problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SubnetIds|subnet-1;drop table|SubnetIds: 'subnet-1;drop table'",
                "SecGroupIds|''|SecGroupIds: ''",
                "useStaticIPs|perhaps|useStaticIPs: 'perhaps'",
                "ENITags|=v|ENITags: ''",
                "ENITags|aws:x=1|aws:x",
                "ENITags|node.k8s.amazonaws.com/no_manage=false|node.k8s.amazonaws.com/no_manage",
                "LifecycleHookNames|a b|LifecycleHookNames: 'a b'",
                "LifecycleHookNames|mine,Launch-LC-Hook|LifecycleHookNames: 'Launch-LC-Hook': this hook is EKS's own",
                "SweepVpcId|vpc-x|SweepVpcId: 'vpc-x'",
                "SweepMode|mend|SweepMode: 'mend': expected DRY_RUN or MEND",
                "MetricsNamespace|AWS/EC2|MetricsNamespace: 'AWS/EC2'",
                "MetricsNamespace|:multus|MetricsNamespace: ':multus'",
                "MetricsNamespace|mult%s|MetricsNamespace: 'mult%s'",
            })
    void run_badVariable_isNamed(String variable, String value, String problem) {
        stage.variables.put(variable, value);
        assertRefused(stage.shell(good), problem);
        assertThatThrownBy(() -> new MultusHandler(stage.variables, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void hostileTag_isShownEscaped() {
        stage.variables.put("ENITags", "note=\u001b[31mred\nline," + "k".repeat(200) + "=1");
        Shell refused = stage.shell(good);
        assertRefused(refused, "\\u001b[31m", "k".repeat(80) + "… (200 characters)");
        assertThat(refused.err()).doesNotContain("\u001b");
    }

    @Test
    void run_severalMistakes_reportsEachOnItsLine() {
        stage.variables.remove("SecGroupIds");
        stage.variables.put("useStaticIPs", "perhaps");
        Shell refused = stage.shell("{");
        assertRefused(refused, "SecGroupIds", "useStaticIPs", "event");
        assertThat(refused.err().lines()).hasSize(3).allMatch(line -> line.startsWith("multus-lambda: "));
    }

    @ParameterizedTest
    @CsvSource({
        "--endpoint, nowhere, --endpoint",
        "--endpoint, file:///etc/passwd, --endpoint",
        "--region, moon; rm, --region",
        "--timeout, forever, --timeout",
        "--timeout, 99999999s, --timeout",
        "--wrong, option, --wrong",
        "no-such-file.json, --json, EVENT-FILE: no-such-file.json",
    })
    void arguments_bad_areNamed(String first, String second, String problem) {
        assertRefused(stage.shell(good, first, second), problem);
    }

    @Test
    void run_directoryInsteadOfAFile_isRefused(@TempDir Path folder) {
        assertRefused(stage.shell(good, folder.toString()), "EVENT-FILE: ");
    }

    @Test
    void run_textThatIsNotUtf8_isRefused() {
        assertRefused(
                stage.shell(new ByteArrayInputStream(new byte[] {'{', (byte) 0xff, '}'})),
                "3 bytes that are not UTF-8");
    }

    @Test
    void run_endlessInput_isRefusedWithoutReadingAll() {
        AtomicLong read = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                return '{';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                read.addAndGet(length);
                Arrays.fill(buffer, offset, offset + length, (byte) '{');
                return length;
            }
        };
        assertRefused(stage.shell(endless), "event: more than 1048576 bytes");
        assertThat(read.get()).isLessThan(2 * EventText.MAX_BYTES);
        assertThatThrownBy(() -> stage.invoke(endless)).isInstanceOf(InvalidInputException.class);
    }

    private static void assertRefused(Shell run, String... problems) {
        assertThat(run.status()).as(run.err()).isEqualTo(Main.BAD_INPUT);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(problems).doesNotContain("\tat ", "Exception");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"mode\":\"mend\"}|mode: 'mend': expected DRY_RUN or MEND",
                "{\"mode\":null}|mode: 'null': expected DRY_RUN or MEND",
                "{\"mode\":true}|mode: 'true': expected DRY_RUN or MEND",
                "{\"vpcId\":\"vpc-1;rm\"}|vpcId: 'vpc-1;rm': expected a VPC's id",
                "{\"vpcId\":null}|vpcId: 'null': expected a VPC's id",
                "{\"vpcId\":7,\"mode\":7}|vpcId: '7': expected a VPC's id like vpc-0123456789abcdef0, or '' for the Region; mode: '7'",
                "[]|event: not readable JSON: line 1, column 1: not an object",
            })
    void sweep_badOrder_isRefused(String event, String problem) {
        stage.variables.put("SweepMode", "MEND");
        assertThatThrownBy(() -> stage.sweep(event))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void sweep_withAnEvent_isRefused() {
        assertRefused(stage.shell(good, "event.json", "--sweep"), "EVENT-FILE: 'event.json': --sweep reads no event");
    }

    private void assertHandlerRefuses(String event, String problem) {
        assertThatThrownBy(() -> stage.invoke(event))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(problem)
                .extracting(Throwable::getStackTrace)
                .isEqualTo(new StackTraceElement[0]);
    }
}
