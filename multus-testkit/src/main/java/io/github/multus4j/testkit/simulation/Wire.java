package io.github.multus4j.testkit.simulation;

import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.Ec2Exception.Kind;
import io.github.multus4j.ec2.Ec2Network;
import io.github.multus4j.ec2.ErrorTable;
import io.github.multus4j.ec2.ErrorTable.Unanswered;
import io.github.multus4j.ec2.InterceptedEc2Network;
import io.github.multus4j.testkit.Action;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way of one process's calls to EC2 and back. */
final class Wire {

    /** The time-out of a client's attempt. */
    static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(10);

    private static final Duration SLOW = Duration.ofSeconds(8);

    private final FiberGroup process;
    private final VirtualTime time;
    private final Region region;
    private final Ec2Network ec2;

    Wire(FiberGroup process, VirtualTime time, Region region) {
        this.process = process;
        this.time = time;
        this.region = region;
        this.ec2 = new InterceptedEc2Network(region.ec2, new InterceptedEc2Network.Interceptor() {
            @Override
            public <T> T intercept(InterceptedEc2Network.Call<T> call) {
                Action action = Action.valueOf(call.action().name());
                return Wire.this.call(action, call.parameters(), call.deadline(), () -> call.proceed(atOnce()));
            }
        });
    }

    Ec2Network ec2() {
        return ec2;
    }

    /** For calls on the fake at the other end: they take no time there. */
    Deadline atOnce() {
        return Deadline.in(Duration.ofHours(1), time);
    }

    /**
     * Makes a call like a client without retries: an answer, a refusal, or a time-out with an
     * unknown outcome.
     */
    <T> T call(Action action, Map<String, Object> parameters, Deadline deadline, Supplier<T> effect) {
        if (Thread.currentThread().isInterrupted()) {
            throw failure(action, Unanswered.INTERRUPTED, "interrupted before the call was made");
        }
        Duration left = deadline.remaining(time);
        if (left.isZero()) {
            throw failure(action, Unanswered.DEADLINE_PASSED, "no time left; the call was not made");
        }
        FaultModel faultModel = region.faultModel();
        Fate fate = faultModel.fate(region.history.nextCall(), action);
        SimulatedCall call = region.history.call(time.delivery(), action, parameters, time.elapsed(), fate);
        Duration limit = left.compareTo(ATTEMPT_LIMIT) < 0 ? left : ATTEMPT_LIMIT;
        Duration roundTrip = fate == Fate.SLOW ? SLOW : faultModel.roundTrip(action);
        PendingAnswer<T> answer = new PendingAnswer<>();
        send(
                call,
                effect,
                answer,
                roundTrip,
                fate == Fate.LATE_EFFECT ? limit.plus(faultModel.lateness()) : roundTrip.dividedBy(2));
        if (fate.isCrash()) {
            call.delivery.crashed = true;
            time.crash(process);
        }
        time.await(answer, limit);
        call.ended = time.elapsed();
        if (Thread.currentThread().isInterrupted() && !answer.hasArrived()) {
            throw received(call, failure(action, Unanswered.INTERRUPTED, "interrupted while waiting for the answer"));
        }
        if (!answer.hasArrived()) {
            throw received(call, failure(action, Unanswered.CALL_TIMED_OUT, "no answer within " + Times.text(limit)));
        }
        try {
            return answer.get();
        } catch (Ec2Exception e) {
            throw received(call, e);
        }
    }

    private <T> void send(
            SimulatedCall call, Supplier<T> effect, PendingAnswer<T> answer, Duration roundTrip, Duration arrival) {
        Duration back = roundTrip.minus(roundTrip.dividedBy(2));
        switch (call.fate) {
            case ANSWERED, SLOW ->
                time.in(arrival, () -> {
                    Ec2Exception refusal = null;
                    T good = null;
                    try {
                        good = apply(call, effect);
                    } catch (Ec2Exception e) {
                        refusal = e;
                    }
                    answerAfter(answer, back, good, refusal);
                });
            case ERROR_AFTER_EFFECT ->
                time.in(arrival, () -> {
                    applyUnanswered(call, effect);
                    answerAfter(answer, back, null, internalError(call, "after"));
                });
            case THROTTLED ->
                answerAfter(
                        answer,
                        roundTrip,
                        null,
                        failure(call.action, "RequestLimitExceeded", "Request limit exceeded."));
            case DENIED ->
                answerAfter(
                        answer,
                        roundTrip,
                        null,
                        failure(
                                call.action,
                                "UnauthorizedOperation",
                                "You are not authorized to perform this operation."));
            case ERROR_BEFORE_EFFECT -> answerAfter(answer, roundTrip, null, internalError(call, "before"));
            case ANSWER_LOST, LATE_EFFECT, CRASH_AND_EFFECT -> time.in(arrival, () -> applyUnanswered(call, effect));
            case REQUEST_LOST, CRASH_AND_REQUEST_LOST -> {}
        }
    }

    private <T> void answerAfter(
            PendingAnswer<T> answer, Duration after, @Nullable T good, @Nullable Ec2Exception refusal) {
        time.in(after, () -> answer.arrive(good, refusal));
    }

    private <T> void applyUnanswered(SimulatedCall call, Supplier<T> effect) {
        try {
            apply(call, effect);
        } catch (Ec2Exception e) {
            // The process is dead and gets no answer.
        }
    }

    private <T> T apply(SimulatedCall call, Supplier<T> effect) {
        call.effect = time.elapsed();
        region.check().before(call);
        try {
            T answer = effect.get();
            call.answer = answer;
            region.check().after(call);
            return answer;
        } catch (Ec2Exception e) {
            call.answer = e;
            region.check().refused(call, e);
            throw e;
        }
    }

    private static Ec2Exception internalError(SimulatedCall call, String when) {
        return failure(call.action, "InternalError", "An internal error has occurred (" + when + " the effect).");
    }

    private static Ec2Exception received(SimulatedCall call, Ec2Exception what) {
        call.received = what;
        return what;
    }

    private static Ec2Exception failure(Action action, String code, String message) {
        Kind kind = ErrorTable.standard().kind(action.toString(), action.isMutating(), code, message, 0);
        return new Ec2Exception(kind, action.toString(), code, message);
    }
}
