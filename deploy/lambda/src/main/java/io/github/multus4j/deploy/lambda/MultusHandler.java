package io.github.multus4j.deploy.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.github.multus4j.aws.Json;
import io.github.multus4j.ec2.Deadline;
import io.github.multus4j.ec2.Excerpt;
import io.github.multus4j.lifecycle.InvalidEventException;
import io.github.multus4j.lifecycle.LifecycleEvent;
import io.github.multus4j.nodegroup.NodeGroupSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda function: makes a node Multus-ready when EC2 Auto Scaling launches it. It is
 * configured by the reference Lambda's variables, see {@link NodeGroupSpec#fromEnvironment}; the
 * start of the function reports all problems in them.
 *
 * <p>Events come by EventBridge, SNS, SQS or EventBridge Pipes, or from a dead-letter queue. The
 * function answers with the result as JSON, also if there was nothing to do. <b>A failed launch is
 * a function error</b> with the outcome's line as its message, so that Lambda's retries, alarms and
 * dead-letter queues see it, also if the launch was abandoned. A repeated run reads first, and
 * makes nothing twice.
 *
 * <p>The messages of an SQS batch are handled side by side, and the failed ones are reported one by
 * one: set {@code ReportBatchItemFailures} in the event source mapping. Without it, SQS deletes the
 * whole batch unless all messages failed.
 */
public final class MultusHandler implements RequestStreamHandler {

    /** Kept for writing the answer. */
    static final int ANSWER_MILLIS = 500;

    private final MultusFunction function;
    private final InvocationLog log;

    /**
     * As Lambda makes it, once for each execution environment.
     *
     * @throws InvalidInputException if a variable is missing or wrong, with all problems
     */
    public MultusHandler() {
        this(System.getenv(), null);
    }

    /**
     * @param endpoint where all calls go; null for AWS, or for the value of
     *     {@code AWS_ENDPOINT_URL} of the process
     */
    MultusHandler(Map<String, String> environment, @Nullable URI endpoint) {
        this(environment, endpoint, Configuration.of(environment));
    }

    private MultusHandler(Map<String, String> environment, @Nullable URI endpoint, Configuration configuration) {
        this(
                new MultusFunction(configuration.spec(), AwsClients.of(environment, null, endpoint)),
                new InvocationLog(configuration.metrics(), Clock.systemUTC()));
        Priming.beforeSnapshot(environment, endpoint, configuration.spec(), function);
    }

    MultusHandler(MultusFunction function, InvocationLog log) {
        this.function = function;
        this.log = log;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Map<String, Object> answer = answer(EventText.readEvent(input), context);
        output.write(Json.write(answer).getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, Object> answer(Map<String, Object> event, Context context) {
        Deadline deadline = Deadline.in(context.getRemainingTimeInMillis() - ANSWER_MILLIS);
        List<SqsBatch.Message> messages = SqsBatch.messages(event);
        if (!messages.isEmpty()) {
            return SqsBatch.report(messages, message -> handleAll(message.asEvent(), message.id(), deadline, context));
        }
        List<Answer> answers = handleAll(event, "", deadline, context);
        List<String> failures =
                answers.stream().filter(Answer::failed).map(Answer::line).toList();
        if (!failures.isEmpty()) {
            throw new NodeNotReadyException(Excerpt.joined(failures, "; "));
        }
        return answers.size() == 1
                ? answers.get(0).facts()
                : Map.of("outcomes", answers.stream().map(Answer::facts).toList());
    }

    /**
     * Handles all readable messages of an event. Each unreadable one is a failure beside them.
     *
     * @param messageId the SQS message that the event came in; empty if there is none
     * @throws InvalidInputException if no message is readable, and no message of SQS can be named
     *     for it
     */
    private List<Answer> handleAll(Map<String, ?> event, String messageId, Deadline deadline, Context context) {
        List<Answer> answers = new ArrayList<>();
        List<LifecycleEvent> readable;
        try {
            readable = function.events(event);
        } catch (InvalidEventException e) {
            readable = e.readableEvents();
            if (readable.isEmpty() && messageId.isEmpty()) {
                throw new InvalidInputException(e.getMessage());
            }
            Answer unreadable = Answer.unreadable(String.valueOf(e.getMessage()));
            log.write(context, messageId, unreadable, 0);
            answers.add(unreadable);
        }
        answers.addAll(SideBySide.all(readable, each -> handleLogged(each, deadline, context)));
        return answers;
    }

    private Answer handleLogged(LifecycleEvent event, Deadline deadline, Context context) {
        long start = System.nanoTime();
        Answer answer = function.handle(event, deadline);
        log.write(context, event.messageId(), answer, (System.nanoTime() - start) / 1_000_000);
        return answer;
    }
}
