package io.github.multus4j.deploy.http;

import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A proxy that is spoken to in plain HTTP. Its text has no password.
 *
 * @param variable the environment variable that names it
 * @param host a name or an address, as it stands in a URL
 * @param port its port
 * @param login user and password; null for a proxy without
 */
record HttpProxy(
        String variable, String host, int port, @Nullable PasswordAuthentication login) {

    /** The URL's own default: curl alone takes 1080. */
    private static final int DEFAULT_PORT = 80;

    private static final String FORM = "expected http://HOST:PORT or http://USER:PASSWORD@HOST:PORT (special characters"
            + " of user and password as %40)";

    /**
     * Reads a variable's value. A value without a scheme is one with {@code http}.
     *
     * @throws IllegalArgumentException with the expected form, without the value
     */
    static HttpProxy parse(String variable, String value) {
        URI url = url(value.contains("://") ? value : "http://" + value);
        String scheme = String.valueOf(url.getScheme());
        if (!scheme.equalsIgnoreCase("http")) {
            throw new IllegalArgumentException("a proxy is spoken to by http only, not by "
                    + scheme.toLowerCase(java.util.Locale.ROOT) + "; " + FORM);
        }
        String host = url.getHost();
        if (host == null || url.getPort() == 0 || url.getPort() > 65_535) {
            throw new IllegalArgumentException(FORM);
        }
        int port = url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
        return new HttpProxy(variable, host, port, login(url.getRawUserInfo()));
    }

    private static URI url(String value) {
        try {
            return URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(FORM, e);
        }
    }

    private static @Nullable PasswordAuthentication login(@Nullable String userInfo) {
        if (userInfo == null || userInfo.isEmpty()) {
            return null;
        }
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String password = colon < 0 ? "" : userInfo.substring(colon + 1);
        return new PasswordAuthentication(decoded(user), decoded(password).toCharArray());
    }

    /** A plus sign stands for itself: the decoder is made for forms. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Not resolved here, so that an unknown host fails where it is connected to. */
    Proxy toProxy() {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(bare, port));
    }

    /** The header for a request that the proxy reads itself; null without a login. */
    @Nullable
    String basicAuthorization() {
        if (login == null) {
            return null;
        }
        String plain = login.getUserName() + ":" + new String(login.getPassword());
        return "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "proxy http://" + host + ":" + port + " of " + variable;
    }
}
