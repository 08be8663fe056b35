package io.github.multus4j.deploy.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The deployed jar has no client of STS or of IAM Identity Center. Its error message says in one
 * line how to run it with a role or a session.
 */
class CredentialsIT {

    private static final String CONFIG = """
            [profile role]
            role_arn = arn:aws:iam::123456789012:role/operator
            source_profile = base
            [profile base]
            aws_access_key_id = id
            aws_secret_access_key = secret
            [profile sso]
            sso_session = company
            sso_account_id = 123456789012
            sso_role_name = operator
            [sso-session company]
            sso_region = us-east-1
            sso_start_url = https://company.awsapps.com/start
            [profile old-sso]
            sso_start_url = https://company.awsapps.com/start
            sso_region = us-east-1
            sso_account_id = 123456789012
            sso_role_name = operator
            [profile process]
            credential_process = echo '{"Version":1,"AccessKeyId":"id","SecretAccessKey":"secret"}'
            """;

    private @TempDir Path folder;

    private record Ended(int status, String lastLine) {}

    private Ended run(Map<String, String> environment) throws Exception {
        try (FakeStage stage = new FakeStage()) {
            Path event = Files.writeString(folder.resolve("event"), stage.launchEvent(stage.waiting(stage.node())));
            Path config = Files.writeString(folder.resolve("config"), CONFIG);
            Path output = folder.resolve("output");
            ProcessBuilder program = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-jar",
                            System.getProperty("multus.lambda.jar"),
                            event.toString(),
                            "--timeout",
                            "15s"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            program.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
            program.environment().putAll(stage.variables);
            program.environment()
                    .putAll(Map.of(
                            "AWS_CONFIG_FILE", config.toString(),
                            "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
                            "AWS_EC2_METADATA_DISABLED", "true",
                            "AWS_REGION", "us-east-1",
                            "AWS_ENDPOINT_URL", stage.endpoint().toString()));
            program.environment().putAll(environment);
            int status = program.start().waitFor();
            return new Ended(
                    status,
                    Files.readAllLines(output).get(Files.readAllLines(output).size() - 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"role, sts", "sso, sso", "old-sso, sso"})
    void profile_needsAnotherClient_isNamed(String profile, String module) throws Exception {
        assertSaysNextStep(run(Map.of("AWS_PROFILE", profile)), module);
    }

    @ParameterizedTest
    @CsvSource("sts")
    void webIdentity_needsAnotherClient_isNamed(String module) throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "token");
        assertSaysNextStep(
                run(Map.of(
                        "AWS_ROLE_ARN",
                        "arn:aws:iam::123456789012:role/pod",
                        "AWS_WEB_IDENTITY_TOKEN_FILE",
                        token.toString())),
                module);
    }

    private static void assertSaysNextStep(Ended ended, String module) {
        assertThat(ended.status()).isEqualTo(Main.FAILED);
        assertThat(ended.lastLine())
                .contains("SDK's module '" + module + "', which is not on the class path")
                .contains("next: give the program keys, as `eval \"$(aws configure export-credentials --format env)\"`")
                .hasSizeLessThan(900);
    }

    @ParameterizedTest
    @CsvSource("process")
    void profile_credentialProcess_succeeds(String profile) throws Exception {
        Ended ended = run(Map.of("AWS_PROFILE", profile));

        assertThat(ended.status()).as(ended.lastLine()).isZero();
    }

    @ParameterizedTest
    @CsvSource("base")
    void credentials_noneFound_areReportedInOneLine(String other) throws Exception {
        Ended ended = run(Map.of());

        assertThat(ended.status()).isEqualTo(Main.FAILED);
        assertThat(ended.lastLine())
                .contains(
                        "EnvironmentVariableCredentialsProvider(): ",
                        "next: check the function's or the instance's role")
                .doesNotContain("name=" + other);
    }
}
