package io.github.multus4j.deploy.agent;

import static io.github.multus4j.testkit.MultusAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.JournalEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archive that {@code deploy/node-agent/archive} builds, as a node has it: installed, and
 * without a JVM on its path. {@code -Dmultus.agent.archive=FILE} is its path.
 */
@EnabledIfSystemProperty(named = "multus.agent.archive", matches = ".+")
class ArchiveIT {

    private static @TempDir Path folder;
    private static Path unpacked;
    private static Path root;

    private final AgentStage stage = new AgentStage();

    @BeforeAll
    static void install() throws Exception {
        unpacked = Files.createDirectory(folder.resolve("unpacked"));
        root = folder.resolve("root");
        String archive = System.getProperty("multus.agent.archive");
        assertThat(run(List.of("tar", "-xzf", archive, "-C", unpacked.toString(), "--strip-components", "1"))
                        .status())
                .isZero();
        assertThat(install(unpacked).status()).isZero();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private record Ended(int status, String printed) {}

    private static Ended run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", "");
        ProcessBuilder program =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        program.environment().clear();
        program.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        int status = program.start().waitFor();
        return new Ended(status, Files.readString(output));
    }

    private static Ended install(Path from) throws IOException, InterruptedException {
        return run(List.of(from.resolve("install.sh").toString(), "--root", root.toString()));
    }

    private static Path agent() {
        return root.resolve("opt/multus4j/bin/multus-agent");
    }

