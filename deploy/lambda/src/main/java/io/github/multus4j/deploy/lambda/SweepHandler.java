package io.github.multus4j.deploy.lambda;

import static io.github.multus4j.deploy.lambda.MultusHandler.ANSWER_MILLIS;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.multus4j.aws.Json;
import io.github.multus4j.ec2.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda function for a schedule: mends nodes and interfaces whose events were lost. It is
 * configured as {@link MultusHandler} is, with two more variables: {@code SweepVpcId} (empty: the
 * whole Region) and {@code SweepMode}, a dry run unless it is {@code MEND}. A manual invocation can
 * override both, as in {@code {"vpcId":"vpc-0123456789abcdef0","mode":"DRY_RUN"}}; a schedule's
 * event needs neither.
 *
 * <p>The report is the function's answer, as JSON, and a line in the log. <b>Unmended findings of a
 * mending sweep are a function error</b>; the findings of a dry run are not. A sweep takes two
 * scans a minute apart: give the function five minutes.
 */
public final class SweepHandler implements RequestStreamHandler {

    private final MultusFunction function;
    private final SweepOrder standing;
    private final InvocationLog log;

    /**
     * As Lambda makes it, once for each execution environment.
     *
     * @throws InvalidInputException if a variable is missing or wrong, with all problems
     */
    public SweepHandler() {
        this(System.getenv(), null);
    }

    /**
     * @param endpoint where all calls go; null for AWS, or for the value of
     *     {@code AWS_ENDPOINT_URL} of the process
     */
    SweepHandler(Map<String, String> environment, @Nullable URI endpoint) {
        this(environment, endpoint, Configuration.of(environment));
    }

    private SweepHandler(Map<String, String> environment, @Nullable URI endpoint, Configuration configuration) {
        this(
                new MultusFunction(configuration.spec(), AwsClients.of(environment, null, endpoint)),
                configuration.sweep(),
                new InvocationLog(configuration.metrics(), Clock.systemUTC()));
        Priming.beforeSnapshot(environment, endpoint, configuration.spec(), function);
    }

    SweepHandler(MultusFunction function, SweepOrder standing, InvocationLog log) {
        this.function = function;
        this.standing = standing;
        this.log = log;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        SweepOrder order = standing.overriddenBy(EventText.readObject(input));
        long start = System.nanoTime();
        Answer answer = function.sweep(order, Deadline.in(context.getRemainingTimeInMillis() - ANSWER_MILLIS));
        log.write(context, "", answer, (System.nanoTime() - start) / 1_000_000);
        if (answer.failed()) {
            throw new SweepIncompleteException(answer.line());
        }
        output.write(Json.write(answer.facts()).getBytes(StandardCharsets.UTF_8));
    }
}
