package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.testkit.internal.call.DocumentedApi;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import io.github.multus4j.testkit.internal.call.WireError;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The two services' forms of answers; the calls have the same form. */
public enum QueryProtocol {
    EC2("ec2", "AmazonEC2", "2016-11-15", "http://ec2.amazonaws.com/doc/2016-11-15/") {
        @Override
        public String answer(String action, Consumer<Xml> content, String requestId) {
            return Xml.document(action + "Response", namespace(), xml -> {
                xml.text("requestId", requestId);
                content.accept(xml);
            });
        }

        @Override
        String refusal(Ec2Error error, String requestId) {
            return Xml.document(
                    "Response",
                    "",
                    xml -> xml.element(
                                    "Errors",
                                    errors -> errors.element(
                                            "Error",
                                            each -> each.text("Code", error.code())
                                                    .text("Message", error.text())))
                            .text("RequestID", requestId));
        }

        @Override
        Ec2Error unknownAction(String action) {
            return WireError.of("InvalidAction", "The action " + action + " is not valid for this web service.");
        }

        @Override
        Ec2Error unsigned() {
            return WireError.missing("AWSAccessKeyId");
        }
    },

    AUTO_SCALING("autoscaling", "AutoScaling", "2011-01-01", "http://autoscaling.amazonaws.com/doc/2011-01-01/") {
        @Override
        public String answer(String action, Consumer<Xml> content, String requestId) {
            return Xml.document(
                    action + "Response",
                    namespace(),
                    xml -> xml.element(action + "Result", content)
                            .element("ResponseMetadata", metadata -> metadata.text("RequestId", requestId)));
        }

        @Override
        String refusal(Ec2Error error, String requestId) {
            return Xml.document(
                    "ErrorResponse",
                    namespace(),
                    xml -> xml.element(
                                    "Error",
                                    each -> each.text("Type", error.httpStatus() < 500 ? "Sender" : "Receiver")
                                            .text("Code", error.code())
                                            .text("Message", error.text()))
                            .text("RequestId", requestId));
        }

        @Override
        Ec2Error unknownAction(String action) {
            return WireError.of("InvalidAction", "Could not find operation " + action + " for version " + version());
        }

        @Override
        Ec2Error unsigned() {
            return WireError.of("MissingAuthenticationToken", "Request is missing Authentication Token", 403);
        }
    };

    private final String signingName;
    private final String serviceName;
    private final String version;
    private final String namespace;

    QueryProtocol(String signingName, String serviceName, String version, String namespace) {
        this.signingName = signingName;
        this.serviceName = serviceName;
        this.version = version;
        this.namespace = namespace;
    }

    /** A successful answer to that action. */
    public abstract String answer(String action, Consumer<Xml> content, String requestId);

    /** The answer of a failed call. */
    abstract String refusal(Ec2Error error, String requestId);

    /** The service has no such action. */
    abstract Ec2Error unknownAction(String action);

    /** The fake does not have this action; the service may have it. */
    Ec2Error refusedAction(String action) {
        return DocumentedApi.hasAction(signingName, action)
                ? WireError.notModelled("the action " + action)
                : unknownAction(action);
    }

    /** The call carries no credentials. */
    abstract Ec2Error unsigned();

    /** The service of a call: by the scope of its credentials, else by its API version. */
    static QueryProtocol of(Optional<CredentialScope> scope, Map<String, String> parameters) {
        for (QueryProtocol protocol : values()) {
            boolean meant = scope.map(CredentialScope::service)
                    .filter(service -> !service.isEmpty())
                    .map(protocol.signingName::equals)
                    .orElseGet(() -> protocol.version.equals(parameters.get("Version")));
            if (meant) {
                return protocol;
            }
        }
        return EC2;
    }

    /**
     * Checks the requirements of every call.
     *
     * @return the action
     */
    String checkedAction(Optional<CredentialScope> scope, Map<String, String> parameters) {
        String action = parameters.getOrDefault("Action", "");
        if (action.isEmpty()) {
            throw WireError.of("MissingAction", "The request must contain the parameter Action");
        }
        String service = scope.orElseThrow(this::unsigned).service();
        if (!service.isEmpty() && !service.equals(signingName)) {
            throw WireError.of(
                    "AuthFailure",
                    "Credential should be scoped to correct service: '" + signingName + "', not '" + service + "'",
                    401);
        }
        String asked = parameters.getOrDefault("Version", "");
        if (asked.isEmpty()) {
            throw WireError.missing("Version");
        }
        if (!asked.equals(version)) {
            throw WireError.of(
                    "NoSuchVersion",
                    "The requested version (" + asked + ") of service " + serviceName + " does not exist");
        }
        return action;
    }

    public String version() {
        return version;
    }

    String namespace() {
        return namespace;
    }
}
