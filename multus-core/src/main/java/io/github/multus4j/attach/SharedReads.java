package io.github.multus4j.attach;

import io.github.multus4j.ec2.Ec2Exception;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One view of EC2 for the runs of a process that go on at the same time: what several of them ask is asked once.
 *
 * <p>No answer is older than the question of any run that gets it. So who asks while the same question is under way does not get that answer but the
 * next one, together with all who ask until then: of each question at most one is under way, and one follows. Whoever waits for that one first puts it, as
 * soon as the one under way has ended, or takes too long. Thread-safe.
 */
final class SharedReads {

    /** How long the next question waits for the one under way, whose run may have ended long ago: several times what an answer takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Of each question the one under way; or the one that follows, if that has ended meanwhile. */
    private final Map<Object, Read<?>> current = new HashMap<>();

    /**
     * Asks, or joins others that ask the same.
     *
     * @param question equal for those who ask the same
     * @param asking puts the question to EC2, by the run's deadline
     * @return waits for the answer; to be called by the run's thread
     */
    <T> Supplier<T> ask(Run run, Object question, Callable<T> asking) {
        Read<T> own = new Read<>(run, question, asking);
        Read<T> read;
        Read<T> before;
        synchronized (this) {
            read = place(own);
            before = read.before;
        }
        if (before == null) {
            start(read, run);
        }
        return () -> {
            if (before != null) {
                run.await(before, PATIENCE);
                start(read, run);
            }
            try {
                return run.await(read);
            } catch (Ec2Exception e) {
                if (read == own) {
                    throw e;
                }
                return run.await(run.start(asking)); // the other run's time may have been over
            }
        };
    }

    /** The read that answers: one that is yet to start, or the given one. */
    private <T> Read<T> place(Read<T> own) {
        @SuppressWarnings("unchecked") // answers to equal questions are of one type
        Read<T> first = (Read<T>) current.get(own.question);
        if (first == null) {
            current.put(own.question, own);
            return own;
        }
        Read<T> next = first.started ? first.next : first;
        if (next == null) {
            own.before = first;
            first.next = own;
            return own;
        }
        // Beside the others, if waiting for them could take longer than the run has.
        return next.run.workDeadline().at().isAfter(own.run.workDeadline().at()) ? own : next;
    }

    /** Starts it for all who wait for it, unless one of them has. */
    private <T> void start(Read<T> read, Run run) {
        synchronized (this) {
            if (read.started) {
                return;
            }
            read.started = true;
            if (read.before != null && current.get(read.question) == read.before) {
                current.put(read.question, read);
            }
            read.before = null;
        }
        run.execute(read);
    }

    private synchronized void ended(Read<?> read) {
        if (current.get(read.question) == read) {
            if (read.next == null) {
                current.remove(read.question);
            } else {
                current.put(read.question, read.next);
            }
        }
    }

    /** A question of one run, and those who wait for its answer. */
    private final class Read<T> extends Task<T> {

        private final Run run;
        private final Object question;
        private @Nullable Read<T> before;
        private @Nullable Read<T> next;
        private boolean started;

        Read(Run run, Object question, Callable<T> asking) {
            super(asking);
            this.run = run;
            this.question = question;
        }

        @Override
        protected void done() {
            ended(this);
        }
    }
}
