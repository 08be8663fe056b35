package io.github.multus4j.attach;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One view of EC2 for the runs of a process that go on at the same time: what several of them ask is asked once.
 *
 * <p>No answer is older than the question of any run that gets it. So who asks while the same question is under way does not get that answer but the
 * next one, together with all who ask until then: of each question at most one is under way, and one follows. Thread-safe.
 */
final class SharedReads {

    private final Map<Object, Read<?>> underWay = new HashMap<>();

    /**
     * Asks, or joins others that ask the same.
     *
     * @param question equal for those who ask the same
     * @param asking puts the question to EC2, by the run's deadline
     * @return waits for the answer; to be called by the run's thread
     */
    <T> Supplier<T> ask(Run run, Object question, Callable<T> asking) {
        Read<T> own = new Read<>(run, question, asking);
        Read<T> read = place(own);
        if (read == own && !own.follows) {
            run.execute(own);
        }
        return () -> {
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

    /** The read that answers: one that is yet to follow, or the given one. */
    private synchronized <T> Read<T> place(Read<T> own) {
        @SuppressWarnings("unchecked") // answers to equal questions are of one type
        Read<T> first = (Read<T>) underWay.get(own.question);
        if (first == null) {
            underWay.put(own.question, own);
            return own;
        }
        Read<T> next = first.next;
        if (first.mayOutlast(own) || (next != null && next.mayOutlast(own))) {
            return own; // beside them: it must not wait for longer than its run may take
        }
        if (next == null) {
            own.follows = true;
            first.next = own;
            return own;
        }
        return next;
    }

    /** Who follows on a read that has ended. */
    private synchronized @Nullable Read<?> after(Read<?> ended) {
        if (underWay.get(ended.question) != ended) {
            return null;
        }
        Read<?> next = ended.next;
        if (next == null) {
            underWay.remove(ended.question);
        } else {
            underWay.put(ended.question, next);
        }
        return next;
    }

    /** A question of one run, and those who wait for its answer. */
    private final class Read<T> extends FutureTask<T> {

        private final Run run;
        private final Object question;
        private boolean follows;
        private @Nullable Read<T> next;

        Read(Run run, Object question, Callable<T> asking) {
            super(asking);
            this.run = run;
            this.question = question;
        }

        boolean mayOutlast(Read<T> other) {
            Deadline deadline = run.workDeadline();
            return deadline.at().isAfter(other.run.workDeadline().at());
        }

        @Override
        protected void done() {
            Read<?> follower = after(this);
            if (follower != null) {
                follower.run.execute(follower);
            }
        }
    }
}
