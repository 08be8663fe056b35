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
 * The way to an endpoint, through Toxiproxy: over a good connection, or over one with a trouble on it, which comes and goes with the calls
 * that arrive. Thread-safe.
 *
 * <p>Each trouble is a proxy of its own, and requests are sent where the moment wants them. Toxiproxy 2.12.0 can also change a proxy that has
 * connections, but hangs for good, all of its proxies included, if one of their ends is gone at that moment.
 */
final class BadLine implements AutoCloseable {

    /**
     * One toxin for some time.
     *
     * @param dose how much of it, from 0 to 1
     * @param fromCall after how many calls have arrived it begins
     * @param untilCall after how many calls have arrived it ends
     * @param atMost after which time it ends in any case: what keeps calls from arriving would go on for ever
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

    /** To be told of each call that has come through. */
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
