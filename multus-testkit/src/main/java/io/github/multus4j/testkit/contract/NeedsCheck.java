package io.github.multus4j.testkit.contract;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Turns the failure of a test that needs a missing capability into a skip, and its success into a
 * failure.
 */
final class NeedsCheck implements InvocationInterceptor {

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> invoked, ExtensionContext context)
            throws Throwable {
        Set<Capability> lacking = lacking(invoked.getExecutable(), target(context));
        if (lacking.isEmpty()) {
            invocation.proceed();
            return;
        }
        String names = lacking.toString().replaceAll("[\\[\\]]", "");
        try {
            invocation.proceed();
        } catch (TestAbortedException e) {
            throw e;
        } catch (AssertionError | RuntimeException e) {
            Assumptions.abort("capability: " + names + ": " + firstLine(e));
        }
        Assertions.fail("the target does have " + names + " (" + meanings(lacking)
                + "): declare it among its capabilities, or it goes untested");
    }

    /** The capabilities that the test needs and the target lacks. */
    static Set<Capability> lacking(Method test, ContractTarget target) {
        Needs needs = test.getAnnotation(Needs.class);
        if (needs == null) {
            return Set.of();
        }
        Set<Capability> lacking = EnumSet.noneOf(Capability.class);
        lacking.addAll(Arrays.asList(needs.value()));
        lacking.removeAll(target.capabilities());
        return lacking;
    }

    private static ContractTarget target(ExtensionContext context) {
        return context.getRequiredTestInstances()
                .findInstance(ContractTarget.class)
                .orElseThrow();
    }

    private static String meanings(Set<Capability> capabilities) {
        return String.join("; ", capabilities.stream().map(Capability::meaning).toList());
    }

    private static String firstLine(Throwable failure) {
        String text = Optional.ofNullable(failure.getMessage()).orElse(failure.toString());
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 200 ? line : line.substring(0, 200).stripTrailing() + " …";
    }
}
