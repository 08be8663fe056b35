package io.github.multus4j.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multus4j.ec2.Ec2Addresses.AddressList;
import io.github.multus4j.ec2.InterceptedEc2Network.Call;
import io.github.multus4j.ec2.InterceptedEc2Network.Interceptor;
import io.github.multus4j.net.IpAddress;
import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.FakeEc2Network;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InterceptedEc2NetworkTest {

    private static final Deadline GIVEN = new Deadline(Instant.parse("2030-01-01T00:00:00Z"));
    private static final Deadline SOONER = new Deadline(Instant.parse("2029-01-01T00:00:00Z"));

    private static final NewNetworkInterface REQUEST =
            new NewNetworkInterface("subnet-1", null, List.of(), 0, List.of("sg-1"), "", Map.of(), "token");

    private static final AddressList ADDRESSES = AddressList.of(IpAddress.parse("10.0.4.9"));

    private final List<Call<?>> calls = new ArrayList<>();
    private final List<String> reached = new ArrayList<>();

    /** Notes the call, and gives the other port a deadline of its own. */
    private final Interceptor noting = new Interceptor() {
        @Override
        public <T> T intercept(Call<T> call) {
            calls.add(call);
            return call.proceed(SOONER);
        }
    };

    /**
     * Every method of the ports, the defaults included, but for the one that is made of another.
     */
    private static Stream<Method> methods() {
        return Stream.of(Ec2Network.class, Ec2Addresses.class)
                .flatMap(port -> Stream.of(port.getMethods()))
                .filter(method -> !method.getName().equals("describeInstance"));
    }

    /** The port of that method, in front of the other one. */
    private Object intercepted(Method method, Object other) {
        return method.getDeclaringClass() == Ec2Addresses.class
                ? new InterceptedEc2Addresses((Ec2Addresses) other, noting)
                : new InterceptedEc2Network((Ec2Network) other, noting);
    }

    private Object other(Object proxy, Method method, Object[] arguments) {
        assertThat(arguments).endsWith(SOONER);
        reached.add(method.getName() + Arrays.asList(arguments).subList(0, arguments.length - 1));
        return method.getReturnType() == List.class
                ? List.of()
                : method.getReturnType() == Optional.class
                        ? Optional.empty()
                        : method.getReturnType() == String.class
                                ? "eni-attach-1"
                                : method.getReturnType() == AddressList.class ? ADDRESSES : null;
    }

    private static Object[] arguments(Method method) {
        return Stream.of(method.getParameterTypes())
                .map(type -> type == List.class
                        ? List.of("f")
                        : type == Map.class
                                ? Map.of("k", "v")
                                : type == int.class
                                        ? (Object) 7
                                        : type == boolean.class
                                                ? (Object) true
                                                : type == Deadline.class
                                                        ? GIVEN
                                                        : type == String.class
                                                                ? "id"
                                                                : type == AddressList.class ? ADDRESSES : REQUEST)
                .toArray();
    }

    @Test
    void everyCall_ofThePort_goesThroughTheInterceptorWithItsParametersAndDeadline() throws Exception {
        Object other = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Ec2Network.class, Ec2Addresses.class}, this::other);

        for (Method method : methods().toList()) {
            calls.clear();
            reached.clear();
            Object[] arguments = arguments(method);
            method.invoke(intercepted(method, other), arguments);
            String name = method.getName();

            assertThat(reached)
                    .as(name)
                    .containsExactly(name + Arrays.asList(arguments).subList(0, arguments.length - 1));
            Call<?> call = calls.get(0);
            assertThat(calls).as(name).hasSize(1);
            assertThat(call.deadline()).as(name).isEqualTo(GIVEN);
            assertThat(call.action().isChange())
                    .as(name)
                    .isEqualTo(!name.startsWith("describe") && !name.startsWith("get"));
            assertThat(call.parameters().values())
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.asList(arguments).subList(0, arguments.length - 1));
            assertThat(call).as(name).hasToString(call.action() + " " + call.parameters());
        }
    }

    @Test
    void actions_ofAllCalls_haveTheNamesOfTheFake() throws Exception {
        Set<InterceptedEc2Network.PortAction> seen = EnumSet.noneOf(InterceptedEc2Network.PortAction.class);
        FakeEc2Network fake = FakeEc2Network.strict();

        for (Method method : methods().toList()) {
            try {
                method.invoke(intercepted(method, fake), arguments(method));
            } catch (InvocationTargetException e) {
                assertThat(e.getCause()).isInstanceOfAny(Ec2Exception.class, ClassCastException.class);
            }
        }
        calls.forEach(call -> seen.add(call.action()));

        assertThat(seen).containsExactly(InterceptedEc2Network.PortAction.values());
        assertThat(seen).allSatisfy(action -> {
            Action same = Action.valueOf(action.name());
            assertThat(same).hasToString(action.toString());
            assertThat(same.isMutating()).isEqualTo(action.isChange());
        });
    }

    @Test
    void failure_ofTheOtherPort_reachesTheInterceptorAndTheCaller() {
        FakeEc2Network fake = FakeEc2Network.strict();
        fake.faults().on(Action.DELETE_NETWORK_INTERFACE).failWith("UnauthorizedOperation");
        List<String> codes = new ArrayList<>();
        Ec2Network ec2 = new InterceptedEc2Network(fake, new Interceptor() {
            @Override
            public <T> T intercept(Call<T> call) {
                try {
                    return call.proceed();
                } catch (Ec2Exception e) {
                    codes.add(e.code());
                    throw e;
                }
            }
        });

        assertThatThrownBy(() -> ec2.deleteNetworkInterface(
                        "eni-0123456789abcdef0", Deadline.in(Duration.ofMinutes(1), fake.clock())))
                .isInstanceOf(Ec2Exception.class);
        assertThat(codes).containsExactly("UnauthorizedOperation");
    }
}
