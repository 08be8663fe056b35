package io.github.multus4j.testkit.internal.query;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import io.github.multus4j.testkit.internal.call.LostResponse;
import io.github.multus4j.testkit.internal.call.WireError;
import io.github.multus4j.testkit.internal.engine.Ec2Engine;
import io.github.multus4j.testkit.internal.http.WebReply;
import io.github.multus4j.testkit.internal.http.WebRequest;
import io.github.multus4j.testkit.internal.http.WebResource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Answers the calls of the query protocol: from HTTP request to engine, and from its answer to XML.
 */
public final class QueryHandler implements WebResource {

    private static final System.Logger LOG = System.getLogger(QueryHandler.class.getName());

    private final Ec2Engine engine;
    private final Map<Action, WireAction> actions = WireActions.all();

    public QueryHandler(Ec2Engine engine) {
        this.engine = engine;
    }

    @Override
    public WebReply answer(WebRequest request) {
        if (!Set.of("GET", "POST").contains(request.method())) {
            return refusal(405, "the method must be GET or POST, not " + request.method())
                    .with("Allow", "GET, POST");
        }
        return new Exchange(request).answer();
    }

    @Override
    public WebReply refusal(int status, String why) {
        String requestId = UUID.randomUUID().toString();
        Ec2Error error = WireError.unreadable(why, status);
        return reply(status, requestId, QueryProtocol.EC2.refusal(error, requestId));
    }

    private static WebReply reply(int status, String requestId, String xml) {
        return WebReply.of(status, "text/xml;charset=UTF-8", xml).with("x-amzn-RequestId", requestId);
    }

    /** One request and its answer. */
    private final class Exchange {

        private final WebRequest http;
        private final String requestId = UUID.randomUUID().toString();
        private QueryProtocol protocol = QueryProtocol.EC2;

        Exchange(WebRequest http) {
            this.http = http;
        }

        WebReply answer() {
            try {
                return reply(200, requestId, called());
            } catch (LostResponse e) {
                return WebReply.LOST;
            } catch (Ec2Error e) {
                return reply(e.httpStatus(), requestId, protocol.refusal(e, requestId));
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "request " + requestId + " met a fault of the fake", e);
                Ec2Error error = WireError.of("InternalError", "An internal error has occurred: " + e, 500);
                return reply(500, requestId, protocol.refusal(error, requestId));
            }
        }

        private String called() {
            String path = http.uri().getPath();
            if (!path.isEmpty() && !path.equals("/")) {
                throw WireError.unreadable("there is nothing at " + path, 404);
            }
            Map<String, String> parameters = HttpForm.read(http);
            Optional<CredentialScope> scope = CredentialScope.of(http.headers(), parameters);
            protocol = QueryProtocol.of(scope, parameters);
            String name = protocol.checkedAction(scope, parameters);
            WireAction action = Action.of(name)
                    .filter(known -> known.isAutoScaling() == (protocol == QueryProtocol.AUTO_SCALING))
                    .map(actions::get)
                    .orElseThrow(() -> protocol.refusedAction(name));
            QueryRequest request = new QueryRequest(parameters);
            WireAction.Call<?> call = action.read(request);
            boolean dryRun = protocol == QueryProtocol.EC2 && request.flag("DryRun", false);
            request.refuseUnread();
            if (dryRun) {
                throw WireError.of("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);
            }
            WireAction.Answer answer = call.make(engine);
            return protocol.answer(name, answer::writeTo, requestId);
        }
    }
}
