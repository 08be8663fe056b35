package io.github.multus4j.deploy.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The SDK's client over the JDK's connections. A proxy that cannot be reached, or that refuses, is
 * named in the error. Thread-safe.
 */
final class ProxiedClient implements SdkHttpClient {

    private static final int LOGIN_REQUIRED = 407;

    private final Proxies proxies;
    private final SdkHttpClient client;

    ProxiedClient(Proxies proxies) {
        this.proxies = proxies;
        this.client = UrlConnectionHttpClient.create(new Connections(proxies));
    }

    /** As the SDK's builders take it. */
    record Builder(Proxies proxies) implements SdkHttpClient.Builder<Builder> {

        @Override
        public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
            return proxies.client();
        }
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = client.prepareRequest(request);
        HttpProxy proxy = proxies.forUrl(request.httpRequest().getUri());
        return proxy == null ? prepared : new Named(prepared, proxy);
    }

    @Override
    public void close() {
        client.close();
    }

    private record Named(ExecutableHttpRequest request, HttpProxy proxy) implements ExecutableHttpRequest {

        @Override
        public HttpExecuteResponse call() throws IOException {
            HttpExecuteResponse response;
            try {
                response = request.call();
            } catch (IOException e) {
                throw named(e);
            }
            if (response.httpResponse().statusCode() == LOGIN_REQUIRED) {
                throw refused(
                        proxy + " returns 407 "
                                + response.httpResponse().statusText().orElse(""),
                        null);
            }
            return response;
        }

        @Override
        public void abort() {
            request.abort();
        }

        private IOException named(IOException e) {
            String message = String.valueOf(e.getMessage());
            if (message.contains("tunnel through proxy")) {
                return refused(proxy + ": " + message, e);
            }
            return isUnconnected(e, message) ? withTraceOf(e, new ConnectException(proxy + ": " + said(e))) : e;
        }

        private static boolean isUnconnected(IOException e, String message) {
            return e instanceof ConnectException
                    || e instanceof UnknownHostException
                    || e instanceof NoRouteToHostException
                    || (e instanceof SocketTimeoutException
                            && message.toLowerCase(Locale.ROOT).startsWith("connect timed out"));
        }

        private static String said(IOException e) {
            return e instanceof UnknownHostException
                    ? "unknown host " + e.getMessage()
                    : String.valueOf(e.getMessage());
        }

        /** The words by which the library knows a proxy's refusal. */
        private static IOException refused(String message, @Nullable IOException e) {
            String line = message.contains("tunnel through proxy") ? message : "connect refused by proxy: " + message;
            return withTraceOf(e, new IOException(line));
        }

        /**
         * The first exception is not the cause: users see the innermost message, and its message
         * lacks the proxy.
         */
        private static IOException withTraceOf(@Nullable IOException e, IOException named) {
            if (e != null) {
                named.setStackTrace(e.getStackTrace());
            }
            return named;
        }
    }
}
