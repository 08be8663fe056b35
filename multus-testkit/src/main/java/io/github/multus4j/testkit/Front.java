package io.github.multus4j.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server on the loopback address in front of another one, its target. A connection has threads of
 * its own. Thread-safe.
 */
abstract class Front implements AutoCloseable {

    private final ExecutorService threads;
    private final ServerSocket socket;
    private final URI target;

    Front(String name, ServerSocket socket, URI target) {
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        this.socket = socket;
        this.target = target;
    }

    /** Begins to accept connections. */
    final void listen() {
        threads.execute(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                client.setTcpNoDelay(true);
                threads.execute(() -> serveUntilClosed(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serveUntilClosed(Socket client) {
        try (client) {
            serve(client);
        } catch (IOException e) {
            // One side has ended; so does the other.
        }
    }

    /** Serves one connection, on a thread of its own; it is closed afterwards. */
    abstract void serve(Socket client) throws IOException;

    final Socket connectToTarget() throws IOException {
        Socket server = new Socket(target.getHost(), target.getPort());
        server.setTcpNoDelay(true);
        return server;
    }

    /**
     * Passes on all bytes of both directions until one side ends.
     *
     * @param asked called before bytes of the client are passed on
     * @param answered called before bytes of the target are passed on
     */
    final void relay(Socket client, Socket server, Runnable asked, Runnable answered) {
        threads.execute(() -> pump(client, server, asked));
        pump(server, client, answered);
    }

    private static void pump(Socket from, Socket to, Runnable came) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                came.run();
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // One side has ended; so does the other.
        }
    }

    final int port() {
        return socket.getLocalPort();
    }

    /** Stops listening. Connections end with their clients. */
    @Override
    public final void close() {
        threads.shutdownNow();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
