package io.github.multus4j.aws;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A connection to an endpoint through Toxiproxy: good, or with a trouble that begins and ends at a
 * given number of calls. Thread-safe.
 *
 * <p>Each trouble is a proxy of its own, and each request goes to the proxy that is active at that
 * moment. Toxiproxy 2.12.0 can also change a proxy that has connections, but all its proxies hang
 * for good if one end of a connection is gone at that moment.
 */
final class BadLine implements AutoCloseable {

    /**
     * One toxin for some time.
     *
     * @param dose how much of it, from 0 to 1
     * @param fromCall begins after this number of calls
     * @param untilCall ends after this number of calls
     * @param atMost ends after this time in any case, because a trouble can keep further calls from
     *     arriving
     */
    record Trouble(Toxin toxin, ToxicDirection direction, double dose, int fromCall, int untilCall, Duration atMost) {}

    private final Proxy good;
    private final Map<Trouble, Proxy> bad = new HashMap<>();
    private final Map<Trouble, Long> began = new HashMap<>();
    private final List<Trouble> troubles;
    private int arrived;
    private boolean healed;

    BadLine(ToxiproxyClient toxiproxy, URI endpoint, List<Trouble> troubles) {
        this.troubles = troubles;
        try {
            good = proxy(toxiproxy, endpoint);
            for (Trouble trouble : troubles) {
                Proxy proxy = proxy(toxiproxy, endpoint);
                trouble.toxin().add(proxy.toxics(), "toxin", trouble.direction(), trouble.dose());
                bad.put(trouble, proxy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Proxy proxy(ToxiproxyClient toxiproxy, URI endpoint) throws IOException {
        return toxiproxy.createProxy(
                UUID.randomUUID().toString(), "127.0.0.1:0", endpoint.getHost() + ":" + endpoint.getPort());
    }

    /** Where to send a request now. */
    synchronized URI url() {
        Proxy proxy =
                troubles.stream().filter(this::isOn).findFirst().map(bad::get).orElse(good);
        return URI.create("http://" + proxy.getListen());
    }

    private boolean isOn(Trouble trouble) {
        if (healed || arrived < trouble.fromCall() || arrived >= trouble.untilCall()) {
            return false;
        }
        long now = System.nanoTime();
        return now - began.computeIfAbsent(trouble, first -> now)
                < trouble.atMost().toNanos();
    }

    /** Reports a call that has come through. */
    synchronized void callArrived() {
        arrived++;
    }

    /** Ends all troubles; none begins any more. */
    synchronized void heal() {
        healed = true;
    }

    @Override
    public void close() {
        try {
            good.delete();
            for (Proxy proxy : bad.values()) {
                proxy.delete();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
