package io.github.multus4j.testkit.internal.call;

import io.github.multus4j.ec2.Ec2Exception;
import io.github.multus4j.ec2.ErrorTable;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.Action;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A refused call: EC2's answer, before it becomes the port's exception or an HTTP answer. */
public final class Ec2Error extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final int httpStatus;
    private final Ec2Exception.@Nullable Kind kind;
    private final transient @Nullable BrokenRule rule;

    /** An error with the meaning that {@link ErrorTable} gives it. */
    public Ec2Error(String code, String message, int httpStatus, @Nullable BrokenRule rule) {
        this(code, message, httpStatus, rule, null);
    }

    /** An error with another meaning, if {@code kind} is given. */
    public Ec2Error(
            String code, String message, int httpStatus, @Nullable BrokenRule rule, Ec2Exception.@Nullable Kind kind) {
        super(message);
        this.code = code;
        this.httpStatus = httpStatus;
        this.kind = kind;
        this.rule = rule;
    }

    /** An error that a test requests, with the HTTP status of such errors in EC2. */
    public static Ec2Error askedFor(String code, String message, Ec2Exception.@Nullable Kind kind) {
        int status = switch (ErrorTable.standard().kind("", true, code, message, 400)) {
            case THROTTLED -> 503;
            case OUTCOME_UNKNOWN -> 500;
            case DENIED -> 403;
            default -> 400;
        };
        return new Ec2Error(code, message, status, null, kind);
    }

    /** EC2's error code. */
    public String code() {
        return code;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** The meaning of the error for that call, as the adapter for the AWS SDK reads it. */
    public Ec2Exception.Kind kind(Action action) {
        return kind != null
                ? kind
                : ErrorTable.standard().kind(action.toString(), action.isMutating(), code, text(), httpStatus);
    }

    /** The rule that was broken; null if the error is a fault. */
    @Nullable
    public BrokenRule rule() {
        return rule;
    }

    public String text() {
        return String.valueOf(getMessage());
    }

    public Ec2Exception toException(Action action) {
        Ec2Exception.Kind meaning = kind(action);
        List<IpAddress> addresses = ErrorTable.addresses(meaning, text());
        return new Ec2Exception(meaning, action.toString(), code, text(), addresses, null, this);
    }
}
