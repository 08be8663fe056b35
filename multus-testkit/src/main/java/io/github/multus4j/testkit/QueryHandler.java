package io.github.multus4j.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Answers the calls of the query protocol: from HTTP request to engine, and from its answer to XML. */
final class QueryHandler implements HttpHandler {

    private static final System.Logger LOG = System.getLogger(Ec2Endpoint.class.getName());

    private final Ec2Engine engine;
    private final Map<Action, WireAction> actions = WireActions.all();

    QueryHandler(Ec2Engine engine) {
        this.engine = engine;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        new Exchange(exchange).answer();
    }

    /** One request and its answer. */
    private final class Exchange {

        private final HttpExchange http;
        private final String requestId = UUID.randomUUID().toString();
        private QueryProtocol protocol = QueryProtocol.EC2;

        Exchange(HttpExchange http) {
            this.http = http;
        }

        void answer() throws IOException {
            int status = 200;
            String xml;
            try {
                xml = called();
            } catch (LostResponse e) {
                HttpReply.lose(http);
                return;
            } catch (Ec2Error e) {
                status = e.httpStatus();
                xml = protocol.refusal(e, requestId);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "request " + requestId + " met a fault of the fake", e);
                status = 500;
                xml = protocol.refusal(
                        WireError.of("InternalError", "An internal error has occurred: " + e, 500), requestId);
            }
            http.getResponseHeaders().set("x-amzn-RequestId", requestId);
            HttpReply.send(http, status, "text/xml;charset=UTF-8", xml);
        }

        private String called() throws IOException {
            checkAddressed();
            Map<String, String> parameters = HttpForm.read(http);
            Optional<CredentialScope> scope = CredentialScope.of(http.getRequestHeaders(), parameters);
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

        private void checkAddressed() {
            String method = http.getRequestMethod();
            if (!Set.of("GET", "POST").contains(method)) {
                http.getResponseHeaders().set("Allow", "GET, POST");
                throw WireError.unreadable("the method must be GET or POST, not " + method, 405);
            }
            String path = http.getRequestURI().getPath();
            if (!path.isEmpty() && !path.equals("/")) {
                throw WireError.unreadable("there is nothing at " + path, 404);
            }
        }
    }
}