    private Ended attach(Path agent, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(agent.toString(), "attach"));
        command.addAll(List.of(arguments));
        if (!command.contains("--metadata")) {
            command.addAll(List.of("--metadata", stage.metadata.url().toString()));
        }
        command.addAll(List.of("--endpoint", stage.endpoint().toString()));
        return run(command);
    }

    private Ended attach(String... arguments) throws IOException, InterruptedException {
        return attach(agent(), arguments);
    }

    @Test
    void boot_firstAndNext_attachOnce() throws Exception {
        Ended first = attach(stage.spec());
        assertThat(first.status()).as(first.printed()).isZero();
        assertThat(first.printed()).startsWith("attached " + stage.node.id());
        assertThat(stage.ec2).holdsInvariants().hasMultusInterfaces(stage.node.id(), 2);
        stage.ec2.journal().clear();

        Ended next = attach(stage.spec());
        assertThat(next.status()).isZero();
        assertThat(next.printed().lines()).singleElement().asString().startsWith("complete " + stage.node.id());
        assertThat(stage.ec2.journal().mutatingCalls()).isEmpty();
    }

    @Test
    void boot_eachFailure_hasItsExitStatus() throws Exception {
        assertThat(attach("--subnets", "nonsense").status()).isEqualTo(2);
        assertThat(attach("--metadata", "http://127.0.0.1:9", "--timeout", "1s").status())
                .isEqualTo(3);
        String foreign = stage.ec2.vpc("10.1.0.0/16").securityGroup("foreign").id();
        assertThat(attach("--subnets", stage.media.id(), "--security-groups", foreign)
                        .status())
                .isEqualTo(5);
        stage.ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).call(1).failWith("UnauthorizedOperation");
        Ended denied = attach("--subnets", stage.media.id(), "--security-groups", stage.group);
        assertThat(denied.status()).isEqualTo(4);
        assertThat(denied.printed()).contains("AttachNetworkInterface: UnauthorizedOperation");
        stage.ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).everyCall().failWith("AttachmentLimitExceeded");
        assertThat(attach("--subnets", stage.media.id(), "--security-groups", stage.group, "--timeout", "1s")
                        .status())
                .isEqualTo(1);
    }

    /** The jar is shrunk: the code that reads EC2's errors must be in it. */
    @Test
    void boot_transientRefusalOrTakenAddress_succeeds() throws Exception {
        stage.ec2.faults().on(Action.DESCRIBE_SUBNETS).call(1).failWith("RequestLimitExceeded");
        stage.ec2.faults().on(Action.CREATE_NETWORK_INTERFACE).call(1).failWith("InternalError");
        stage.ec2
                .faults()
                .on(Action.CREATE_NETWORK_INTERFACE)
                .call(2)
                .meanwhile(() -> stage.ec2.occupy(stage.media, "10.0.6.4"));
        stage.ec2.faults().on(Action.ATTACH_NETWORK_INTERFACE).call(1).loseResponse();

        Ended ended = attach("--subnets", stage.media.id(), "--security-groups", stage.group, "--static-ips", "true");

        assertThat(ended.status()).as(ended.printed()).isZero();
        assertThat(ended.printed()).contains("10.0.6.5");
        assertThat(stage.ec2.journal().select(JournalEntry::isFailed))
                .extracting(JournalEntry::errorCode)
                .containsExactly("RequestLimitExceeded", "InternalError", "InvalidIPAddress.InUse", "LostResponse");
        assertThat(stage.ec2).holdsInvariants().hasMultusInterfaces(stage.node.id(), 1);
    }

    @Test
    void boot_installedArchive_usesTheCache() throws Exception {
        Path launcher = agent().toRealPath();
        Ended strict = run(List.of(
                "env",
                "MULTUS_AGENT_JAVA_OPTIONS=-XX:AOTMode=on",
                launcher.toString(),
                "attach",
                "--subnets",
                "x",
                "--metadata",
                stage.metadata.url().toString()));

        assertThat(strict.status()).as(strict.printed()).isEqualTo(2);
    }

    @Test
    void install_changedJarOfTheSameSizeAndTime_isRefused() throws Exception {
        Path copy = copyOf(agent().toRealPath().getParent().getParent());
        Path jar = aJarOf(copy);
        byte[] bytes = Files.readAllBytes(jar);
        var time = Files.getLastModifiedTime(jar);
        assertThat(attach(copy.resolve("bin/multus-agent"), stage.spec()).status())
                .as("a copy is hashed, and sound")
                .isZero();
        bytes[bytes.length / 2] ^= 1;
        Files.write(jar, bytes);
        Files.setLastModifiedTime(jar, time);

        Ended stale = attach(copy.resolve("bin/multus-agent"), stage.spec());

        assertThat(stale.status()).isEqualTo(6);
        assertThat(stale.printed()).contains("is not as it was built");
    }

    @Test
    void install_addedJarOrOtherRuntime_isRefused() throws Exception {
        Path copy = copyOf(unpacked);
        Path added = Files.copy(aJarOf(copy), copy.resolve("lib/another.jar"));
        assertThat(attach(copy.resolve("bin/multus-agent")).status()).isEqualTo(6);

        Files.delete(added);
        assertThat(attach(copy.resolve("bin/multus-agent"), "--subnets", "x").status())
                .isEqualTo(2);
        Files.writeString(copy.resolve("runtime/release"), "JAVA_VERSION=\"25.0.99\"\n");
        assertThat(attach(copy.resolve("bin/multus-agent"), "--subnets", "x").status())
                .isEqualTo(6);
    }

    @Test
    void install_changedLauncherLibraryOrCache_isRefused() throws Exception {
        for (String name :
                List.of("runtime/lib/server/libjvm.so", "runtime/bin/java", "bin/multus-agent", "lib/agent-")) {
            Path copy = copyOf(unpacked);
            Path changed;
            try (Stream<Path> files = Files.walk(copy)) {
                changed = files.filter(Files::isRegularFile)
                        .filter(file -> copy.relativize(file).toString().startsWith(name))
                        .findFirst()
                        .orElseThrow();
            }
            Files.writeString(changed, "changed", StandardOpenOption.APPEND);
            Ended refused = install(copy);
            assertThat(refused.status()).as(name).isEqualTo(1);
            assertThat(refused.printed()).contains("the archive is damaged");
            if (!name.equals("bin/multus-agent")) {
                assertThat(attach(copy.resolve("bin/multus-agent"), "--subnets", "x")
                                .status())
                        .as(name)
                        .isEqualTo(6);
            }
        }
    }

    /** A builder's umask of 0000 would leave files that others can write. */
    @Test
    void install_umask0000_leavesNoFileWritableByOthers() throws Exception {
        assertThat(run(List.of("find", unpacked.toString(), root.toString(), "-perm", "/022", "!", "-type", "l"))
                        .printed())
                .isEmpty();
    }

    @Test
    void install_strictUmask_leavesFilesReadableForTheUnit() throws Exception {
        Path other = folder.resolve("other-root");
        Ended ended = run(List.of(
                "sh",
                "-c",
                "umask 077 && sh \"$1\" --root \"$2\"",
                "-",
                unpacked.resolve("install.sh").toString(),
                other.toString()));

        assertThat(ended.status()).as(ended.printed()).isZero();
        assertThat(run(List.of("find", other.toString(), "!", "-perm", "-444", "!", "-type", "l"))
                        .printed())
                .isEmpty();
    }

    @Test
    void install_readOnlyPlace_isNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("no-folder"), "");

        Ended ended = run(List.of("sh", unpacked.resolve("install.sh").toString(), "--root", file.toString()));

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.printed().lines())
                .singleElement()
                .asString()
                .contains(file + "/opt/multus4j/bin cannot be written to");
    }

    @Test
    void install_again_changesNothingAndAnUpgradeReplacesTheOldOne() throws Exception {
        Path before = agent().toRealPath();
        Path conf = root.resolve("etc/multus4j/agent.conf");
        Files.writeString(conf, "useStaticIPs=true\n");

        assertThat(install(unpacked).status()).isZero();
        assertThat(agent().toRealPath()).isEqualTo(before);
        assertThat(conf).hasContent("useStaticIPs=true");
        assertThat(root.resolve("etc/systemd/system/multus-agent.service")).exists();

        Path newer = copyOf(unpacked);
        Path list = newer.resolve("lib/checked.sha256");
        Files.writeString(newer.resolve("runtime/release"), "another build\n");
        assertThat(install(newer).status()).as("damaged").isEqualTo(1);
        assertThat(agent().toRealPath()).isEqualTo(before);

        String line = run(List.of("sh", "-c", "cd " + newer + "/lib && sha256sum ../runtime/release"))
                .printed();
        Files.writeString(list, Files.readString(list).replaceFirst("(?m)^\\w+  \\.\\./runtime/release\n", line));
        assertThat(install(newer).status()).isZero();
        assertThat(agent().toRealPath()).isNotEqualTo(before);
        assertThat(before).doesNotExist();
        assertThat(attach(stage.spec()).status()).isZero();
    }

    private static Path aJarOf(Path agent) throws IOException {
        try (Stream<Path> files = Files.list(agent.resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private static Path copyOf(Path tree) throws IOException {
        Path copy = Files.createTempDirectory(folder, "copy").resolve("agent");
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, copy.resolve(tree.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return copy;
    }
}
