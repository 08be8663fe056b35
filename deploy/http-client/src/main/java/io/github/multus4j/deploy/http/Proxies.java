package io.github.multus4j.deploy.http;

import io.github.multus4j.nodegroup.Problem;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * The proxies that the environment names, as curl reads it: {@code https_proxy} for https, {@code
 * http_proxy} for http, {@code all_proxy} for both where the first is not set, and {@code
 * no_proxy}. Each is read in lower case, else in upper case; an empty one is none. The SDK's own
 * reading takes {@code HTTP_PROXY} for https as well, sends no login for a tunnel, and compares the
 * list's domains as a whole (ADR 85).
 *
 * @param http for URLs with http; null for none
 * @param https for URLs with https; null for none
 * @param without the hosts that are reached without
 */
public record Proxies(@Nullable HttpProxy http, @Nullable HttpProxy https, NoProxy without) {

    /** None, also where the environment names one. */
    public static final Proxies NONE = new Proxies(null, null, NoProxy.of(""));

    /**
     * The JDK logs in by Basic at no tunnel, unless this property says otherwise before its first
     * request.
     */
    private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

    /**
     * Reads the environment's variables.
     *
     * @param problems takes each variable that is wrong, without a password; its proxy is then none
     */
    public static Proxies fromEnvironment(Map<String, String> environment, Consumer<Problem> problems) {
        return new Proxies(
                read(environment, List.of("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"), problems),
                read(environment, List.of("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"), problems),
                NoProxy.of(first(environment, List.of("no_proxy", "NO_PROXY"))));
    }

    private static @Nullable HttpProxy read(
            Map<String, String> environment, List<String> names, Consumer<Problem> problems) {
        for (String name : names) {
            if (environment.containsKey(name)) {
                String value = environment.getOrDefault(name, "").strip();
                try {
                    return value.isEmpty() ? null : HttpProxy.parse(name, value);
                } catch (IllegalArgumentException e) {
                    problems.accept(new Problem(name, withoutLogin(value), String.valueOf(e.getMessage())));
                    return null;
                }
            }
        }
        return null;
    }

    private static String withoutLogin(String value) {
        return value.replaceFirst("^([^/]*//)?.*@", "$1***@");
    }

    private static String first(Map<String, String> environment, List<String> names) {
        return names.stream()
                .filter(environment::containsKey)
                .findFirst()
                .map(environment::get)
                .orElse("");
    }

    /** Builds an HTTP client for one client of the SDK, which closes it. */
    public SdkHttpClient.Builder<?> clientBuilder() {
        return new ProxiedClient.Builder(this);
    }

    /** An HTTP client for the SDK. The caller closes it. */
    SdkHttpClient client() {
        if (https != null && https.login() != null && System.getProperty(DISABLED_SCHEMES) == null) {
            System.setProperty(DISABLED_SCHEMES, "");
        }
        return new ProxiedClient(this);
    }

    @Nullable
    HttpProxy forUrl(URI url) {
        HttpProxy proxy = "https".equalsIgnoreCase(url.getScheme()) ? https : http;
        return proxy == null || isLeftToJava(url) || without.covers(url) ? null : proxy;
    }

    /** A system property, which is for this program alone, has precedence over the environment. */
    static boolean isLeftToJava(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        return !System.getProperty(scheme + ".proxyHost", "").isEmpty();
    }
}
