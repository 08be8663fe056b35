package io.github.multus4j.ec2;

import java.util.Collection;
import java.util.List;

/**
 * A filter of a {@code Describe} call: the resource's attribute of that name has one of the values.
 * Several filters must all match. Names and values are EC2's ({@code subnet-id}, {@code tag:KEY},
 * {@code attachment.instance-id}). An id in a filter that does not exist gives fewer results, not
 * an error, and filtered calls have a bucket of their own (<a
 * href="https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html">EC2 API
 * throttling</a>). So reads here go by filter.
 *
 * @param name the filter's name
 * @param values one or more values; {@code *} and {@code ?} in them are wildcards
 */
public record Filter(String name, List<String> values) {

    public Filter {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("filter " + name + " needs a value");
        }
    }

    /** The filter of that name with those values. */
    public static Filter of(String name, String... values) {
        return new Filter(name, List.of(values));
    }

    /** The filter of that name with those values. */
    public static Filter of(String name, Collection<String> values) {
        return new Filter(name, List.copyOf(values));
    }
}
