package io.github.multus4j.testkit.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.multus4j.ec2.Instance;
import io.github.multus4j.ec2.NetworkInterface;
import io.github.multus4j.ec2.Subnet;
import io.github.multus4j.testkit.FakeEc2Network;
import io.github.multus4j.testkit.FakeVpc;
import io.github.multus4j.testkit.internal.call.Ec2Error;
import io.github.multus4j.testkit.internal.call.Ec2Request;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.AttachNetworkInterface;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.Attached;
import io.github.multus4j.testkit.internal.engine.EngineAccess;
import io.github.multus4j.testkit.internal.query.QueryProtocol;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInfo;

/**
 * A world for tests of rules. A test that is named after a rule, as in
 * {@code attach_indexTaken_isRefused} for {@code ATTACH_INDEX_TAKEN}, fails unless that rule
 * refused a call in it.
 */
public abstract class RuleTest {

    public static final String ZONE = "us-east-1a";
    static final String OTHER_ZONE = "us-east-1b";
    public static final String NONE = "0123456789abcdef0";

    public final FakeEc2Network ec2 = FakeEc2Network.strict();
    public final FakeVpc vpc = ec2.vpc("10.0.0.0/16", "2600:1f18:1234:5600::/56");
    private final Set<ConformanceRule> enforced = new HashSet<>();

    /** The rule that a test is named after, by the first two words of its name. */
    static Optional<ConformanceRule> ruleOf(String testName) {
        String[] words = testName.split("_", -1);
        if (words.length < 2) {
            return Optional.empty();
        }
        String name = (words[0] + "_" + words[1])
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toUpperCase(Locale.ROOT);
        return ConformanceRules.all().stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst();
    }

    @AfterEach
    void ruleOfTheTestsName_wasEnforced(TestInfo info) {
        ruleOf(info.getTestMethod().orElseThrow().getName())
                .filter(rule -> rule.row().isRefusal())
                .ifPresent(rule -> assertThat(enforced).contains(rule));
    }

    <R> R call(Ec2Request<R> request) {
        return EngineAccess.of(ec2).call(request);
    }

    /** Makes a call that must be refused by that rule, without effect. */
    Ec2Error refused(ConformanceRule rule, Ec2Request<?> request) {
        Object before = ec2.interfaces();
        Ec2Error error = catchThrowableOfType(Ec2Error.class, () -> call(request));
        assertThat(error).as("refusal of %s", request).isNotNull();
        assertThat(error.rule()).as("rule that refused with: %s", error.text()).isEqualTo(rule);
        assertThat(error.code()).isEqualTo(rule.row().code());
        assertThat(ec2.interfaces()).isEqualTo(before);
        enforced.add(rule);
        return error;
    }

    /** Makes a call from its parameters on the wire; it must be refused by that rule. */
    String refusedOnWire(ConformanceRule rule, String action, String... parameters) {
        WireAnswer answer = onWire(action, parameters);
        assertThat(answer.rule()).as("rule that refused with: %s", answer.xml()).isEqualTo(rule);
        assertThat(answer.code()).isEqualTo(rule.row().code());
        enforced.add(rule);
        return answer.xml();
    }

    /** Makes a call from its parameters on the wire; refused or not. */
    WireAnswer onWire(String action, String... parameters) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            map.put(parameters[i], parameters[i + 1]);
        }
        return WireTarget.of(ec2).call(QueryProtocol.EC2, action, map);
    }

    Subnet subnet() {
        return vpc.subnet("10.0.4.0/24", ZONE);
    }

    Instance node(String type) {
        return vpc.launch(type, ZONE, Map.of());
    }

    NetworkInterface create(Subnet subnet) {
        return call(CreateCall.in(subnet).request()).networkInterface();
    }

    Attached attach(NetworkInterface made, Instance node, int index) {
        return call(new AttachNetworkInterface(made.id(), node.id(), index, 0));
    }

    NetworkInterface now(NetworkInterface before) {
        return ec2.interfaces().stream()
                .filter(i -> i.id().equals(before.id()))
                .findFirst()
                .orElseThrow();
    }
}
