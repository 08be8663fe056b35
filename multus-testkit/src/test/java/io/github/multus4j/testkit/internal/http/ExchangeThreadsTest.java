package io.github.multus4j.testkit.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that send half a request, or do not read the answer, hold few threads, and not for long.
 */
class ExchangeThreadsTest {

    private static final int CLIENTS = 400;
    private static final String HALF_A_HEAD = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-";
    private static final String HALF_A_BODY =
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nAction=Describe";

    private final List<Closeable> open = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Closeable each : open) {
            each.close();
        }
    }

    private Socket send(URI url, String text) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort());
        open.add(socket);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** The threads of endpoints with an unfinished request. Endpoints of other tests have none. */
    private static long held(String threads) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().equals(threads))
                .filter(entry -> List.of(entry.getValue()).stream()
                        .anyMatch(frame -> frame.getClassName().startsWith("sun.net.httpserver")))
                .count();
    }

    private static boolean eventually(Duration limit, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(strings = {HALF_A_HEAD, HALF_A_BODY})
    void halfSentRequests_holdFewThreads_andOthersAreAnswered(String half) throws Exception {
        try (Ec2Endpoint endpoint = Ec2Endpoint.start(FakeEc2Network.strict())) {
            for (int i = 0; i < CLIENTS; i++) {
                send(endpoint.url(), half);
            }
            HttpRequest journal = HttpRequest.newBuilder(URI.create(endpoint.url() + "/_multus/journal"))
                    .timeout(Duration.ofSeconds(5))
                    .build();

            assertThat(HttpClient.newHttpClient()
                            .send(journal, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(eventually(Duration.ofSeconds(15), () -> held("ec2-endpoint") < CLIENTS / 4))
                    .as("threads held: " + held("ec2-endpoint"))
                    .isTrue();
            assertThat(HttpClient.newHttpClient()
                            .send(journal, BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void halfSentRequest_endsAtItsTimeout() throws Exception {
        try (ExchangeThreads threads = new ExchangeThreads("timeout-test", Duration.ofMillis(300))) {
            AtomicReference<Boolean> interrupted = new AtomicReference<>();
            CountDownLatch ended = new CountDownLatch(1);

            threads.execute(() -> {
                try {
                    TimeUnit.SECONDS.sleep(20);
                } catch (InterruptedException e) {
                    interrupted.set(true);
                }
                ended.countDown();
            });

            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(interrupted).hasValue(true);
        }
    }

    @Test
    void slowAnswer_isNotInterrupted() throws Exception {
        try (ExchangeThreads threads = new ExchangeThreads("timeout-test", Duration.ofMillis(100))) {
            AtomicReference<Exception> failure = new AtomicReference<>();
            CountDownLatch ended = new CountDownLatch(1);

            threads.execute(() -> {
                try {
                    threads.clientHasSent();
                    TimeUnit.MILLISECONDS.sleep(900);
                } catch (IOException | InterruptedException e) {
                    failure.set(e);
                }
                ended.countDown();
            });

            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(failure).hasNullValue();
        }
    }

    @Test
    void clientThatDoesNotReadItsAnswer_isLeftAtTheTimeout() throws Exception {
        ExchangeThreads threads = new ExchangeThreads("slow-reader-test", Duration.ofMillis(300));
        try (LocalHttpServer server = LocalHttpServer.listen(
                        threads, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), List.of())
                .serve("/", new LargeAnswer())
                .start()) {
            send(server.url(), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(eventually(Duration.ofSeconds(5), () -> held("slow-reader-test") == 1))
                    .isTrue();
            assertThat(eventually(Duration.ofSeconds(5), () -> held("slow-reader-test") == 0))
                    .isTrue();
        }
    }

    private static final class LargeAnswer implements WebResource {

        @Override
        public WebReply answer(WebRequest request) {
            return refusal(200, "x".repeat(16 << 20));
        }

        @Override
        public WebReply refusal(int status, String why) {
            return WebReply.of(status, "text/plain", why);
        }
    }
}
