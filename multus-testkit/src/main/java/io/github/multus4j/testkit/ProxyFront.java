package io.github.multus4j.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy, as an organisation puts it between its nodes and AWS. Each request goes to one
 * target, regardless of the named host, so that a test needs no name service. It can require a
 * login, or refuse every request. Listens on the loopback address. Thread-safe.
 */
public final class ProxyFront extends Front {

    private static final String CONNECTED = "HTTP/1.1 200 Connection established\r\n\r\n";
    private static final String LOGIN = "Proxy-Authenticate: Basic realm=\"proxy\"\r\n";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private volatile @Nullable String requiredLogin;
    private volatile @Nullable String refusal;

    private ProxyFront(ServerSocket socket, URI target) {
        super("proxy-front", socket, target);
    }

    /**
     * Starts one, on a port that is free.
     *
     * @param target where every request goes, such as {@link Ec2Endpoint#url}
     */
    public static ProxyFront start(URI target) {
        try {
            ProxyFront front = new ProxyFront(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
            front.listen();
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on, a request without this user and password is answered with status 407. */
    public ProxyFront requireLogin(String user, String password) {
        requiredLogin = user + ":" + password;
        return this;
    }

    /**
     * From now on, every request is answered so, after its login.
     *
     * @param status such as {@code 403 Forbidden}
     */
    public ProxyFront refuse(String status) {
        refusal = status;
        return this;
    }

    /** Where it is, such as {@code http://127.0.0.1:3128}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /**
     * The first line of each request, such as {@code CONNECT ec2.us-east-1.amazonaws.com:443
     * HTTP/1.1}.
     */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** The logins that came, as {@code user:password}. */
    public List<String> logins() {
        return List.copyOf(logins);
    }

    @Override
    void serve(Socket client) throws IOException {
        String head = head(client.getInputStream());
        if (head.isEmpty()) {
            return;
        }
        String first = head.lines().findFirst().orElse("");
        requests.add(first);
        String refused = refusalOf(head);
        if (refused != null) {
            answer(client, "HTTP/1.1 " + refused + "Content-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }
        try (Socket server = connectToTarget()) {
            if (first.startsWith("CONNECT ")) {
                answer(client, CONNECTED);
            } else {
                server.getOutputStream().write(forwarded(head).getBytes(StandardCharsets.ISO_8859_1));
            }
            relay(client, server, () -> {}, () -> {});
        }
    }

    /** All up to the empty line. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int read = in.read(); read >= 0; read = in.read()) {
            head.append((char) read);
            if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    private @Nullable String refusalOf(String head) throws IOException {
        String login = login(head);
        if (login != null) {
            logins.add(login);
        }
        if (requiredLogin != null && !requiredLogin.equals(login)) {
            return "407 Proxy Authentication Required\r\n" + LOGIN;
        }
        return refusal == null ? null : refusal + "\r\n";
    }

    private static @Nullable String login(String head) throws IOException {
        BufferedReader lines = new BufferedReader(new StringReader(head));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.regionMatches(true, 0, "Proxy-Authorization: Basic ", 0, 27)) {
                return new String(Base64.getDecoder().decode(line.substring(27)), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    /** The request as the target gets it: the path alone, and one request for each connection. */
    private static String forwarded(String head) {
        return head.replaceFirst(" https?://[^/ ]+/?", " /")
                .replaceFirst("(?i)\r\nproxy-authorization:[^\r]*", "")
                .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
    }

    private static void answer(Socket client, String text) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
