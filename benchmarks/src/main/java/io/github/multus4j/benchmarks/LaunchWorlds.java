package io.github.multus4j.benchmarks;

import io.github.multus4j.aws.Json;
import io.github.multus4j.ec2.Attachment;
import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Sleeper;
import io.github.multus4j.fixtures.TlsFront;
import io.github.multus4j.fixtures.TlsKeys;
import io.github.multus4j.lifecycle.LifecycleAction;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.endpoint.Ec2Endpoint;
import io.github.multus4j.testkit.endpoint.MetadataEndpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;

/**
 * The worlds for the script {@code cold-start}: fresh, with one launched node, EC2 behind TLS. Each
 * line of the input, {@code INTERFACES LATENCY-MS}, is answered by a JSON object with the world's
 * URL, its contents and the event that it has sent. The world exists until an empty line, which is
 * answered by a JSON object with the result.
 */
public final class LaunchWorlds {

    private static final String ZONE = "us-east-1a";
    private static final String TRIGGER = "multus-ng";
    private static final String GROUP = "multus-nodes";
    private static final String HOOK = "multus-hook";

    /**
     * The node was launched a minute before its handler starts. One that starts at once waits for
     * others that it cannot see yet.
     */
    private static final Clock LATE = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1));

    private LaunchWorlds() {}

    public static void main(String... arguments) throws IOException {
        TlsKeys keys = TlsKeys.in(Files.createDirectories(Path.of(arguments[0])));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            Scanner words = new Scanner(order);
            play(keys, words.nextInt(), Duration.ofMillis(words.nextLong()), orders);
        }
    }

    private static void play(TlsKeys keys, int interfaces, Duration latency, BufferedReader orders) throws IOException {
        FakeEc2Network ec2 = FakeEc2Network.strict(LATE, Sleeper.SYSTEM);
        FakeVpc vpc = ec2.vpc("10.0.0.0/16");
        List<String> subnets = new ArrayList<>();
        for (int i = 0; i < interfaces; i++) {
            subnets.add(vpc.subnet("10.0." + i + ".0/24", ZONE).id());
        }
        Instance node = vpc.launch("m5.4xlarge", ZONE, Map.of(TRIGGER, "true"));
        LifecycleAction action = ec2.autoScaling().waiting(GROUP, HOOK, node.id());
        ec2.behaviour().callsTake(any -> latency);
        try (Ec2Endpoint endpoint = Ec2Endpoint.start(ec2);
                TlsFront front = TlsFront.start(endpoint.url(), keys);
                MetadataEndpoint metadata = MetadataEndpoint.start(ec2, node.id())) {
            print(Map.of(
                    "endpoint", front.url().toString(),
                    "metadata", metadata.url().toString(),
                    "trustOptions", keys.javaOptions(),
                    "certificate", keys.certificate().toString(),
                    "subnets", String.join(",", subnets),
                    "securityGroup", vpc.securityGroup("multus").id(),
                    "trigger", TRIGGER,
                    "hook", HOOK,
                    "event", ec2.autoScaling().launchEvent(action)));
            orders.readLine();
            print(Map.of(
                    "attached",
                    ec2.interfaces().stream().filter(it -> isDone(it, node)).count(),
                    "continued",
                    ec2.autoScaling().result(action).isPresent(),
                    "calls",
                    ec2.journal().entries().size(),
                    "lastAnswer",
                    seconds(front.lastAnswer())));
        }
    }

    private static boolean isDone(NetworkInterface it, Instance node) {
        Attachment attachment = it.attachment();
        return it.isAttachedTo(node.id())
                && attachment != null
                && !attachment.isPrimary()
                && attachment.deleteOnTermination()
                && !it.sourceDestCheck();
    }

    /** Since the epoch, as Python has it. */
    private static BigDecimal seconds(Instant time) {
        return BigDecimal.valueOf(time.getEpochSecond()).add(BigDecimal.valueOf(time.getNano(), 9));
    }

    private static void print(Map<String, Object> answer) {
        System.out.println(Json.write(answer));
        System.out.flush();
    }
}
