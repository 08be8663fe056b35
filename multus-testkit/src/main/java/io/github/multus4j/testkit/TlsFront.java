package io.github.multus4j.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * TLS in front of an endpoint, as AWS has it, with a certificate that only {@link TlsKeys} trust; and when the first request and the last answer
 * came. Listens on the loopback address. Thread-safe.
 */
public final class TlsFront implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool(TlsFront::daemon);
    private final Clock clock = Clock.systemUTC();
    private final ServerSocket socket;
    private final URI target;
    private volatile @Nullable Instant firstRequest;
    private volatile @Nullable Instant lastAnswer;

    private TlsFront(ServerSocket socket, URI target) {
        this.socket = socket;
        this.target = target;
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
            front.threads.execute(front::accept);
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is, such as {@code https://127.0.0.1:4578}. */
    public URI url() {
        return URI.create("https://127.0.0.1:" + socket.getLocalPort());
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

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                Socket server = new Socket(target.getHost(), target.getPort());
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                threads.execute(() -> pump(client, server, this::requested));
                threads.execute(() -> pump(server, client, this::answered));
            }
        } catch (IOException e) {
            // Closed.
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

    private static void pump(Socket from, Socket to, Runnable came) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                came.run(); // before it goes on: who gets it may ask for the time at once
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // One side has ended; so does the other.
        }
    }

    /** Stops listening. Connections end with their clients. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "tls-front");
        thread.setDaemon(true);
        return thread;
    }
}
