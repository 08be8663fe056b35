package io.github.multus4j.deploy.http;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import org.jspecify.annotations.Nullable;

/**
 * Logs in at one proxy for tunnels to TLS hosts. A login that was refused is not sent again for the
 * same request: the JDK would repeat it twenty times, and an account may be locked by that.
 * Thread-safe.
 */
final class ProxyLogin extends Authenticator {

    private final HttpProxy proxy;
    private final ThreadLocal<Boolean> wasAsked = ThreadLocal.withInitial(() -> false);

    ProxyLogin(HttpProxy proxy) {
        this.proxy = proxy;
    }

    /** Before a request of this thread. */
    void begin() {
        wasAsked.set(false);
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        if (getRequestorType() != RequestorType.PROXY || wasAsked.get()) {
            return null;
        }
        wasAsked.set(true);
        return proxy.login();
    }
}
