package io.github.multus4j.testkit;

import io.github.multus4j.testkit.InterfaceRequests.Attached;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Requests and answers in words, for the journal. */
final class Described {

    private Described() {}

    /** What a request was called with, under EC2's names; what was not given is absent. */
    static Map<String, String> parameters(Ec2Request<?> request) {
        Map<String, String> parameters = new TreeMap<>();
        for (RecordComponent component : request.getClass().getRecordComponents()) {
            Object value = value(request, component);
            boolean switchedOff = component.getType() == boolean.class && Boolean.FALSE.equals(value);
            String name = component.getName();
            if (value instanceof Page page) {
                put(parameters, "MaxResults", page.maxResults());
                put(parameters, "NextToken", page.nextToken());
            } else if (!switchedOff) {
                put(parameters, Character.toUpperCase(name.charAt(0)) + name.substring(1), value);
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

    private static @Nullable Object value(Ec2Request<?> request, RecordComponent component) {
        try {
            return component.getAccessor().invoke(request);
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
