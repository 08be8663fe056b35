package io.github.multus4j.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;

/** Answers what AWS has no API for, see {@link Ec2Endpoint}. */
final class ControlHandler implements HttpHandler {

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String asked =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        HttpReply.send(exchange, 404, "application/json", Json.write(Map.of("error", "there is no " + asked)) + "\n");
    }
}
