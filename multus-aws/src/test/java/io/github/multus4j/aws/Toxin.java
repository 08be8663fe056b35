package io.github.multus4j.aws;

import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.ToxicList;
import java.io.IOException;

/**
 * An effect of a bad network on answers (downstream) and on requests (upstream).
 *
 * @see <a href="https://github.com/Shopify/toxiproxy#toxics">Toxics</a>
 */
enum Toxin {
    /** Late by 0.4 to 1.4 s, so that some come before an attempt's end and some after it. */
    LATE {
        @Override
        void add(ToxicList toxics, String name, ToxicDirection direction, double dose) throws IOException {
            toxics.latency(name, direction, 900).setJitter(500);
        }
    },
    /** Swallowed, while the connection stays. */
    LOST {
        @Override
        void add(ToxicList toxics, String name, ToxicDirection direction, double dose) throws IOException {
            toxics.timeout(name, direction, 0);
        }
    },
    /** Swallowed, and the connection ends within 0.3 s. */
    DROPPED {
        @Override
        void add(ToxicList toxics, String name, ToxicDirection direction, double dose) throws IOException {
            toxics.timeout(name, direction, 1 + Math.round(300 * dose));
        }
    },
    /** The connection is reset, at once or within 50 ms. */
    RESET {
        @Override
        void add(ToxicList toxics, String name, ToxicDirection direction, double dose) throws IOException {
            toxics.resetPeer(name, direction, Math.round(50 * dose));
        }
    },
    /** Cut off: before the first byte, in the head, or in the body. */
    CUT {
        @Override
        void add(ToxicList toxics, String name, ToxicDirection direction, double dose) throws IOException {
            toxics.limitData(name, direction, Math.round(1500 * dose));
        }
    },
    /** In pieces of some bytes. */
    SLICED {
        @Override
        void add(ToxicList toxics, String name, ToxicDirection direction, double dose) throws IOException {
            toxics.slicer(name, direction, 1 + Math.round(100 * dose), 5_000);
        }
    },
    /** At 1 KB/s, so that a long answer takes longer than an attempt may. */
    TRICKLING {
        @Override
        void add(ToxicList toxics, String name, ToxicDirection direction, double dose) throws IOException {
            toxics.bandwidth(name, direction, 1);
        }
    };

    /** @param dose from 0 to 1: how many milliseconds or bytes, where there is a choice */
    abstract void add(ToxicList toxics, String name, ToxicDirection direction, double dose) throws IOException;
}
