package io.github.multus4j.testkit.internal.call;

/**
 * The refusal of a request that is no valid call: the errors of the protocol, with EC2's messages.
 */
public final class WireError {

    /** The code for documented actions, parameters and filters that the fake does not model. */
    public static final String NOT_MODELLED = "NotModelledByFake";

    private WireError() {}

    /** A refusal with HTTP status 400. */
    public static Ec2Error of(String code, String message) {
        return of(code, message, 400);
    }

    public static Ec2Error of(String code, String message, int httpStatus) {
        return new Ec2Error(code, message, httpStatus, null);
    }

    public static Ec2Error missing(String parameter) {
        return of("MissingParameter", "The request must contain the parameter " + parameter);
    }

    public static Ec2Error invalid(String parameter, String value, String why) {
        return of("InvalidParameterValue", "Value (" + value + ") for parameter " + parameter + " is invalid. " + why);
    }

    /** AWS documents it, and the fake does not model it; the code is none of AWS's. */
    public static Ec2Error notModelled(String noun) {
        return of(
                NOT_MODELLED,
                "This fake does not model " + noun + ". AWS documents it, so this is not an answer of AWS.");
    }

    /** The request is no call at all. */
    public static Ec2Error unreadable(String why, int httpStatus) {
        return of("InvalidHttpRequest", "The HTTP request is invalid. Reason: " + why, httpStatus);
    }
}
