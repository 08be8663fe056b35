package io.github.multus4j.examples.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** TLS in front of a plain endpoint, as EC2 has it, and when the first request came. */
final class TlsFront implements AutoCloseable {

    private static final long NOT_YET = -1;

    private final ServerSocket socket;
    private final URI target;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong firstRequest = new AtomicLong(NOT_YET);

    private TlsFront(ServerSocket socket, URI target) {
        this.socket = socket;
        this.target = target;
    }

    /** @param keys a PKCS#12 file with one key, for 127.0.0.1 */
    static TlsFront of(URI target, Path keys, char[] password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, password);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        TlsFront front = new TlsFront(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        front.threads.execute(front::accept);
        return front;
    }

    URI url() {
        return URI.create("https://127.0.0.1:" + socket.getLocalPort());
    }

    /** By {@link System#nanoTime}, when the first byte of the first request was there; fails if there was none. */
    long firstRequest() {
        long at = firstRequest.get();
        if (at == NOT_YET) {
            throw new IllegalStateException("no request came");
        }
        return at;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                Socket server = new Socket(target.getHost(), target.getPort());
                threads.execute(() -> pump(client, server, true));
                threads.execute(() -> pump(server, client, false));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void pump(Socket from, Socket to, boolean requests) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (requests) {
                    firstRequest.compareAndSet(NOT_YET, System.nanoTime());
                }
                out.write(buffer, 0, length);
                out.flush();
            }
        } catch (IOException e) {
            // One side has ended; so does the other.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
