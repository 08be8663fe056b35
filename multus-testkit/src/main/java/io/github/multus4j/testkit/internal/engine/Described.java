package io.github.multus4j.testkit.internal.engine;

import io.github.multus4j.testkit.internal.call.Ec2Request;
import io.github.multus4j.testkit.internal.call.InterfaceItem;
import io.github.multus4j.testkit.internal.call.InterfaceRequests.Attached;
import io.github.multus4j.testkit.internal.call.Listing;
import io.github.multus4j.testkit.internal.call.Page;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Requests and answers as text, for the journal. */
final class Described {

    /** Found once for each kind of request: reflection is slow compared with a call of the fake. */
    private static final ClassValue<List<Parameter>> PARAMETERS = new ClassValue<>() {
        @Override
        protected List<Parameter> computeValue(Class<?> request) {
            return Stream.of(request.getRecordComponents()).map(Parameter::of).toList();
        }
    };

    /**
     * A component of a request.
     *
     * @param name EC2's name for it
     * @param accessor reads it
     */
    private record Parameter(String name, Method accessor) {

        static Parameter of(RecordComponent component) {
            String name = component.getName();
            return new Parameter(Character.toUpperCase(name.charAt(0)) + name.substring(1), component.getAccessor());
        }

        boolean isSwitch() {
            return accessor.getReturnType() == boolean.class;
        }
    }

    private Described() {}

    /** The parameters of a request, under EC2's names; null ones are absent. */
    static Map<String, String> parameters(Ec2Request<?> request) {
        Map<String, String> parameters = new TreeMap<>();
        for (Parameter parameter : PARAMETERS.get(request.getClass())) {
            Object value = value(request, parameter);
            if (value instanceof Page page) {
                put(parameters, "MaxResults", page.maxResults());
                put(parameters, "NextToken", page.nextToken());
            } else if (!parameter.isSwitch() || Boolean.TRUE.equals(value)) {
                put(parameters, parameter.name(), value);
            }
        }
        return parameters;
    }

    private static void put(Map<String, String> parameters, String name, @Nullable Object value) {
        boolean absent = value == null
                || value.equals("")
                || (value instanceof Collection<?> several && several.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
        if (!absent) {
            parameters.put(name, String.valueOf(value));
        }
    }

    private static @Nullable Object value(Ec2Request<?> request, Parameter parameter) {
        try {
            return parameter.accessor().invoke(request);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An answer in short. */
    static String answer(@Nullable Object answer) {
        if (answer instanceof InterfaceItem item) {
            return item.networkInterface().id();
        }
        if (answer instanceof Attached attached) {
            return attached.attachmentId();
        }
        if (answer instanceof Listing<?> listing) {
            return listing.items().size() + " items" + (listing.nextToken() == null ? "" : " and a token");
        }
        if (answer instanceof Collection<?> several) {
            return several.size() + " items";
        }
        return answer instanceof Boolean ? "done" : String.valueOf(answer);
    }
}
