package io.github.multus4j.testkit;

import io.github.multus4j.ec2.Ec2Exception;
import org.jspecify.annotations.Nullable;

/** A call that EC2 refuses: what the API answers, before it becomes the port's exception or an HTTP answer. */
final class Ec2Error extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final int httpStatus;
    private final Ec2Exception.Kind kind;
    private final transient @Nullable ConformanceRule rule;

    Ec2Error(String code, String message, int httpStatus, Ec2Exception.Kind kind, @Nullable ConformanceRule rule) {
        super(message);
        this.code = code;
        this.httpStatus = httpStatus;
        this.kind = kind;
        this.rule = rule;
    }

    /** EC2's error code. */
    String code() {
        return code;
    }

    int httpStatus() {
        return httpStatus;
    }

    Ec2Exception.Kind kind() {
        return kind;
    }

    /** The rule that was broken; null if the error was asked for as a fault. */
    @Nullable
    ConformanceRule rule() {
        return rule;
    }

    String text() {
        return String.valueOf(getMessage());
    }

    Ec2Exception toException(Action action) {
        return new Ec2Exception(kind, action.toString(), code, text(), null, this);
    }
}
