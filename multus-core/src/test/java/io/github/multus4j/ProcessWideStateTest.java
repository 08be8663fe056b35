package io.github.multus4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Test classes run side by side in one process, so none changes the state of the process: its
 * properties, defaults, streams and loggers. A test passes such a value to a constructor, or starts
 * a process of its own.
 */
class ProcessWideStateTest {

    /** The exceptions. Each sets one value that is the same at every call. */
    private static final String[] ALLOWED = {
        // The JDK has no other setting for a proxy with a login.
        "Proxies.java: System.setProperty",
        // The SDK has no other setting against version 1 of the metadata service.
        "Metadata.java: System.setProperty",
        // The JDK has no other setting for its cache of addresses.
        "Priming.java: Security.setProperty",
        // The JDK has no other setting against slow answers of its HTTP server.
        "LocalHttpServer.java: System.setProperty"
    };

    private static final Pattern CHANGE =
            Pattern.compile("\\b(System|Security|Thread|Locale|TimeZone|URL|Assertions)\\s*(?:\\.|::)\\s*"
                    + "((?:set|clear|insert|add|remove)[A-Z]\\w*|getProperties|\\*)"
                    + "|\\b(setDefault\\w*|set\\w+Factory|setLevel|setUseParentHandlers|(?:add|remove)Handler"
                    + "|addShutdownHook|readConfiguration)\\s*\\(");

    private static Stream<String> changes(String source) {
        return CHANGE.matcher(JavaText.code(source)).results().map(ProcessWideStateTest::name);
    }

    private static String name(MatchResult change) {
        return change.group(3) != null ? change.group(3) : change.group(1) + "." + change.group(2);
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void sources_ofAllModules_changeNoStateOfTheProcess() {
        assertThat(Repository.files(".java"))
                .hasSizeGreaterThan(500)
                .flatMap(source -> changes(read(source))
                        .map(change -> source.getFileName() + ": " + change)
                        .toList())
                .containsExactlyInAnyOrder(ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.setProperty(name, value);",
                "names.forEach(System::clearProperty);",
                "System\n    .getProperties().put(name, value);",
                "import static java.lang.System.setOut;",
                "import static java.lang.System.*;",
                "Locale.setDefault(Locale.ROOT);",
                "TimeZone.setDefault(null);",
                "Thread.setDefaultUncaughtExceptionHandler(handler);",
                "Security.insertProviderAt(provider, 1);",
                "ProxySelector.setDefault(selector);",
                "HttpsURLConnection.setDefaultSSLSocketFactory(factory);",
                "LogManager.getLogManager().readConfiguration(input);",
                "Logger.getLogger(name).setLevel(level);",
                "Runtime.getRuntime().addShutdownHook(thread);",
                "URL.setURLStreamHandlerFactory(factory);"
            })
    void change_anyKind_isFound(String source) {
        assertThat(changes(source)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// System.setProperty(name, value);",
                "/** {@code System.setProperty(name, value)} */",
                "String text = \"System.setProperty(name, value)\";",
                "String value = System.getProperty(name);",
                "Thread.currentThread().setUncaughtExceptionHandler(handler);",
                "builder.environment().put(name, value);"
            })
    void code_withoutSuchAChange_isNotReported(String source) {
        assertThat(changes(source)).isEmpty();
    }
}
