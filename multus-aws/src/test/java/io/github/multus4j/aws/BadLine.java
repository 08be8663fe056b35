package io.github.multus4j.aws;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A proxy of Toxiproxy's before an endpoint, and the troubles on it, which come and go with the calls that arrive. Thread-safe. */
final class BadLine implements AutoCloseable {

    /**
     * One toxin for some time.
     *
     * @param dose how much of it, from 0 to 1
     * @param fromCall the call at whose arrival it begins, so that it meets this call's answer; 0 is before the first
     * @param untilCall the call at whose arrival it ends
     * @param atMost after which time it ends in any case: what keeps calls from arriving would go on for ever
     */
    record Trouble(Toxin toxin, ToxicDirection direction, double dose, int fromCall, int untilCall, Duration atMost) {}

    private final Proxy proxy;
    private final List<Trouble> troubles;
    private int arrived;
    private boolean healed;

    BadLine(ToxiproxyClient toxiproxy, URI endpoint, List<Trouble> troubles) {
        try {
            this.proxy = toxiproxy.createProxy(
                    UUID.randomUUID().toString(), "127.0.0.1:0", endpoint.getHost() + ":" + endpoint.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.troubles = troubles;
        update(0);
    }

    URI url() {
        return URI.create("http://" + proxy.getListen());
    }

    /** To be told of each call that has come through, before it takes effect. */
    synchronized void callArrived() {
        arrived++;
        update(arrived);
    }

    private synchronized void update(int call) {
        for (Trouble trouble : healed ? List.<Trouble>of() : troubles) {
            if (trouble.untilCall() == call) {
                end(trouble);
            }
            if (trouble.fromCall() == call) {
                begin(trouble);
            }
        }
    }

    private String name(Trouble trouble) {
        return "trouble-" + troubles.indexOf(trouble);
    }

    private void begin(Trouble trouble) {
        try {
            trouble.toxin().add(proxy.toxics(), name(trouble), trouble.direction(), trouble.dose());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CompletableFuture.delayedExecutor(trouble.atMost().toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> end(trouble));
    }

    private synchronized void end(Trouble trouble) {
        removeToxics(name(trouble));
    }

    /** Ends all troubles; none begins any more. */
    synchronized void heal() {
        healed = true;
        removeToxics("");
    }

    private void removeToxics(String prefix) {
        try {
            for (Toxic toxic : proxy.toxics().getAll()) {
                if (toxic.getName().startsWith(prefix)) {
                    toxic.remove();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        healed = true;
        try {
            proxy.delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
