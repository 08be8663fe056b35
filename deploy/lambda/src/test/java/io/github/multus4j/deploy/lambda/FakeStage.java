package io.github.multus4j.deploy.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.multus4j.aws.Json;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.NewNetworkInterface;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.nodegroup.OwnerTags;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A fake EC2 behind HTTP, two Multus subnets in it, the variables for them, and a Lambda context.
 */
final class FakeStage implements AutoCloseable {

    static final String GROUP = "multus-nodes";
    static final String HOOK = "multus-hook";

    /** The time that the log lines tell. */
    static final Clock NOW = Clock.fixed(Instant.parse("2026-03-01T10:00:00.250Z"), ZoneOffset.UTC);

    final FakeEc2Network ec2;
    final FakeVpc vpc;
    final Subnet signalling;
    final Subnet media;
    final Map<String, String> variables;
    final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final Ec2Endpoint endpoint;
    private int leaks;

    FakeStage() {
        this(Sleeper.SYSTEM);
    }

    /**
     * @param sleeper passes the time of slow calls
     */
    FakeStage(Sleeper sleeper) {
        ec2 = FakeEc2Network.strict(Clock.systemUTC(), sleeper);
        vpc = ec2.vpc("10.0.0.0/16");
        signalling = vpc.subnet("10.0.4.0/24", "us-east-1a");
        media = vpc.subnet("10.0.6.0/24", "us-east-1a");
        variables = new HashMap<>(Map.of(
                "SubnetIds",
                signalling.id() + "," + media.id(),
                "SecGroupIds",
                vpc.securityGroup("multus").id(),
                "TargetNodeGroupTagKey",
                "multus-ng",
                "useStaticIPs",
                "true",
                "LifecycleHookNames",
                HOOK));
        endpoint = Ec2Endpoint.start(ec2);
    }

    /** A node that asks for interfaces. */
    Instance node() {
        return vpc.launch("m5.4xlarge", "us-east-1a", Map.of("multus-ng", "true"));
    }

    LifecycleAction waiting(Instance node) {
        return ec2.autoScaling().waiting(GROUP, HOOK, node.id());
    }

    String launchEvent(LifecycleAction action) {
        return Json.write(ec2.autoScaling().launchEvent(action));
    }

    URI endpoint() {
        return endpoint.url();
    }

    Shell shell(String input, String... arguments) {
        return shell(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), arguments);
    }

    Shell shell(InputStream input, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.contains("--endpoint")) {
            all.addAll(List.of("--endpoint", endpoint().toString()));
        }
        return Shell.run(variables, input, all.toArray(String[]::new));
    }

    /** The handler's answer to an event. */
    Map<String, Object> invoke(String event) {
        return invoke(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)));
    }

    Map<String, Object> invoke(InputStream event) {
        return run(Duration.ofMinutes(1), Sleeper.SYSTEM, MultusHandler::new, event);
    }

    /** The sweep handler's answer to an event. No time passes between the two scans. */
    Map<String, Object> sweep(String event) {
        return run(
                Duration.ofMinutes(5),
                duration -> {},
                (function, log) ->
                        new SweepHandler(function, Configuration.of(variables).sweep(), log),
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)));
    }

    private Map<String, Object> run(
            Duration time,
            Sleeper sleeper,
            BiFunction<MultusFunction, InvocationLog, RequestStreamHandler> handler,
            InputStream event) {
        Configuration configuration = Configuration.of(variables);
        AwsClients clients = AwsClients.of(variables, null, endpoint.url());
        try (MultusFunction function = new MultusFunction(configuration.spec(), clients, sleeper)) {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            handler.apply(function, new InvocationLog(configuration.metrics(), NOW))
                    .handleRequest(event, answer, new Invocation(log, time));
            return Json.read(answer.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An available interface that was made for an instance that is gone. */
    NetworkInterface leak() {
        String owner = "i-0123456789abcdef0";
        NetworkInterface leak = ec2.createNetworkInterface(
                new NewNetworkInterface(
                        signalling.id(), null, List.of(), 0, List.of(), "", OwnerTags.of(owner, 1), "leak-" + leaks++),
                Deadline.in(60_000));
        ec2.journal().clear();
        return leak;
    }

    boolean exists(NetworkInterface leak) {
        return ec2.interfaces().stream().anyMatch(i -> i.id().equals(leak.id()));
    }

    /** The one line in the log. */
    Map<String, Object> logged() {
        if (log.size() != 1) {
            throw new AssertionError("expected one line: " + log);
        }
        return Json.read(log.get(0).strip());
    }

    @Override
    public void close() {
        endpoint.close();
    }

    /** An invocation with that much time left. */
    private record Invocation(List<String> log, Duration time) implements Context {

        @Override
        public String getAwsRequestId() {
            return "request-1";
        }

        @Override
        public int getRemainingTimeInMillis() {
            return Math.toIntExact(time.toMillis());
        }

        @Override
        public LambdaLogger getLogger() {
            return new LambdaLogger() {
                @Override
                public void log(String message) {
                    log.add(message);
                }

                @Override
                public void log(byte[] message) {
                    log.add(new String(message, StandardCharsets.UTF_8));
                }
            };
        }

        @Override
        public String getLogGroupName() {
            return "group";
        }

        @Override
        public String getLogStreamName() {
            return "stream";
        }

        @Override
        public String getFunctionName() {
            return "multus";
        }

        @Override
        public String getFunctionVersion() {
            return "1";
        }

        @Override
        public String getInvokedFunctionArn() {
            return "arn:aws:lambda:us-east-1:123456789012:function:multus";
        }

        @Override
        public CognitoIdentity getIdentity() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ClientContext getClientContext() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getMemoryLimitInMB() {
            return 512;
        }
    }
}
