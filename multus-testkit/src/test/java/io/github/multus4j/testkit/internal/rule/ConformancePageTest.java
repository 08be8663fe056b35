package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConformancePageTest {

    @Test
    void conformancePage_generatedText_isTheFile() throws IOException {
        Path page = Survey.docs().resolve("conformance.md");
        String fresh = ConformancePage.text();
        if (Survey.UPDATE) {
            Files.writeString(page, fresh);
        }
        String present = Files.exists(page) ? Files.readString(page) : "";
        if (!present.equals(fresh)) {
            Files.createDirectories(Path.of("target"));
            Files.writeString(Path.of("target", "conformance.md"), fresh);
        }

        assertThat(present)
                .as(
                        "docs/conformance.md; as it should be: multus-testkit/target/conformance.md. Look at the difference, then"
                                + " accept it with -Dconformance.update=true")
                .isEqualTo(fresh);
    }
}
