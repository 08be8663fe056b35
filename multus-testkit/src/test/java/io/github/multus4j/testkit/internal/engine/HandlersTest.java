package io.github.multus4j.testkit.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.query.WireActions;
import io.github.multus4j.testkit.internal.resource.Attachments;
import io.github.multus4j.testkit.internal.resource.Instances;
import io.github.multus4j.testkit.internal.resource.Launches;
import io.github.multus4j.testkit.internal.resource.LifecycleHooks;
import io.github.multus4j.testkit.internal.resource.NetworkInterfaces;
import io.github.multus4j.testkit.internal.state.World;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HandlersTest {

    private final Handlers handlers = handlers();

    private static Handlers handlers() {
        World world = new World(Clock.systemUTC(), duration -> {}, "us-east-1", 1);
        NetworkInterfaces interfaces = new NetworkInterfaces(world);
        Attachments attachments = new Attachments(world);
        Instances instances = new Instances(world, new Launches(world, interfaces, attachments));
        return new Handlers(world, instances, interfaces, attachments, new LifecycleHooks(world, instances));
    }

    /**
     * The rules of security groups have one request for both directions, which are two actions
     * each.
     */
    @Test
    void requests_ofEachAction_haveItsName() {
        Set<String> named =
                handlers.requests().stream().map(Class::getSimpleName).collect(Collectors.toSet());
        Set<String> bothDirections = Set.of("AuthorizeSecurityGroup", "RevokeSecurityGroup");
        Stream<String> actions = Stream.of(Action.values())
                .map(Action::toString)
                .map(action -> action.replaceAll("^(AuthorizeSecurityGroup|RevokeSecurityGroup)(In|E)gress$", "$1"));

        assertThat(named).containsAll(bothDirections);
        assertThat(actions.distinct()).containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void wireActions_allActions_areCovered() {
        assertThat(WireActions.all().keySet()).containsExactlyInAnyOrderElementsOf(List.of(Action.values()));
    }
}
