package io.github.multus4j.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A key for {@code 127.0.0.1} and {@code localhost}, and what a client has to be given to trust its certificate. Needs a JDK, whose keytool makes
 * the key.
 */
public final class TlsKeys {

    private static final String ALIAS = "multus-testkit";
    private static final String PASSWORD = "changeit";

    private final KeyStore keys;
    private final Path trustStore;
    private final Path certificate;

    private TlsKeys(KeyStore keys, Path trustStore, Path certificate) {
        this.keys = keys;
        this.trustStore = trustStore;
        this.certificate = certificate;
    }

    /** Makes a key, and the files for clients, in that folder. */
    public static TlsKeys in(Path folder) {
        try {
            Path file = folder.resolve("keys.p12");
            generate(file);
            KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
            Certificate certificate = keys.getCertificate(ALIAS);
            return new TlsKeys(
                    keys, trustStore(folder.resolve("trust"), certificate), pem(folder.resolve("ca.pem"), certificate));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void generate(Path file) throws IOException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        String options = "-genkeypair -keyalg RSA -keysize 2048 -validity 3650 -storetype PKCS12 -dname CN=127.0.0.1"
                + " -ext san=ip:127.0.0.1,dns:localhost -storepass " + PASSWORD + " -alias " + ALIAS;
        List<String> command = new ArrayList<>(List.of(keytool.toString(), "-keystore", file.toString()));
        command.addAll(List.of(options.split(" ")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed;
        try (InputStream out = process.getInputStream()) {
            printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (!Files.exists(file)) {
            throw new IOException("keytool made no key: " + printed);
        }
    }

    /** A JVM's own, of its usual size, with one certificate more. */
    private static Path trustStore(Path file, Certificate certificate) throws IOException, GeneralSecurityException {
        Path own = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        KeyStore trusted = KeyStore.getInstance(own.toFile(), PASSWORD.toCharArray());
        trusted.setCertificateEntry(ALIAS, certificate);
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private static Path pem(Path file, Certificate certificate) throws IOException, GeneralSecurityException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
    }

    SSLContext context() {
        try {
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The options for a JVM: all that it trusts anyway, and this. */
    public String javaOptions() {
        return "-Djavax.net.ssl.trustStore=" + trustStore + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD;
    }

    /** The certificate, in the form that {@code AWS_CA_BUNDLE} takes. */
    public Path certificate() {
        return certificate;
    }
}
