package io.github.multus4j.deploy.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The template refuses EKS's own hooks before a stack is made, by CloudFormation's AllowedPattern,
 * which is a pattern of Java's.
 */
class HookNamesPatternTest {

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "mine, true",
        "'mine, other/one', true",
        "My-Launch-LC-Hook, true",
        "Launch-LC-Hook-2, true",
        "Launch-LC-Hook, false",
        "Terminate-LC-Hook, false",
        "'mine,Launch-LC-Hook', false",
        "' Terminate-LC-Hook , mine', false",
        "mine;other, false"
    })
    void lifecycleHookNames_eksOwn_areRefused(String names, boolean accepted) throws IOException {
        String template = Files.readString(Path.of("../templates/amazon-lambda-for-eksmng-multus.yaml"));
        Matcher pattern = Pattern.compile(
                        "LifecycleHookNames:\\s+Type: String\\s+Default: \"\"\\s+AllowedPattern: \"(.*)\"")
                .matcher(template);

        assertThat(pattern.find()).isTrue();
        assertThat(names.matches(pattern.group(1))).isEqualTo(accepted);
    }
}
