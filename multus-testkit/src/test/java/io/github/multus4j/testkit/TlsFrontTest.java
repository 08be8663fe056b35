package io.github.multus4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An endpoint behind TLS. */
class TlsFrontTest {

    private static TlsKeys keys;

    private final Ec2Endpoint endpoint = Ec2Endpoint.start(FakeEc2Network.strict());
    private final TlsFront front = TlsFront.start(endpoint.url(), keys);

    @BeforeAll
    static void makeKeys(@TempDir Path folder) {
        keys = TlsKeys.in(folder);
    }

    @AfterEach
    void stop() {
        front.close();
        endpoint.close();
    }

    private HttpResponse<String> get(HttpClient http) throws Exception {
        URI journal = URI.create(front.url() + "/_multus/journal");
        return http.send(HttpRequest.newBuilder(journal).build(), BodyHandlers.ofString());
    }

    private static SSLContext trusting(KeyStore store) throws Exception {
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    @Test
    void whoTrustsTheCertificate_isAnswered_andTheTimesAreSeen() throws Exception {
        assertThatThrownBy(front::firstRequest).isInstanceOf(IllegalStateException.class);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(keys.certificate())) {
            Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(pem);
            store.setCertificateEntry("ca", certificate);
        }

        HttpResponse<String> answer =
                get(HttpClient.newBuilder().sslContext(trusting(store)).build());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(front.firstRequest()).isBeforeOrEqualTo(front.lastAnswer());
    }

    @Test
    void optionsForJvm_trustWhatItTrustsAnyway_andThis() throws Exception {
        String file = keys.javaOptions().split("[= ]")[1];
        KeyStore store = KeyStore.getInstance(Path.of(file).toFile(), "changeit".toCharArray());

        assertThat(store.size()).isGreaterThan(10);
        assertThat(get(HttpClient.newBuilder().sslContext(trusting(store)).build())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void othersDoNotTrustIt() {
        assertThatThrownBy(() -> get(HttpClient.newHttpClient())).isInstanceOf(SSLHandshakeException.class);
    }
}
