package io.github.multus4j.deploy.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.urlconnection.UrlConnectionFactory;

/** Connections by way of the right proxy, with the SDK's default time limits. Thread-safe. */
final class Connections implements UrlConnectionFactory {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration READ = Duration.ofSeconds(30);

    private final Proxies proxies;
    private final @Nullable ProxyLogin http;
    private final @Nullable ProxyLogin https;

    Connections(Proxies proxies) {
        this.proxies = proxies;
        this.http = login(proxies.http());
        this.https = login(proxies.https());
    }

    private static @Nullable ProxyLogin login(@Nullable HttpProxy proxy) {
        return proxy == null || proxy.login() == null ? null : new ProxyLogin(proxy);
    }

    @Override
    public HttpURLConnection createConnection(URI url) {
        HttpProxy proxy = proxies.forUrl(url);
        try {
            HttpURLConnection connection = open(url, proxy);
            connection.setConnectTimeout((int) CONNECT.toMillis());
            connection.setReadTimeout((int) READ.toMillis());
            if (proxy != null && proxy.login() != null) {
                logIn(connection, url, proxy);
            }
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Java's own properties, such as {@code https.proxyHost}, are left to Java. */
    private HttpURLConnection open(URI url, @Nullable HttpProxy proxy) throws IOException {
        if (proxy == null && Proxies.isLeftToJava(url)) {
            return (HttpURLConnection) url.toURL().openConnection();
        }
        return (HttpURLConnection) url.toURL().openConnection(proxy == null ? Proxy.NO_PROXY : proxy.toProxy());
    }

    /**
     * The JDK asks an authenticator for the login of a tunnel. A plain request carries the login at
     * once, and the JDK shows it to the proxy only.
     */
    private void logIn(HttpURLConnection connection, URI url, HttpProxy proxy) {
        ProxyLogin login = "https".equalsIgnoreCase(url.getScheme()) ? https : http;
        if (login != null && "https".equalsIgnoreCase(url.getScheme())) {
            login.begin();
            connection.setAuthenticator(login);
        } else {
            connection.setRequestProperty("Proxy-Authorization", proxy.basicAuthorization());
        }
    }
}
