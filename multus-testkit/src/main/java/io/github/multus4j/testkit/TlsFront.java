package io.github.multus4j.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * TLS in front of an endpoint, as AWS has it, with a certificate that only {@link TlsKeys} trust; and when the first request and the last answer
 * came. Listens on the loopback address. Thread-safe.
 */
public final class TlsFront extends Front {

    private final Clock clock = Clock.systemUTC();
    private volatile @Nullable Instant firstRequest;
    private volatile @Nullable Instant lastAnswer;

    private TlsFront(ServerSocket socket, URI target) {
        super("tls-front", socket, target);
    }

    /**
     * Starts one, on a port that is free.
     *
     * @param target where the endpoint is, such as {@link Ec2Endpoint#url}
     * @param keys whose certificate it shows
     */
    public static TlsFront start(URI target, TlsKeys keys) {
        try {
            ServerSocket socket =
                    keys.context().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            TlsFront front = new TlsFront(socket, target);
            front.listen();
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is, such as {@code https://127.0.0.1:4578}. */
    public URI url() {
        return URI.create("https://127.0.0.1:" + port());
    }

    /**
     * When the first byte of the first request was there.
     *
     * @throws IllegalStateException if there was none
     */
    public Instant firstRequest() {
        return seen(firstRequest);
    }

    /**
     * When the last byte of the latest answer was there to be passed on: whoever got the answer sees it here.
     *
     * @throws IllegalStateException if there was none
     */
    public Instant lastAnswer() {
        return seen(lastAnswer);
    }

    private static Instant seen(@Nullable Instant time) {
        if (time == null) {
            throw new IllegalStateException("no request came");
        }
        return time;
    }

    @Override
    void serve(Socket client) throws IOException {
        try (Socket server = connectToTarget()) {
            // Before the bytes go on: the receiver may ask for the time at once.
            relay(client, server, this::requested, this::answered);
        }
    }

    private synchronized void requested() {
        if (firstRequest == null) {
            firstRequest = clock.instant();
        }
    }

    private void answered() {
        lastAnswer = clock.instant();
    }
}
